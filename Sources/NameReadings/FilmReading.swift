import MetadataModel
import NameWords

/// Reads a name as a film's: title, year, edition, resolution.
enum FilmReading {
  static func read(_ text: NameText) -> Reading {
    var reading = Reading(kind: .movie)
    guard !text.tokens.isEmpty else {
      finish(&reading, text, year: nil, tail: 0)
      return reading
    }
    var start = Lead.find(text).start
    let tail = Tail.first(text, from: start)
    let year = YearChoice.film(text, from: start, tail: tail)
    var end = tail
    if let year {
      reading.parsed.year = text.tokens[year].number
      if year == start {
        // "(2010) Title", "2010 - Title".
        start = year + 1
      } else {
        end = min(end, year)
      }
    }
    if year == nil, let lead = leadingYear(text, start) { reading.parsed.year = lead }
    end = squareBracket(text, start, YearChoice.beforeBracket(text, start, end))
    let spoken = withoutLanguage(text, start, end, year)
    let editions = editions(text, start, spoken, hasTail: year != nil || tail < text.tokens.count)
    end = spoken
    if let first = editions.first, first.start < end { end = withoutArticle(text, start, first.start) }
    end = withoutLanguage(text, start, end, year)
    if end <= start { end = min(max(start + 1, end), text.tokens.count) }
    if !editions.isEmpty { reading.parsed.edition = editions.map(\.name).joined(separator: " ") }
    if let stated = text.statedEdition { reading.parsed.edition = stated }
    reading.parsed.resolution = Tail.resolution(text, from: min(end, text.tokens.count))
    setTitle(&reading, text, start..<max(start, discFree(text, start, end)))
    finish(&reading, text, year: year, tail: tail)
    return reading
  }

  /// `[2010] Title`.
  private static func leadingYear(_ text: NameText, _ start: Int) -> Int? {
    guard start > 0, text.tokens[start - 1].isYear, YearChoice.isAlone(text, start - 1) else { return nil }
    return text.tokens[start - 1].number
  }

  /// Marks in square brackets or braces end the title.
  private static func squareBracket(_ text: NameText, _ start: Int, _ end: Int) -> Int {
    guard start < end else { return end }
    let group = text.tokens[start].group
    for index in start..<end {
      text.steps += 1
      let token = text.tokens[index]
      if token.bracket == UInt8(ascii: "[") || token.bracket == UInt8(ascii: "{"), token.group != group, index > start {
        return index
      }
      if token.bracket == UInt8(ascii: "["), token.group == group, index + 1 < end,
        text.tokens[index + 1].group != group
      {
        continue
      }
    }
    return end
  }

  private static func editions(_ text: NameText, _ start: Int, _ end: Int, hasTail: Bool) -> [EditionScan.Found] {
    guard start < text.tokens.count else { return [] }
    let inTitle = titleEditions(text, start, end, hasYear: hasTail)
    let behind = EditionScan.all(text, end..<text.tokens.count, isTail: true).filter { isRelease(text, $0, end) }
    return inTitle + behind.filter { found in !inTitle.contains { $0.name == found.name } }
  }

  /// Editions that end the title: phrases, and single words that are loud or stand behind a dash.
  private static func titleEditions(
    _ text: NameText, _ start: Int, _ end: Int, hasYear: Bool
  ) -> [EditionScan.Found] {
    let all = EditionScan.all(text, min(start + 1, end)..<end, isTail: true)
    var chain: [EditionScan.Found] = []
    var isEdition = false
    var next = end
    for found in all.reversed() {
      guard found.end == next, withoutArticle(text, start, found.start) > start else { break }
      let isLoud = text.isCapital(found.start) && text.tokens[found.start].count > 3 && !text.isCapital(start)
      let isApart = text.tokens[found.start].gap == .spacedDash
      isEdition = isEdition || isLoud || isApart || found.isSure && (found.end - found.start > 1 || hasYear)
      chain.insert(found, at: 0)
      next = found.start
    }
    return isEdition ? chain : []
  }

  /// "The Final Cut": the article is the edition's, "25th Anniversary" the number.
  private static func withoutArticle(_ text: NameText, _ start: Int, _ end: Int) -> Int {
    guard end > start else { return end }
    let last = text.tokens[end - 1]
    let isOrdinal = last.number < 0 && ASCII.isDigit(text.at(last.start)) && text.has("th", at: last.end - 2)
    return text.isWord(end - 1, "the") || isOrdinal ? end - 1 : end
  }

