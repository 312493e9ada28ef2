import MetadataModel

/// What the fields of a scene's name mean.
extension SceneFields {
  func reading(_ start: Reading) -> Reading {
    var reading = start
    reading.parsed.date = day?.date
    reading.parsed.year = year
    reading.parsed.resolution = Tail.resolution(text, from: 0)
    reading.parsed.edition = text.statedEdition ?? edition
    var rest = fields[...]
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
    if let first = rest.first, first.count > 1, day != nil, rest.count == 1, isRunOn(first) {
      rest = [(first.lowerBound + 1)..<first.upperBound]
      return site(first.lowerBound..<(first.lowerBound + 1))
    }
    guard takesSite(rest), let first = rest.popFirst() else { return nil }
    return site(first)
  }

  /// `2024.01.15.SiteName.Jane.Doe`, `SiteName.Jane.Doe.2024.01.15`: the one word with capitals inside is the site.
  private func isRunOn(_ field: Range<Int>) -> Bool {
    let isDayFirst = fieldsBeforeDay == 0 && isDayGlued
    guard isDayFirst || fieldsBeforeDay == 1 && field.count > 2 else { return false }
    let gap = text.tokens[field.lowerBound + 1].gap
    return (gap == .dot || gap == .underscore || isDayFirst) && isOneName(field.lowerBound..<(field.lowerBound + 1))
  }

  /// Is the first field the site? Yes before a day, behind a leading day, and of three fields.
  private func takesSite(_ rest: ArraySlice<Range<Int>>) -> Bool {
    guard let first = rest.first, rest.count >= 2 else { return day != nil && fieldsBeforeDay == 1 && rest.count == 1 }
    if day == nil { return rest.count >= 3 || first.count == 1 || isOneName(first) }
    if fieldsBeforeDay == 0 { return !isDayGlued || rest.count >= 3 }
    return true
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
      guard bracketSite != nil, let found = names.all(first.lowerBound..<bracket.lowerBound) else { return nil }
      rest = [bracket]
      return found
    }
    if rest.count == 2, names.isList(last), !names.isList(first) {
      rest = rest.dropLast()
      return names.all(last)
    }
    guard let found = names.all(first) else { return nil }
    rest = rest.dropFirst()
    return found
  }

  /// The words in round brackets that end `field`, with words before them.
  private func closingBracket(_ field: Range<Int>) -> Range<Int>? {
    let group = text.tokens[field.upperBound - 1].group
    guard text.tokens[field.upperBound - 1].bracket == UInt8(ascii: "(") else { return nil }
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
    if let day, first < day.first, day.last < last {
      let parts = rest.compactMap { TitleText.text(text, $0) }
      return parts.isEmpty ? nil : parts.joined(separator: " - ")
    }
    guard text.tokens[first].bracket == UInt8(ascii: "("), text.tokens[last - 1].group == text.tokens[first].group else {
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
