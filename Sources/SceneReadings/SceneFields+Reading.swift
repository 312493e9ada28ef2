import MetadataModel
import NameReadings
import NameWords

/// What the fields of a scene's name mean.
extension SceneFields {
  package func reading(_ start: Reading) -> Reading {
    var reading = start
    reading.parsed.date = day?.date
    reading.parsed.year = year
    reading.parsed.resolution = Tail.resolution(text, from: 0)
    reading.parsed.edition = text.statedEdition ?? edition
    var rest = fields[...]
    if let numbering {
      reading.parsed.season = numbering.season
      if !numbering.episodes.isEmpty { reading.parsed.episodes = numbering.episodes }
    }
    reading.parsed.site = takeSite(&rest)
    reading.parsed.performers = takePerformers(&rest, hasSite: reading.parsed.site != nil)
    if let first = rest.first, let last = rest.last {
      reading.parsed.title = title(first.lowerBound, last.upperBound, rest)
      reading.addTitle(reading.parsed.title)
    }
    reading.confidence = confidence(reading)
    return reading
  }

  private var edition: String? {
    let found = EditionScan.all(text, min(contentEnd, text.tokens.count)..<text.tokens.count, isTail: true)
    return found.isEmpty ? nil : found.map(\.name).joined(separator: " ")
  }

  private func takeSite(_ rest: inout ArraySlice<Range<Int>>) -> String? {
    if let bracketSite { return site(bracketSite) }
    if let first = rest.first, rest.count == 1, isRunOn(first) {
      rest = [(first.lowerBound + 1)..<first.upperBound]
      return site(first.lowerBound..<(first.lowerBound + 1))
    }
    if let behind = siteBehindMarks(rest) { return site(behind) }
    // "Network - SiteName - 2024-01-15 - Title".
    if fieldsBefore == 2, rest.count > 2, let second = rest.dropFirst().first, isOneName(second) {
      rest = rest.dropFirst(2)
      return site(second)
    }
    // "Jane Doe - Title - SiteName - 2024-01-15".
    if fieldsBefore == 3, rest.count == 3, let first = rest.first, let last = rest.last, isOneName(last),
      first.count > 1, !isOneName(first)
    {
      rest = rest.dropLast()
      return site(last)
    }
    guard takesSite(rest), let first = rest.popFirst() else { return nil }
    return site(first)
  }

  /// `2024.01.15.SiteName.Jane.Doe`, `SiteName.Jane.Doe.2024.01.15`, `SiteName.Jane.Doe.XXX`: the one word with capitals
  /// inside is the site.
  private func isRunOn(_ field: Range<Int>) -> Bool {
    let isDayFirst = fieldsBefore == 0 && isGlued
    guard field.count > 2 || isDayFirst && field.count > 1, isDayFirst || fieldsBefore != 0 else { return false }
    let gap = text.tokens[field.lowerBound + 1].gap
    return (gap == .dot || gap == .underscore || isDayFirst) && isOneName(field.lowerBound..<(field.lowerBound + 1))
  }

  /// `Jane Doe - Title - 1080p [SiteName]`.
  private func siteBehindMarks(_ rest: ArraySlice<Range<Int>>) -> Range<Int>? {
    let last = text.tokens.count - 1
    guard divider == nil, rest.count == 2, let first = rest.first, first.count > 1, last >= contentEnd,
      text.tokens[last].bracket == UInt8(ascii: "["), text.tokens[last].mark == .none, text.tokens[last].count >= 6,
      isOneName(last..<(last + 1))
    else { return nil }
    return last..<(last + 1)
  }

  /// Is the first field the site? Yes before a day or number, behind a leading day, and of three fields.
  private func takesSite(_ rest: ArraySlice<Range<Int>>) -> Bool {
    guard let first = rest.first, rest.count >= 2 else { return fieldsBefore == 1 && rest.count == 1 }
    let isName = first.count == 1 || isOneName(first)
    if divider == nil || isDayLast, rest.count == 2 { return isName || first.count > 2 && divider != nil }
    if fieldsBefore == 0 { return !isGlued || rest.count >= 3 || isName }
    return true
  }

