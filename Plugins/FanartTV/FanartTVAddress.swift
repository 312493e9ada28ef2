/// The addresses of pictures: old records say http, and names of files come with spaces and parentheses as typed.
enum FanartTVAddress {
  /// The https URL with such characters escaped; nil for a text that is no http or https URL.
  static func usable(_ text: String) -> String? {
    let rest: Substring
    if text.hasPrefix("https://") {
      rest = text.dropFirst("https://".count)
    } else if text.hasPrefix("http://") {
      rest = text.dropFirst("http://".count)
    } else {
      return nil
    }
    let server = rest.utf8.prefix { $0 != UInt8(ascii: "/") }
    guard !server.isEmpty, server.allSatisfy(isServerByte), rest.utf8.count < 2000 else { return nil }
    return "https://" + escaped(rest)
  }

  /// Escapes that stand there already stay as they are.
  private static func escaped(_ text: Substring) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = Array(text.utf8)
    var escaped: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      let isEscape =
        byte == UInt8(ascii: "%") && place + 2 < bytes.count && isHex(bytes[place + 1]) && isHex(bytes[place + 2])
      if isEscape || isPlain(byte) {
        escaped.append(byte)
      } else {
        escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func isServerByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || ".-:".utf8.contains(byte)
  }

  private static func isPlain(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "-._~/?:@!$&*+,;=".utf8.contains(byte) }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }
}
