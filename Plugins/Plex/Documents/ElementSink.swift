import Glibc

/// Bytes of a name or a value, lent for the length of a call.
typealias LentText = UnsafeBufferPointer<UInt8>

/// Takes an answer as it is read, whatever its form: elements with attributes, and elements in them.
///
/// In JSON an object is an element named after its member, a scalar member an attribute; `true` is "1", `false` "0",
/// `null` nothing. Attributes may come after child elements.
protocol ElementSink {
  /// False when nothing in the element is of interest: a reader may then leave it out.
  mutating func begin(_ name: LentText) -> Bool
  mutating func attribute(_ name: LentText, _ value: LentText)
  mutating func end()
}

extension UnsafeBufferPointer<UInt8> {
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, let base = baseAddress else { return count == text.utf8CodeUnitCount }
    return memcmp(base, text.utf8Start, count) == 0
  }

  var string: String { String(decoding: self, as: UTF8.self) }

  /// A whole number; the part before the point of another one. Nil for every other text.
  var integer: Int64? {
    var value: Int64 = 0
    var digits = 0
    let isNegative = first == UInt8(ascii: "-")
    for byte in dropFirst(isNegative ? 1 : 0) {
      if byte == UInt8(ascii: "."), digits > 0 { break }
      guard byte >= 0x30, byte <= 0x39, digits < 18 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
      digits += 1
    }
    guard digits > 0 else { return nil }
    return isNegative ? -value : value
  }

  /// Ends a value that is yes or no: "1" and "true" are yes.
  var isTrue: Bool { equals("1") || equals("true") }
}
