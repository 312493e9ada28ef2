extension String {
  /// The text of a piece of HTML, as services put it into summaries: tags dropped, `<br>` and the end of a paragraph,
  /// list item or division as line breaks, entities decoded, white space collapsed.
  ///
  /// Never fails: a `<` that begins no tag and an unknown entity stay as they are. Time grows with the length alone.
  public static func plainText(html: some StringProtocol) -> String {
    var reader = HTMLTextReader(html.utf8)
    return reader.read()
  }
}

/// Reads HTML once, from its beginning to its end.
private struct HTMLTextReader {
  private let html: [UInt8]
  private var position = 0
  private var text: [UInt8] = []
  private var breaks = 0
  private var isSpacePending = false
  /// Set once no `>` or no `-->` is left, so that a text full of `<` is not searched to its end again and again.
  private var hasNoTagEnd = false
  private var hasNoCommentEnd = false

  init(_ html: some Sequence<UInt8>) { self.html = Array(html) }

  mutating func read() -> String {
    text.reserveCapacity(html.count)
    while position < html.count {
      switch html[position] {
      case UInt8(ascii: "<") where skipTag(): break
      case UInt8(ascii: "&"): readEntity()
      case let byte:
        position += 1
        byte < 0x80 ? append(Unicode.Scalar(byte)) : appendRaw(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Steps over a comment or tag that begins here; false when there is none.
  private mutating func skipTag() -> Bool {
    let rest = html[(position + 1)...]
    if rest.starts(with: "!--".utf8) { return skipComment() }
    guard !hasNoTagEnd, let first = rest.first, Self.isLetter(first) || "/!?".utf8.contains(first) else { return false }
    guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
      hasNoTagEnd = true
      return false
    }
    let name = rest[..<end].prefix(8).prefix { Self.isLetter($0) || $0 == UInt8(ascii: "/") }
    if Self.breakingTags.contains(String(decoding: name, as: UTF8.self).lowercased()) { breaks += 1 }
    position = end + 1
    return true
  }

  private mutating func skipComment() -> Bool {
    guard !hasNoCommentEnd else { return false }
    var index = position + 4
    while index + 2 < html.count {
      if html[index] == UInt8(ascii: "-"), html[index + 1] == UInt8(ascii: "-"), html[index + 2] == UInt8(ascii: ">") {
        position = index + 3
        return true
      }
      index += 1
    }
    hasNoCommentEnd = true
    return false
  }

  private mutating func readEntity() {
    let name = html[(position + 1)...].prefix(HTMLEntity.longestName + 1)
    if let end = name.firstIndex(of: UInt8(ascii: ";")), let scalar = HTMLEntity.scalar(name[..<end]) {
      position = end + 1
      append(scalar)
    } else {
      position += 1
      append("&")
    }
  }

  /// White space is kept back until a character follows it, so that none is left at an end or beside a line break.
  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0xA0: isSpacePending = true
    case 0..<0x20, 0x7F..<0xA0: break
    default:
      writePending()
      text += Array(String(scalar).utf8)
    }
  }

  /// A byte of a character beyond ASCII; a no-break space (C2 A0) counts as white space.
  private mutating func appendRaw(_ byte: UInt8) {
    if byte == 0xC2, position < html.count, html[position] == 0xA0 {
      position += 1
      isSpacePending = true
    } else {
      writePending()
      text.append(byte)
    }
  }

  private mutating func writePending() {
    if !text.isEmpty {
      if breaks > 0 {
        text += Array(repeating: UInt8(ascii: "\n"), count: min(breaks, 2))
      } else if isSpacePending {
        text.append(0x20)
      }
    }
    breaks = 0
    isSpacePending = false
  }

  private static let breakingTags: Set<String> = ["br", "br/", "/p", "/li", "/div"]

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
