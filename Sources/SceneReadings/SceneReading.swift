import MetadataModel
import NameNumbers
package import NameReadings
package import NameWords

/// Reads a name as a scene's: site, day, performers, title, or a catalogue number.
package enum SceneReading {
  package static func read(_ text: NameText) -> Reading {
    var reading = Reading(kind: .scene)
    if !text.ids.isEmpty { reading.parsed.ids = text.ids }
    guard !text.tokens.isEmpty else { return reading }
    let lead = Lead.find(text).start
    let start = lead > 0 && text.at(text.tokens[lead].start - 1) == UInt8(ascii: "@") ? lead : 0
    if let code = code(text, from: max(start, Lead.domain(text)), isStrict: false) {
      return coded(reading, text, code, start)
    }
    return SceneFields(text, from: start).reading(reading)
  }

  /// The first catalogue number among the words that are not of the release.
  static func code(_ text: NameText, from start: Int, isStrict: Bool) -> CodeScan.Found? {
    let limit = min(text.tokens.count, start + 40)
    for index in start..<max(start, limit) {
      guard let found = CodeScan.at(text, index, isStrict: isStrict) else { continue }
      // Deep in a sentence only a loud number is one.
      let isPrefixed = index == start + 1 && text.tokens[start].count == 1
      let isFirst =
        index == start || isPrefixed || text.tokens[index].bracket != 0 || text.tokens[index - 1].bracket != 0
      if found.isDayed { return found }
      if isFirst || isLoud(text, found), DateScan.at(text, index, short: true) == nil { return found }
    }
    return nil
  }

  private static func isLoud(_ text: NameText, _ found: CodeScan.Found) -> Bool {
    let token = text.tokens[found.first]
    let digits = found.code.utf8.reversed().prefix { ASCII.isDigit($0) }.count
    return digits >= 3 && text.bytes[token.start..<token.end].allSatisfy { !ASCII.isLower($0) } && !isGroup(text, found)
  }

  /// "x264-ABC123": the group at the end is no catalogue number.
  private static func isGroup(_ text: NameText, _ found: CodeScan.Found) -> Bool {
    found.first > 0 && text.tokens[found.first - 1].isSure
  }

  private static func coded(_ reading: Reading, _ text: NameText, _ found: CodeScan.Found, _ start: Int) -> Reading {
    var reading = reading
    reading.parsed.code = found.code
    reading.parsed.resolution = Tail.resolution(text, from: 0)
    var first = found.last
    // "ABC-123-C", "-UC", "-CD1", "_A": part and subtitles.
    let longest = ASCII.isDigit(found.code.utf8.first ?? 0) || found.code.hasPrefix("HEYZO") ? 8 : 3
    while first < text.tokens.count, text.tokens[first].gap == .dash || text.tokens[first].gap == .underscore,
      text.tokens[first].count <= longest || ASCII.isDigit(text.at(text.tokens[first].start))
    {
      first += 1
    }
    while first < text.tokens.count, isPart(text, first) { first += 1 }
    if first < text.tokens.count, text.tokens[first].isYear, YearChoice.isAlone(text, first) {
      reading.parsed.year = text.tokens[first].number
      first += 1
    }
    let tail = first < text.tokens.count && text.tokens[first].isSure ? first : Tail.first(text, from: first)
    let isForeign =
      first < tail && [UInt8(ascii: "~"), UInt8(ascii: "@")].contains(text.at(text.tokens[first].start - 1))
    if let title = unbracketed(text, min(first, tail)..<tail), first < tail, !isForeign,
      text.tokens[first].mark == .none
    {
      reading.parsed.title = title
      reading.addTitle(title)
    } else if let title = titleBefore(text, found, start) {
      reading.parsed.title = title
      reading.addTitle(title)
    }
    reading.confidence = 0.9
    return reading
  }

  /// Words behind the number that speak of the file: `part2`, `CD1`, `leak`.
  private static func isPart(_ text: NameText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    let isNamed = ["leak", "leaked", "uncen", "uncensored", "chinese", "sub", "subbed"].contains {
      text.isWord(index, $0)
    }
    if isNamed { return token.gap != .space || index + 1 == text.tokens.count }
    for word: StaticString in ["part", "cd", "pt", "disc", "dvd"] where text.has(word, at: token.start) {
      let rest = token.start + word.utf8CodeUnitCount
      return token.end - rest == 1 && ASCII.isDigit(text.at(rest))
    }
    return false
  }

  /// `The Storm [ABC-123]`: the title stands before the number.
  private static func titleBefore(_ text: NameText, _ found: CodeScan.Found, _ start: Int) -> String? {
    guard found.first > start, [.space, .bracket, .spacedDash].contains(text.tokens[found.first].gap), !found.isDayed,
      text.tokens[start].bracket == 0 || text.tokens[start].bracket == UInt8(ascii: "("),
      !text.tokens[start..<found.first].contains(where: { $0.isSure }),
      text.tokens[start].mark == .none || found.first > start + 1
    else { return nil }
    guard text.at(text.tokens[start].start - 1) != UInt8(ascii: "@") else { return nil }
    return unbracketed(text, start..<found.first)
  }

  /// The words without the round brackets that stand around all of them.
  private static func unbracketed(_ text: NameText, _ range: Range<Int>) -> String? {
    guard let title = TitleText.text(text, range) else { return nil }
    guard text.tokens[range.lowerBound].bracket != 0, title.hasPrefix("("), title.hasSuffix(")"),
      text.tokens[range.lowerBound].group == text.tokens[range.upperBound - 1].group
    else { return title }
    return TitleText.tidy(String(title.dropFirst().dropLast()))
  }

  /// True when the name is surely a scene's though nobody said so.
  package static func isSure(_ text: NameText) -> Bool {
    guard text.tokens.count > 2 else { return false }
    var hasAdult = false
    var day: DateScan.Found?
    var fields = 0
    for index in text.tokens.indices.prefix(200) {
      let token = text.tokens[index]
      if token.mark == .adult, index > 0 { hasAdult = true }
      if day == nil, index > 0 { day = DateScan.at(text, index, short: true) }
      if let day, index >= day.last, token.gap == .spacedDash, !token.isSure { fields += 1 }
      if StandardScan.season(text, token.start)?.style == .standard { return false }
    }
    guard let day else { return hasAdult }
    if hasAdult { return true }
    if !day.hasLongYear { return day.first > 0 && text.tokens[day.first].count == 2 && day.last < text.tokens.count }
    return fields >= 2 && text.tokens[day.first].gap == .spacedDash
  }
}
