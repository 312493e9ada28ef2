extension StringProtocol {
  /// For a name or value in a query: all but RFC 3986's unreserved characters become `%XX`.
  public var queryEscaped: String { percentEscaped { Self.isUnreserved($0) } }

  /// For one segment of a path: a slash is escaped too, so the text stays one segment (RFC 3986 §3.3).
  public var pathEscaped: String { percentEscaped { Self.isUnreserved($0) || Self.segmentMarks.contains($0) } }

  /// Without white space and line ends at both ends.
  public var trimmed: String {
    let front = drop { $0.isWhitespace }
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }

  private static var segmentMarks: String.UTF8View { "!$&'()*+,;=:@".utf8 }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }

  private func percentEscaped(keeping isKept: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var escaped: [UInt8] = []
    escaped.reserveCapacity(utf8.count)
    for byte in utf8 {
      if isKept(byte) {
        escaped.append(byte)
      } else {
        escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}

extension Collection<UInt8> {
  /// The text with `%XX` decoded; a `%` without two hex digits stays, bytes that are no UTF-8 become U+FFFD.
  package func percentDecoded(plusIsSpace: Bool = false) -> String {
    var decoded: [UInt8] = []
    // A type of its own: this function is not specialized for the modules that call it.
    var rest = ArraySlice(self)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(Self.hexValue),
        let low = rest.dropFirst().first.flatMap(Self.hexValue)
      {
        decoded.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