  /// `Jane Doe - Title (2024-01-15)`.
  private var isDayLast: Bool {
    guard let divider, let last = fields.last, text.tokens[divider.lowerBound].bracket != 0 else { return false }
    return divider.lowerBound >= last.upperBound
  }

  private func takePerformers(_ rest: inout ArraySlice<Range<Int>>, hasSite: Bool) -> [String]? {
    guard let first = rest.first, let last = rest.last else { return nil }
    let names = ScenePerformers(text: text)
    if rest.count == 1 {
      guard hasSite, let bracket = closingBracket(first) else { return nil }
      // "The Storm (Jane Doe, Ann Roe)", and "[Site] Jane Doe (The Storm)".
      if names.isList(bracket) {
        rest = [first.lowerBound..<bracket.lowerBound]
        return names.all(bracket)
      }
      let before = first.lowerBound..<bracket.lowerBound
      guard bracketSite != nil || names.isList(before), let found = names.all(before) else { return nil }
      rest = [bracket]
      return found
    }
    if rest.count == 2, names.isList(last), !names.isList(first) {
      rest = rest.dropLast()
      return names.all(last)
    }
    guard let found = names.all(first) else {
      // "The Storm - Jane Doe": the first field cannot be a name.
      guard rest.count == 2, names.isName(last) else { return nil }
      rest = rest.dropLast()
      return names.all(last)
    }
    rest = rest.dropFirst()
    return found
  }

  /// The words in round brackets that end `field`, with words before them.
  private func closingBracket(_ field: Range<Int>) -> Range<Int>? {
    let group = text.tokens[field.upperBound - 1].group
    guard group != 0, bracketSite != nil || text.tokens[field.upperBound - 1].bracket == UInt8(ascii: "(") else {
      return nil
    }
    var start = field.upperBound - 1
    while start > field.lowerBound, text.tokens[start - 1].group == group { start -= 1 }
    text.steps += field.count
    return start > field.lowerBound ? start..<field.upperBound : nil
  }

  private func site(_ range: Range<Int>) -> String? {
    var range = range
    if text.isWord(range.lowerBound, "www"), range.count > 1 { range = (range.lowerBound + 1)..<range.upperBound }
    let last = range.upperBound - 1
    if range.count > 1, text.tokens[last].gap == .dot,
      ["com", "net", "org", "tv", "xxx"].contains(where: { text.isWord(last, $0) })
    {
      range = range.lowerBound..<last
    }
    let slash = range.dropFirst().first { text.at(text.tokens[$0].start - 2) == UInt8(ascii: "/") }
    let name = TitleText.text(
      text, range.lowerBound..<(slash.map { text.tokens[$0 - 1].gap == .dot ? $0 - 1 : $0 } ?? range.upperBound))
    guard var name else { return nil }
    if name.hasPrefix("("), name.hasSuffix(")") || !name.contains(")") { name.removeFirst() }
    if name.hasSuffix(")"), !name.contains("(") { name.removeLast() }
    return TitleText.tidy(name)
  }

  private func title(_ first: Int, _ last: Int, _ rest: ArraySlice<Range<Int>>) -> String? {
    // A day in the middle of the title's words is left out.
    if let divider, first < divider.lowerBound, divider.upperBound < last {
      let parts = rest.compactMap { TitleText.text(text, $0) }
      return parts.isEmpty ? nil : parts.joined(separator: " - ")
    }
    guard text.tokens[first].bracket == UInt8(ascii: "("), text.tokens[last - 1].group == text.tokens[first].group
    else {
      return TitleText.text(text, first..<last)
    }
    return TitleText.text(text, first..<last).flatMap { name in
      TitleText.tidy(name.hasPrefix("(") ? String(name.dropFirst().dropLast(name.hasSuffix(")") ? 1 : 0)) : name)
    }
  }

  private func confidence(_ reading: Reading) -> Double {
    var confidence = 0.2
    if reading.parsed.date != nil { confidence += 0.3 }
    if reading.parsed.site != nil { confidence += 0.3 }
    if reading.parsed.title != nil { confidence += 0.1 }
    if reading.parsed.performers != nil { confidence += 0.07 }
    return confidence
  }
}
