import CExpat
import Glibc

/// What expat's callbacks talk to, whatever the sink.
private protocol ElementReceiver: AnyObject {
  func begin(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?)
  func end()
  func refuse(_ reason: String)
}

/// Holds the receiver behind expat's user data, which is one plain pointer.
private final class ReceiverBox {
  unowned let receiver: any ElementReceiver
  init(_ receiver: any ElementReceiver) { self.receiver = receiver }

  static func of(_ context: UnsafeMutableRawPointer?) -> (any ElementReceiver)? {
    context.map { Unmanaged<ReceiverBox>.fromOpaque($0).takeUnretainedValue().receiver }
  }
}

/// Reads XML into a sink with expat. Entities of the document's own are refused; references to control characters,
/// which XML 1.0 does not allow but media servers write, are left out.
final class XMLReader<Sink: ElementSink>: ElementReceiver {
  static var maximumDepth: Int { 64 }

  private var sink: Sink
  private var depth = 0
  /// Depth of the outermost element that the sink does not want; 0 when it wants the current one.
  private var unwantedDepth = 0
  private var refusal: String?
  private let parser: XML_Parser

  private init(_ sink: Sink, _ parser: XML_Parser) {
    self.sink = sink
    self.parser = parser
  }

  /// Throws `.unreadable` with the line of the fault; the sink is then as it was.
  static func read(_ bytes: LentText, into sink: inout Sink) throws(PlexError) {
    do {
      sink = try readOnce(bytes, into: sink)
    } catch {
      guard let cleaned = ControlCharacters.removed(from: bytes) else { throw error }
      let outcome = cleaned.withUnsafeBufferPointer { [sink] bytes in
        Result { () throws(PlexError) in try readOnce(bytes, into: sink) }
      }
      sink = try outcome.get()
    }
  }

  private static func readOnce(_ bytes: LentText, into sink: Sink) throws(PlexError) -> Sink {
    guard let base = bytes.baseAddress, bytes.count <= Int(Int32.max) else {
      throw PlexError(.unreadable, "the answer is empty or too large")
    }
    guard let parser = XML_ParserCreate(nil) else { throw PlexError(.unreadable, "no memory to read XML") }
    defer { XML_ParserFree(parser) }
    let reader = XMLReader(sink, parser)
    let box = ReceiverBox(reader)
    let status = withExtendedLifetime((reader, box)) {
      setHandlers(parser, box)
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        XML_Parse(parser, $0, Int32(bytes.count), 1)
      }
    }
    guard status != XML_STATUS_ERROR else {
      let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "unknown error"
      throw PlexError(
        .unreadable, "broken XML in line \(XML_GetCurrentLineNumber(parser)): \(reader.refusal ?? reason)")
    }
    return reader.sink
  }

  private static func setHandlers(_ parser: XML_Parser, _ box: ReceiverBox) {
    XML_SetUserData(parser, Unmanaged.passUnretained(box).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        if let name { ReceiverBox.of(context)?.begin(name, attributes) }
      }, { context, _ in ReceiverBox.of(context)?.end() })
    XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
      ReceiverBox.of(context)?.refuse("the document declares entities, which are not read")
    }
  }

  fileprivate func begin(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    depth += 1
    guard depth <= Self.maximumDepth else { return refuse("nested too deeply") }
    guard unwantedDepth == 0 else { return }
    guard sink.begin(Self.lent(name)) else {
      unwantedDepth = depth
      return
    }
    guard var next = attributes else { return }
    while let name = next.pointee, let value = next.advanced(by: 1).pointee {
      sink.attribute(Self.lent(name), Self.lent(value))
      next += 2
    }
  }

  fileprivate func end() {
    depth -= 1
    if unwantedDepth == 0 { return sink.end() }
    if depth < unwantedDepth { unwantedDepth = 0 }
  }

  fileprivate func refuse(_ reason: String) {
    refusal = reason
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private static func lent(_ text: UnsafePointer<CChar>) -> LentText {
    let count = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: count) { LentText(start: $0, count: count) }
  }
}

/// What XML 1.0 forbids but media servers let through.
enum ControlCharacters {
  /// The bytes without control characters and references to them; nil when there are none.
  static func removed(from bytes: LentText) -> [UInt8]? {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
        place += 1
      } else if byte == UInt8(ascii: "&"), let length = forbiddenReference(bytes, at: place) {
        place += length
      } else {
        kept.append(byte)
        place += 1
      }
    }
    return kept.count < bytes.count ? kept : nil
  }

  /// Length of a reference like `&#8;` or `&#x1F;` to a control character; nil when there is none.
  private static func forbiddenReference(_ bytes: LentText, at place: Int) -> Int? {
    guard place + 3 < bytes.count, bytes[place + 1] == UInt8(ascii: "#") else { return nil }
    guard let end = bytes[place..<min(place + 12, bytes.count)].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let text = String(decoding: bytes[(place + 2)..<end], as: UTF8.self).lowercased()
    let value = text.hasPrefix("x") ? UInt32(text.dropFirst(), radix: 16) : UInt32(text)
    guard let value, value < 0x20, ![0x09, 0x0A, 0x0D].contains(value) else { return nil }
    return end - place + 1
  }
}
