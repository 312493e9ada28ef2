/// Finds the marks among the words of a name.
enum MarkScan {
  static func mark(_ text: NameText) {
    var index = 0
    while index < text.tokens.count {
      let span = markOne(text, index)
      index += span
    }
  }

  /// Marks what starts at `index`; gives the number of words it took.
  private static func markOne(_ text: NameText, _ index: Int) -> Int {
    let token = text.tokens[index]
    text.steps += token.count < 24 ? token.count : 24
    if token.count <= 12, isResolution(text, token) { return set(text, index, 1, .resolution, true) }
    if token.number >= 0, let span = numeric(text, index) { return span }
    if let (span, mark) = phrase(text, index) { return set(text, index, span, mark, true) }
    if token.count == 8, token.bracket != 0, isChecksum(text, token) { return set(text, index, 1, .checksum, true) }
    guard let entry = MarkTable.release.find(text.lower, token.start, token.end) else { return 1 }
    return set(text, index, 1, entry.mark, entry.isSure)
  }

  private static func set(_ text: NameText, _ index: Int, _ span: Int, _ mark: Mark, _ isSure: Bool) -> Int {
    for place in index..<(index + span) {
      text.tokens[place].mark = mark
      text.tokens[place].isSure = isSure
    }
    text.tokens[index].span = span
    return span
  }

  /// `1080p`, `720i`, `1080p60`, `1920x1080`, `4k`.
  private static func isResolution(_ text: NameText, _ token: Token) -> Bool {
    var place = token.start
    if text.at(place) == UInt8(ascii: "h"), text.at(place + 1) == UInt8(ascii: "d") { place += 2 }
    var digits = 0
    while place < token.end, ASCII.isDigit(text.at(place)) {
      digits += 1
      place += 1
    }
    if digits == 1, token.count == 2, text.at(place) == UInt8(ascii: "k") {
      return text.at(token.start) == UInt8(ascii: "4") || text.at(token.start) == UInt8(ascii: "8")
    }
    guard (3...4).contains(digits), place < token.end else { return false }
    let letter = text.at(place)
    if letter == UInt8(ascii: "x") {
      let rest = token.end - place - 1
      return (3...5).contains(rest) && ASCII.isDigit(text.at(place + 1)) && ASCII.isDigit(text.at(place + 3))
    }
    guard letter == UInt8(ascii: "p") || letter == UInt8(ascii: "i") else { return false }
    let height = text.lower[(place - digits)..<place].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard height >= 240 else { return false }
    return token.end - place <= 1 || ASCII.isDigit(text.at(place + 1)) || token.end - place == 3
  }

  /// Numbers that are parts of marks: `5.1` after a sound, `10 bit`, `1080` beside other marks.
  private static func numeric(_ text: NameText, _ index: Int) -> Int? {
    let token = text.tokens[index]
    let next = index + 1 < text.tokens.count ? text.tokens[index + 1] : nil
    if token.count == 1, let next, next.count == 1, next.gap == .dot, token.number > 0, next.number >= 0,
      next.number <= 2
    {
      let follows = index > 0 && text.tokens[index - 1].mark == .audio
      let isKnown = (token.number == 5 || token.number == 7) && next.number == 1
      let leads =
        isKnown && index + 2 < text.tokens.count && (token.bracket != 0 || text.tokens[index + 2].gap == .dash)
      if follows || leads { return set(text, index, 2, .audio, true) }
    }
    if token.count == 1, index > 0, text.tokens[index - 1].mark == .audio, token.gap == .dot || token.gap == .space,
      token.number <= 2
    {
      return set(text, index, 1, .audio, true)
    }
    if let next, text.isWord(index + 1, "bit") || text.isWord(index + 1, "bits") || text.isWord(index + 1, "fps"),
      next.gap != .dot || token.count == 2
    {
      return set(text, index, 2, .codec, true)
    }
    return nil
  }

  private static func isChecksum(_ text: NameText, _ token: Token) -> Bool {
    let bytes = text.lower[token.start..<token.end]
    return bytes.allSatisfy(ASCII.isHexadecimal) && (token.number < 0 || token.bracket == UInt8(ascii: "["))
      && !(token.number > 19_000_000 && token.number < 20_360_000)
  }

  /// Marks of two words, such as `WEB-DL` and `H.264`.
  private static func phrase(_ text: NameText, _ index: Int) -> (Int, Mark)? {
    guard index + 1 < text.tokens.count, text.tokens[index].count <= 8, text.tokens[index + 1].count <= 8,
      text.tokens[index + 1].gap != .spacedDash
    else { return nil }
    for (first, second, mark) in phrases where text.isWord(index, first) && text.isWord(index + 1, second) {
      return (2, mark)
    }
    return nil
  }

  private static let phrases: [(StaticString, StaticString, Mark)] = [
    ("web", "dl", .source), ("web", "rip", .source), ("web", "hd", .source), ("web", "cap", .source),
    ("blu", "ray", .source), ("bd", "rip", .source), ("bd", "remux", .source), ("hd", "tv", .source),
    ("hd", "rip", .source), ("hd", "dvd", .source), ("hd", "cam", .source), ("hd", "ts", .source),
    ("hd", "tc", .source),
    ("dvd", "rip", .source), ("dvd", "r", .source), ("dvd", "scr", .source), ("dvd", "5", .source),
    ("dvd", "9", .source), ("dvd", "screener", .source), ("dvd", "remux", .source), ("tv", "rip", .source),
    ("cam", "rip", .source), ("sat", "rip", .source), ("vhs", "rip", .source), ("vod", "rip", .source),
    ("br", "rip", .source),
    ("ppv", "rip", .source), ("dsr", "rip", .source), ("h", "264", .codec), ("h", "265", .codec), ("x", "264", .codec),
    ("x", "265", .codec), ("h", "266", .codec), ("vc", "1", .codec), ("mpeg", "2", .codec), ("mpeg", "4", .codec),
    ("hi10", "p", .codec), ("dts", "hd", .audio), ("dts", "x", .audio), ("dts", "es", .audio), ("dts", "ma", .audio),
    ("hd", "ma", .audio), ("true", "hd", .audio), ("e", "ac3", .audio), ("ac", "3", .audio), ("eac", "3", .audio),
    ("dual", "audio", .audio), ("multi", "audio", .audio), ("dolby", "atmos", .audio), ("dolby", "digital", .audio),
    ("he", "aac", .audio), ("dolby", "vision", .range), ("half", "sbs", .release), ("half", "ou", .release),
    ("h", "sbs", .release), ("h", "ou", .release), ("open", "matte", .release), ("read", "nfo", .release),
    ("hard", "sub", .language), ("hard", "subs", .language), ("multi", "sub", .language), ("multi", "subs", .language),
    ("multiple", "subtitle", .language), ("multi", "subtitle", .language), ("eng", "subs", .language),
    ("eng", "sub", .language),
    ("vost", "fr", .language), ("nl", "subs", .language), ("pt", "br", .language), ("ultra", "hd", .source),
    ("full", "hd", .source),
    ("line", "dubbed", .language), ("mic", "dubbed", .language), ("english", "subs", .language),
    ("english", "dub", .language), ("english", "dubbed", .language), ("dual", "lat", .language),
    ("e", "subs", .language),
  ]
}
