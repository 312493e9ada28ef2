import MetadataModel

/// Header lines as usher.h has them: "Name: value", each ended by a newline.
package enum Headers {
  static let maximumBytes = 64 << 10

  /// Throws `.badRequest` for what is not such a line, so that no line can be smuggled into a request or a response.
  static func read(_ bytes: [UInt8]) throws(PluginError) -> [(name: String, value: String)] {
    guard bytes.count <= maximumBytes else {
      throw PluginError(.badRequest, "the headers have more than \(maximumBytes >> 10) KiB")
    }
    var headers: [(name: String, value: String)] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy(isNameByte), line.allSatisfy({ ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F })
      else {
        throw PluginError(.badRequest, "header line \(headers.count + 1) is not of the form 'Name: value'")
      }
      let value = line[line.index(after: colon)...].drop { $0 == 0x20 || $0 == 0x09 }
      headers.append((String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
    return headers
  }

  /// Control characters become spaces.
  package static func write(_ headers: [(name: String, value: String)]) -> [UInt8] {
    headers.flatMap { name, value in
      "\(name): \(value)".utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 } + [UInt8(ascii: "\n")]
    }
  }

  /// What RFC 9110 §5.6.2 calls a token.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
