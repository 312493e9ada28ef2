import CExpat
import UsherKit

/// An element of an NFO file. Names of elements and attributes are in lower case; text is trimmed.
struct NFOElement: Sendable, Hashable {
  let name: String
  var attributes: [String: String] = [:]
  var text = ""
  var children: [NFOElement] = []

  /// The first child of that name.
  func first(_ name: String) -> NFOElement? { children.first { $0.name == name } }
  func all(_ name: String) -> [NFOElement] { children.filter { $0.name == name } }
}

/// Why a file is no usable NFO: a phrase that goes after the file's name.
struct NFOError: Error, Hashable, CustomStringConvertible {
  let description: String
}

/// Reads Kodi's NFO files: XML, but with several roots for several episodes, and sometimes with a link behind it all.
enum NFODocument {
  /// Bytes, levels, elements and roots of one file; more is refused.
  static let maximumSize = 4 << 20
  static let maximumDepth = 32
  static let maximumElements = 100_000
  static let maximumRoots = 200

  /// The root elements. Entities of the file's own are refused, so that nothing can grow beyond the file's size.
  static func roots(_ bytes: [UInt8]) throws(NFOError) -> [NFOElement] {
    guard bytes.count <= maximumSize else { throw NFOError(description: "is larger than 4 MiB") }
    var roots: [NFOElement] = []
    var encoding: String?
    var start = skipBlanks(bytes, from: 0)
    var elements = 0
    guard start < bytes.count, bytes[start] == UInt8(ascii: "<") || bytes[start] >= 0xEF else {
      throw NFOError(description: bytes.isEmpty ? "is empty" : "is no XML; a link alone tells nothing")
    }
    // Behind the first root anything but another element is Kodi's link for its scraper.
    while start < bytes.count, roots.isEmpty || bytes[start] == UInt8(ascii: "<") {
      let reader = NFOReader(remaining: maximumElements - elements)
      guard try reader.read(bytes, from: start, encoding: encoding), let root = reader.root else { break }
      roots.append(root)
      guard roots.count <= maximumRoots else { throw NFOError(description: "has more than \(maximumRoots) roots") }
      elements += reader.elements
      encoding = encoding ?? reader.encoding
      start = skipBlanks(bytes, from: start + reader.end)
    }
    return roots
  }

  private static func skipBlanks(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { $0 != 0x20 && !(0x09...0x0D).contains($0) } ?? bytes.count
  }
}

/// One run of expat, up to the end of one root element.
private final class NFOReader {
  private(set) var root: NFOElement?
  private(set) var encoding: String?
  private(set) var elements = 0
  /// Bytes from the start to behind the root's end.
  private(set) var end = 0
  private let remaining: Int
  private var open: [NFOElement] = []
  private var refusal: String?
  private var parser: XML_Parser?

  init(remaining: Int) { self.remaining = remaining }

  /// False when nothing but comments was left.
  func read(_ bytes: [UInt8], from start: Int, encoding: String?) throws(NFOError) -> Bool {
    guard let parser = XML_ParserCreate(encoding) else { throw NFOError(description: "could not be read: no memory") }
    self.parser = parser
    defer {
      XML_ParserFree(parser)
      self.parser = nil
    }
    setHandlers(parser)
    let status = bytes[start...].withUnsafeBytes { part in
      XML_Parse(parser, part.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(part.count), 1)
    }
    if root != nil { return true }
    let line = Int(XML_GetCurrentLineNumber(parser)) + bytes[..<start].count { $0 == UInt8(ascii: "\n") }
    if let refusal { throw NFOError(description: "line \(line): \(refusal)") }
    let code = XML_GetErrorCode(parser)
    if status == XML_STATUS_ERROR, code == XML_ERROR_NO_ELEMENTS, start > 0 { return false }
    let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    throw NFOError(description: "line \(line): broken XML, \(reason)")
  }

  /// The handlers find this reader through expat's user data; it outlives the run.
  private func setHandlers(_ parser: XML_Parser) {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { NFOReader.of($0)?.begin($1, $2) }, { context, _ in NFOReader.of(context)?.finish() })
    XML_SetCharacterDataHandler(parser) { NFOReader.of($0)?.append($1, $2) }
    XML_SetXmlDeclHandler(parser) { context, _, encoding, _ in
      NFOReader.of(context)?.encoding = encoding.map { String(cString: $0) }
    }
    XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
      NFOReader.of(context)?.refuse("declares entities, which are not read")
    }
    XML_SetUnknownEncodingHandler(parser, { WindowsEncoding.describe($1, $2) }, nil)
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> NFOReader? {
    context.map { Unmanaged<NFOReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func refuse(_ reason: String) {
    refusal = refusal ?? reason
    XML_StopParser(parser, 0)
  }

  private func begin(_ name: UnsafePointer<CChar>?, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard refusal == nil, let name else { return }
    elements += 1
    guard elements <= remaining else { return refuse("more than \(NFODocument.maximumElements) elements") }
    guard open.count < NFODocument.maximumDepth else {
      return refuse("more than \(NFODocument.maximumDepth) elements inside each other")
    }
    var element = NFOElement(name: String(cString: name).lowercased())
    var next = pairs
    while let key = next?[0], let value = next?[1] {
      element.attributes[String(cString: key).lowercased()] = String(cString: value)
      next = next?.advanced(by: 2)
    }
    open.append(element)
  }

  private func append(_ text: UnsafePointer<CChar>?, _ count: Int32) {
    guard refusal == nil, let text, !open.isEmpty else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
    open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
  }

  private func finish() {
    guard refusal == nil, var element = open.popLast() else { return }
    element.text = element.text.trimmed
    if open.isEmpty {
      root = element
      end = Int(XML_GetCurrentByteIndex(parser)) + Int(XML_GetCurrentByteCount(parser))
      XML_StopParser(parser, 0)
    } else {
      open[open.count - 1].children.append(element)
    }
  }
}

/// The one encoding that old NFO files declare and expat does not know.
private enum WindowsEncoding {
  private static let upper: [Int32] = [
    0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017D, -1,
    -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E,
    0x0178,
  ]

  /// Tells expat the characters of windows-1252; refuses every other name.
  static func describe(_ name: UnsafePointer<CChar>?, _ encoding: UnsafeMutablePointer<XML_Encoding>?) -> Int32 {
    guard let name, let encoding, ["windows-1252", "cp1252"].contains(String(cString: name).lowercased()) else {
      return 0
    }
    withUnsafeMutableBytes(of: &encoding.pointee.map) { bytes in
      for byte in 0..<256 {
        let scalar = (0x80..<0xA0).contains(byte) ? upper[byte - 0x80] : Int32(byte)
        bytes.storeBytes(of: scalar, toByteOffset: byte * 4, as: Int32.self)
      }
    }
    encoding.pointee.convert = nil
    encoding.pointee.release = nil
    return 1
  }
}
