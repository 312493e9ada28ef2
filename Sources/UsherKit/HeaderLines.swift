/// Headers as they cross the boundary: "Name: value" lines, each ended by a line feed.
package enum HeaderLines {
  /// Line ends inside a name or value are dropped, so that no value can smuggle in a header of its own; a header whose
  /// name is empty or has a colon or a space is left out.
  package static func text(_ headers: some Sequence<(name: String, value: String)>) -> String {
    var lines = ""
    for header in headers {
      let name = cleaned(header.name)
      guard !name.isEmpty, !name.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 <= 0x20 }) else { continue }
      lines += "\(name): \(cleaned(header.value))\n"
    }
    return lines
  }

  /// Reads the lines in their order; one without a colon or a name is skipped.
  package static func parse(_ lines: some Collection<UInt8>) -> [(name: String, value: String)] {
    lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let name = trimmed(line[..<colon])
      guard !name.isEmpty else { return nil }
      return (name, trimmed(line[line.index(after: colon)...]))
    }
  }

  /// By lower-case name; a header that came several times is joined by commas (RFC 9110 §5.3).
  package static func dictionary(_ lines: some Collection<UInt8>) -> [String: String] {
    var headers: [String: String] = [:]
    for (name, value) in parse(lines) {
      let key = name.lowercased()
      if headers[key] == nil {
        headers[key] = value
      } else {
        headers[key, default: ""] += ", " + value
      }
    }
    return headers
  }

  private static func cleaned(_ text: String) -> String {
    String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }, as: UTF8.self)
  }

  private static func trimmed(_ bytes: some Collection<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let front = bytes.drop(while: isBlank)
    let length = front.reversed().drop(while: isBlank).count
    return String(decoding: front.prefix(length), as: UTF8.self)
  }
}