  /// A loud language before the year: `Title.GERMAN.2010`, `Title.iTALiAN.2010`.
  private static func withoutLanguage(_ text: NameText, _ start: Int, _ end: Int, _ year: Int?) -> Int {
    var end = end
    while let year, end <= year, end > start + 1, text.tokens[end - 1].mark == .language, !text.isCapital(start),
      isLoud(text, end - 1) || isSpoken(text, behind: year) || isForeign(text, start, end - 1)
    {
      end -= 1
    }
    return end
  }

  /// `Das.Licht.der.Stadt.German.2010`: words of another language than English before the language's name.
  private static func isForeign(_ text: NameText, _ start: Int, _ end: Int) -> Bool {
    let words: [StaticString] = [
      "der", "die", "das", "und", "ein", "eine", "im", "von", "ich", "le", "la", "les", "des", "du", "et", "une", "il",
      "lo", "gli", "el", "los", "las", "del", "den", "det", "och", "og", "edition",
    ]
    text.steps += end - start
    return (start..<min(end, start + 20)).contains { index in words.contains { text.isWord(index, $0) } }
  }

  /// `Title.German.2010.DL`: a word behind the year that only goes with a language.
  private static func isSpoken(_ text: NameText, behind year: Int) -> Bool {
    let words: [StaticString] = ["dl", "ml", "dubbed", "subbed"]
    return (year + 1..<min(year + 5, max(year + 1, text.tokens.count))).contains { index in
      text.tokens[index].mark == .language && words.contains { text.isWord(index, $0) }
    }
  }

  /// Three capitals at least.
  private static func isLoud(_ text: NameText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    return text.bytes[token.start..<token.end].prefix(32).filter(ASCII.isUpper).count >= 3
  }

  /// The group's name behind the last dash is no edition.
  private static func isRelease(_ text: NameText, _ found: EditionScan.Found, _ end: Int) -> Bool {
    !(found.end == text.tokens.count && found.start > end && text.tokens[found.start].gap == .dash && !found.isSure)
  }

  /// `CD1`, `disc 2` at the end say which file of a film this is.
  private static func discFree(_ text: NameText, _ start: Int, _ end: Int) -> Int {
    guard end - start >= 2, end <= text.tokens.count else { return end }
    let last = text.tokens[end - 1]
    for word: StaticString in ["cd", "dvd", "disc", "disk", "pt"] where text.has(word, at: last.start) {
      let rest = last.count - word.utf8CodeUnitCount
      if rest == 1, ASCII.isDigit(text.at(last.end - 1)) { return end - 1 }
    }
    if last.number >= 0, last.count == 1, end - start >= 3 {
      for word: StaticString in ["cd", "disc", "disk"] where text.isWord(end - 2, word) { return end - 2 }
    }
    return end
  }

  /// The title, and its parts around "AKA".
  private static func setTitle(_ reading: inout Reading, _ text: NameText, _ range: Range<Int>) {
    for index in range.dropFirst().dropLast() where text.isWord(index, "aka") {
      reading.addTitle(TitleText.text(text, range.lowerBound..<index))
      reading.addTitle(TitleText.text(text, (index + 1)..<range.upperBound))
      break
    }
    let whole = TitleText.text(text, range)
    reading.addTitle(whole)
    for index in range.dropFirst() where text.tokens[index].gap == .spacedDash {
      reading.addTitle(TitleText.text(text, range.lowerBound..<index))
      break
    }
    reading.parsed.title = reading.titles.first
  }

  private static func finish(_ reading: inout Reading, _ text: NameText, year: Int?, tail: Int) {
    if !text.ids.isEmpty { reading.parsed.ids = text.ids }
    var confidence = reading.parsed.title == nil ? 0 : 0.4
    if let year { confidence += text.tokens[year].bracket != 0 ? 0.5 : 0.45 }
    if tail < text.tokens.count { confidence += year == nil ? 0.25 : 0.04 }
    if !text.ids.isEmpty { confidence = max(confidence, 0.97) }
    reading.confidence = min(confidence, 0.99)
  }
}
