import MetadataModel
package import NameNumbers
import NameWords

/// Reads a name as an episode's, a season's or a show's.
package enum ShowReading {
  package struct Result {
    package var reading: Reading
    /// The numbering that decided, nil when the name has none.
    package var style: Numbering.Style?
  }

  /// `wantsLoose` also takes numbers that only a show has, such as `103` and a bare `05`.
  static func read(_ text: NameText, wantsLoose: Bool) -> Result {
    var reading = Reading(kind: .show)
    if !text.ids.isEmpty { reading.parsed.ids = text.ids }
    guard !text.tokens.isEmpty else { return Result(reading: reading, style: nil) }
    let lead = Lead.find(text)
    let isAnime = lead.hasGroup || text.tokens.contains { $0.mark == .checksum }
    let scan = NumberScan(text, from: lead.start, isAnime: isAnime, wantsLoose: wantsLoose)
    var style = scan.main?.style
    if let main = scan.main {
      reading.parsed.season = main.season
      if !main.episodes.isEmpty { reading.parsed.episodes = main.episodes.sorted() }
      if !main.absolute.isEmpty { reading.parsed.absolute = main.absolute.sorted() }
    }
    if let date = scan.date {
      reading.parsed.date = date.date
      style = max(style ?? .date, .date)
    }
    let first = min(lead.start, text.tokens.count)
    var end = titleEnd(text, first, scan)
    if style == .standard || style == .cross, let found = absolute(text, lead.start, scan) {
      reading.parsed.absolute = found.absolute
      end = min(end, text.token(from: found.start))
    }
    if isAnime, style == nil, end > first + 1, ["ova", "oad", "oav"].contains(where: { text.isWord(end - 1, $0) }) {
      reading.parsed.season = 0
      style = .seasonOnly
      end -= 1
    }
    end = withoutComplete(text, first, end, hasNumber: style != nil)
    setTitle(&reading, text, first, end, scan)
    reading.parsed.resolution = Tail.resolution(text, from: first)
    reading.parsed.edition = text.statedEdition ?? edition(text, scan)
    reading.confidence = confidence(reading, style, isAnime: isAnime)
    return Result(reading: reading, style: style)
  }

  private static func titleEnd(_ text: NameText, _ start: Int, _ scan: NumberScan) -> Int {
    let numbers = text.token(from: scan.titleEnd)
    let tail = scan.main == nil && scan.date == nil ? Tail.first(text, from: start) : sure(text, start, numbers)
    var end = min(numbers, tail)
    guard start < end else { return end }
    let group = text.tokens[start].group
    for index in start..<end where index > start {
      let token = text.tokens[index]
      if token.bracket == UInt8(ascii: "["), token.group != group { end = min(end, index) }
      if group != 0, token.group != group, text.tokens[start].bracket == UInt8(ascii: "[") { end = min(end, index) }
    }
    text.steps += end - start
    return end
  }

  /// The first sure mark before the numbers.
  private static func sure(_ text: NameText, _ start: Int, _ end: Int) -> Int {
    guard start < end else { return end }
    text.steps += end - start
    guard let index = (start..<end).first(where: { text.tokens[$0].isSure }), index > start else { return end }
    return Tail.back(text, to: index, from: start)
  }

  private static func setTitle(_ reading: inout Reading, _ text: NameText, _ start: Int, _ end: Int, _ scan: NumberScan)
  {
    var end = end
    let whole = start..<max(start, end)
    if let year = year(text, whole, hasNumber: scan.main != nil || scan.date != nil) {
      reading.parsed.year = text.tokens[year].number
      if year > start { end = YearChoice.beforeBracket(text, start, year) }
    }
    if end > start {
      reading.addTitle(TitleText.text(text, aka(text, start, end), cut: scan.titleEnd))
      reading.addTitle(TitleText.text(text, whole, cut: scan.titleEnd))
    } else if scan.end > 0 {
      // "S01E02 - Title": nothing before the number.
      let from = text.token(from: scan.end)
      let tail = Tail.first(text, from: from)
      if from < tail { reading.addTitle(TitleText.text(text, from..<tail)) }
    }
    if reading.parsed.year == nil, scan.end > 0 { reading.parsed.year = lateYear(text, scan) }
    reading.parsed.title = reading.titles.first
  }

  /// "The Complete Series", and "The Complete" before a season, speak of the release.
  private static func withoutComplete(_ text: NameText, _ start: Int, _ end: Int, hasNumber: Bool) -> Int {
    var last = end
    if ["series", "collection"].contains(where: { text.isWord(last - 1, $0) }) { last -= 1 }
    guard last > start + 1, last < end || hasNumber, text.isWord(last - 1, "complete") else { return end }
    last -= 1
    if last > start + 1, text.isWord(last - 1, "the") { last -= 1 }
    return last
  }

  private static func aka(_ text: NameText, _ start: Int, _ end: Int) -> Range<Int> {
    for index in (start..<end).dropFirst().dropLast() where text.isWord(index, "aka") { return start..<index }
    return start..<end
  }

  /// A year that ends the title: `Show 2010 S01E02`, `Show (2010) - 1x02`.
  private static func year(_ text: NameText, _ range: Range<Int>, hasNumber: Bool) -> Int? {
    guard range.count > 1 else { return nil }
    let last = range.upperBound - 1
    if text.tokens[last].isYear, text.tokens[last].gap != .dash || text.tokens[last].bracket != 0 { return last }
    // "Show (2010) (US)", "Show (2010) Something".
    for index in range.dropFirst() where text.tokens[index].isYear && YearChoice.isAlone(text, index) { return index }
    if !hasNumber {
      return YearChoice.film(text, from: range.lowerBound, tail: range.upperBound).flatMap {
        $0 > range.lowerBound ? $0 : nil
      }
    }
    return nil
  }

  /// A year behind the number and right before the marks of the release, or in brackets.
  private static func lateYear(_ text: NameText, _ scan: NumberScan) -> Int? {
    let from = text.token(from: scan.end)
    for index in from..<max(from, text.tokens.count) where text.tokens[index].isYear {
      text.steps += 1
      let next = index + 1
      if YearChoice.isAlone(text, index) { return text.tokens[index].number }
      if index == from || text.tokens[index].gap != .dash, next < text.tokens.count, text.tokens[next].isSure,
        text.tokens[index].bracket == 0
      {
        return text.tokens[index].number
      }
    }
    return nil
  }

  /// Anime that gives both: `Title - 28 (S02E03)`, `Title - S02E03 - 028 - Name`.
  private static func absolute(_ text: NameText, _ start: Int, _ scan: NumberScan) -> Numbering? {
    if let behind = AbsoluteScan.behind(text, text.token(from: scan.end)) { return behind }
    let numbers = text.token(from: scan.titleEnd)
    guard start < numbers, numbers < text.tokens.count, text.tokens[numbers].bracket != 0,
      let found = AbsoluteScan.find(text, start..<numbers, isAnime: true), found.style == .absolute,
      text.tokens[numbers - 1].end == found.end, text.tokens[numbers - 1].gap != .dash
    else { return nil }
    return found
  }

  private static func edition(_ text: NameText, _ scan: NumberScan) -> String? {
    guard scan.end > 0 else { return nil }
    let from = text.token(from: scan.end)
    let tail = Tail.first(text, from: max(0, from - 1))
    let found = EditionScan.all(text, min(max(from, tail), text.tokens.count)..<text.tokens.count, isTail: true)
    return found.isEmpty ? nil : found.map(\.name).joined(separator: " ")
  }

  private static func confidence(_ reading: Reading, _ style: Numbering.Style?, isAnime: Bool) -> Double {
    var confidence: Double
    switch style {
    case .standard: confidence = 0.96
    case .cross, .words: confidence = 0.93
    case .date: confidence = 0.9
    case .episodeWord: confidence = 0.8
    case .absolute: confidence = isAnime ? 0.85 : 0.6
    case .seasonOnly: confidence = 0.7
    case .compact: confidence = 0.6
    case .part: confidence = 0.5
    case .bare: confidence = 0.4
    case nil: confidence = reading.parsed.year == nil ? 0.3 : 0.5
    }
    if reading.parsed.title == nil { confidence *= 0.6 }
    if reading.parsed.ids != nil { confidence = max(confidence, 0.97) }
    return confidence
  }
}
