package import NameWords

/// What stands before the title: groups in brackets and addresses of websites.
package enum Lead {
  package struct Found {
    /// The first word of the title.
    package var start: Int
    /// True when a group in square brackets stood there, as anime groups sign.
    var hasGroup: Bool
  }

  private static let endings: [StaticString] = [
    "com", "org", "net", "info", "to", "tv", "cc", "me", "ru", "se", "in", "xyz", "co", "site", "club", "pro", "biz",
    "eu", "pl", "it", "fr",
    "es", "pw", "ws", "vip", "top", "lol", "mx", "uk", "de", "li", "is", "nl", "cz", "ag", "sx", "am", "la", "io",
    "one", "xxx",
  ]

  package static func find(_ text: NameText) -> Found {
    var start = address(text)
    var hasGroup = false
    while start < text.tokens.count,
      text.tokens[start].bracket == UInt8(ascii: "[") || text.tokens[start].bracket == UInt8(ascii: "{")
    {
      var end = start
      let group = text.tokens[start].group
      while end < text.tokens.count, text.tokens[end].group == group { end += 1 }
      guard hasTitle(text, end), !isSequel(text, start, end) else { break }
      if hasGroup, text.tokens[end].bracket != 0, !text.tokens[start].isSure { break }
      start = end
      hasGroup = hasGroup || !text.tokens[start - 1].isSure
    }
    if hasGroup, start + 1 < text.tokens.count, text.has("★", at: text.tokens[start].start), hasTitle(text, start + 1) {
      start += 1
    }
    start = max(start, shortGroup(text, start))
    return Found(start: start, hasGroup: hasGroup)
  }

  /// `[REC].2.2009`: only a number follows until the year, so that the bracket is the title.
  private static func isSequel(_ text: NameText, _ start: Int, _ end: Int) -> Bool {
    end == start + 1 && end + 1 < text.tokens.count && text.tokens[end].count == 1 && text.tokens[end].number > 0
      && text.at(text.tokens[end].start - 1) == UInt8(ascii: ".") && text.tokens[end + 1].isYear
  }

  /// True when words that can be a title follow: not marks, not only a year.
  private static func hasTitle(_ text: NameText, _ index: Int) -> Bool {
    guard index < text.tokens.count else { return false }
    let token = text.tokens[index]
    return !token.isSure && !(token.isYear && token.bracket != 0)
  }

  /// The word behind `www.site.org - `, `[ site.com ] `, `site.com@`, or 0.
  private static func address(_ text: NameText) -> Int {
    let tokens = text.tokens
    var index = 0
    while index < min(tokens.count, 5) {
      let next = index + 1
      if next < tokens.count, text.at(tokens[index].end) == UInt8(ascii: "@"), index > 0, tokens[index].gap == .dot {
        return next
      }
      index += 1
    }
    guard tokens.count > 2 else { return 0 }
    index = 1
    let isWeb = text.isWord(0, "www")
    while index < min(tokens.count - 1, isWeb ? 6 : 3), tokens[index].gap == .dot || tokens[index].gap == .dash {
      let isEnding = tokens[index].gap == .dot && endings.contains { text.isWord(index, $0) }
      let next = tokens[index + 1]
      let isParted =
        next.gap == .spacedDash || next.gap == .space || next.gap == .underscore || next.gap == .bracket
        || next.gap == .dash && isWeb
      if isEnding, isParted, isWeb || next.gap == .spacedDash || next.gap == .bracket && tokens[0].bracket != 0 {
        return index + 1
      }
      index += 1
    }
    return 0
  }

  /// The word behind `site.com-` or `site.com_`, which opens names of catalogue films; 0 without.
  package static func domain(_ text: NameText) -> Int {
    guard text.tokens.count > 2, text.tokens[1].gap == .dot, [.dash, .underscore].contains(text.tokens[2].gap),
      endings.contains(where: { text.isWord(1, $0) })
    else { return 0 }
    return 2
  }

  /// "tvx-": a group's lower-case mark without a vowel before a lower-case dotted name.
  private static func shortGroup(_ text: NameText, _ start: Int) -> Int {
    guard start == 0, text.tokens.count > 3, text.tokens[1].gap == .dash, (3...5).contains(text.tokens[0].count) else {
      return start
    }
    for place in text.tokens[0].start..<text.tokens[1].end {
      if ASCII.isUpper(text.bytes[place]) { return start }
    }
    for place in text.tokens[0].start..<text.tokens[0].end {
      if !ASCII.isLower(text.at(place)) || "aeiouy".utf8.contains(text.at(place)) { return start }
    }
    return text.tokens[2].gap == .dot || text.tokens[2].gap == .underscore ? 1 : start
  }
}
