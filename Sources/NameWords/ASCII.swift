/// Sorts of bytes.
package enum ASCII {
  package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  package static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  package static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

  static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }

  /// A byte of a word: letters, digits, everything beyond ASCII, and the few signs that words contain.
  package static func isWord(_ byte: UInt8) -> Bool {
    if byte >= 0x80 || isDigit(byte) || isLetter(byte) { return true }
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "*"),
      UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "\""):
      return true
    default: return false
    }
  }

  static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
  }

  static func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  static func closing(of byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "(") ? UInt8(ascii: ")") : byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
  }
}
