/// Reads JSON straight into a sink, without a tree in between. Strict enough for hostile bytes: bounded depth, no trap.
struct JSONReader {
  static let maximumDepth = 64

  private let bytes: LentText
  private var place = 0
  private var scratch: [UInt8] = []

  private init(_ bytes: LentText) { self.bytes = bytes }

  /// Throws `.unreadable` with the place of the fault.
  static func read(_ bytes: LentText, into sink: inout some ElementSink) throws(PlexError) {
    var reader = JSONReader(bytes)
    reader.skipBlanks()
    try reader.value(name: LentText(start: nil, count: 0), &sink, depth: 0, isWanted: true)
    reader.skipBlanks()
    guard reader.place == bytes.count else { throw reader.broken("text after the end") }
  }

  private func broken(_ what: String) -> PlexError {
    PlexError(.unreadable, "broken JSON at byte \(place): \(what)")
  }

  /// Bytes of the document; both places lie in it.
  private func lent(_ start: Int, _ end: Int) -> LentText {
    LentText(start: bytes.baseAddress.map { $0 + start }, count: end - start)
  }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place] == 0x20 || (bytes[place] >= 0x09 && bytes[place] <= 0x0D) { place += 1 }
  }

  private mutating func value<S: ElementSink>(
    name: LentText, _ sink: inout S, depth: Int, isWanted: Bool
  ) throws(PlexError) {
    guard depth <= Self.maximumDepth else { throw broken("nested too deeply") }
    switch next {
    case UInt8(ascii: "{"):
      let isWanted = isWanted && sink.begin(name)
      try members(&sink, depth: depth, isWanted: isWanted)
      if isWanted { sink.end() }
    case UInt8(ascii: "["): try elements(name: name, &sink, depth: depth, isWanted: isWanted)
    case UInt8(ascii: "\""):
      if let plain = try text() {
        if isWanted { sink.attribute(name, plain) }
      } else if isWanted {
        scratch.withUnsafeBufferPointer { sink.attribute(name, $0) }
      }
    default:
      let start = place
      while place < bytes.count, Self.isScalar(bytes[place]) { place += 1 }
      guard place > start else { throw broken("a value is missing") }
      if isWanted { report(name, lent(start, place), &sink) }
    }
  }

  private static func isScalar(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7A) || byte == 0x2D || byte == 0x2B || byte == 0x2E
      || byte == 0x45
  }

  private func report(_ name: LentText, _ value: LentText, _ sink: inout some ElementSink) {
    if value.equals("null") { return }
    if value.equals("true") { return Self.truth("1", name, &sink) }
    if value.equals("false") { return Self.truth("0", name, &sink) }
    sink.attribute(name, value)
  }

  private static func truth(_ text: StaticString, _ name: LentText, _ sink: inout some ElementSink) {
    sink.attribute(name, LentText(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func members<S: ElementSink>(
    _ sink: inout S, depth: Int, isWanted: Bool
  ) throws(PlexError) {
    place += 1
    skipBlanks()
    if next == UInt8(ascii: "}") {
      place += 1
      return
    }
    while true {
      guard next == UInt8(ascii: "\"") else { throw broken("a member's name is missing") }
      let start = place + 1
      _ = try text()
      let name = lent(start, place - 1)
      skipBlanks()
      guard next == UInt8(ascii: ":") else { throw broken("a colon is missing") }
      place += 1
      skipBlanks()
      try value(name: name, &sink, depth: depth + 1, isWanted: isWanted)
      skipBlanks()
      guard next == UInt8(ascii: ",") else { break }
      place += 1
      skipBlanks()
    }
    guard next == UInt8(ascii: "}") else { throw broken("an object does not end") }
    place += 1
  }

  private mutating func elements<S: ElementSink>(
    name: LentText, _ sink: inout S, depth: Int, isWanted: Bool
  ) throws(PlexError) {
    // A document that is a list gets an element around it.
    let isRoot = depth == 0
    let isWanted = isRoot ? sink.begin(name) : isWanted
    place += 1
    skipBlanks()
    if next != UInt8(ascii: "]") {
      while true {
        let isObject = next == UInt8(ascii: "{")
        // Scalars of a list stand as attributes of an element each.
        let isOpen = !isObject && isWanted && sink.begin(name)
        try value(name: name, &sink, depth: depth + 1, isWanted: isWanted && (isObject || isOpen))
        if isOpen { sink.end() }
        skipBlanks()
        guard next == UInt8(ascii: ",") else { break }
        place += 1
        skipBlanks()
      }
    }
    guard next == UInt8(ascii: "]") else { throw broken("a list does not end") }
    place += 1
    if isRoot, isWanted { sink.end() }
  }

  /// The text whose opening quote is next; nil when it has escapes: then `scratch` holds it, with them read.
  private mutating func text() throws(PlexError) -> LentText? {
    let start = place + 1
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") { end += 1 }
    guard end < bytes.count else { throw broken("a text does not end") }
    if bytes[end] == UInt8(ascii: "\"") {
      place = end + 1
      return lent(start, end)
    }
    try escapedText(from: start, firstEscape: end)
    return nil
  }

  private mutating func escapedText(from start: Int, firstEscape: Int) throws(PlexError) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: bytes[start..<firstEscape])
    place = firstEscape
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return }
      guard byte == UInt8(ascii: "\\") else {
        scratch.append(byte)
        continue
      }
      let mark = next
      place += 1
      switch mark {
      case UInt8(ascii: "n"): scratch.append(0x0A)
      case UInt8(ascii: "t"): scratch.append(0x09)
      case UInt8(ascii: "r"): scratch.append(0x0D)
      case UInt8(ascii: "b"): scratch.append(0x08)
      case UInt8(ascii: "f"): scratch.append(0x0C)
      case UInt8(ascii: "u"): try appendScalar()
      default: scratch.append(mark)
      }
    }
    throw broken("a text does not end")
  }

  private mutating func appendScalar() throws(PlexError) {
    var value = try hexadecimal()
    if (0xD800..<0xDC00).contains(value), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
      bytes[place + 1] == UInt8(ascii: "u")
    {
      place += 2
      let low = try hexadecimal()
      value = (0xDC00..<0xE000).contains(low) ? 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    scratch.append(contentsOf: Character(scalar).utf8)
  }

  private mutating func hexadecimal() throws(PlexError) -> UInt32 {
    guard place + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
    else { throw broken("an escape is broken") }
    place += 4
    return value
  }
}
