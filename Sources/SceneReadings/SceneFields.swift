import MetadataModel
import NameNumbers
import NameReadings
import NameWords

/// A scene's name in its fields: stretches of words between spaced dashes, with the day taken out.
struct SceneFields {
  let text: NameText
  private(set) var day: DateScan.Found?
  /// `[Site]` before the performers, or behind the title.
  private(set) var bracketSite: Range<Int>?
  /// The words between the dashes, without day, release marks and the site in brackets.
  private(set) var fields: [Range<Int>] = []
  /// `S02E03`, `E45`: sites that count their scenes instead of dating them.
  private(set) var numbering: Numbering?
  /// The words of the day or of the scene's number: what stands before them is the site.
  private(set) var divider: Range<Int>?
  /// How many fields stood before the divider; nil without one.
  private(set) var fieldsBefore: Int?
  /// True when the words behind the divider follow it without a dash.
  private(set) var isGlued = false
  /// `(2024)` behind the title, where no day is given.
  private(set) var year: Int?
  /// The first word of the release's marks.
  private(set) var contentEnd = 0

  init(_ text: NameText, from start: Int) {
    self.text = text
    let first = takeBracket(from: start)
    findDay(from: start)
    divider = day.map { $0.first..<$0.last }
    if day == nil { findNumber(from: first) }
    contentEnd = contentEnd(first)
    cut(first, takeSiteBehind(first, takeYear(first, contentEnd)))
    dropShortNote()
  }

  /// `[Site] Performer - Title`, `[2024-01-15] [Site] Title`.
  private mutating func takeBracket(from start: Int) -> Int {
    guard text.tokens[start].bracket != 0, !text.tokens[start].isSure else { return start }
    var first = start
    if let day = DateScan.at(text, start, short: true), day.last < text.tokens.count {
      first = day.last
      guard text.tokens[first].bracket == UInt8(ascii: "["), text.tokens[first].group != text.tokens[start].group else {
        return start
      }
    }
    var end = first
    while end < text.tokens.count, text.tokens[end].group == text.tokens[first].group { end += 1 }
    guard end < text.tokens.count, DateScan.at(text, first, short: true) == nil else { return start }
    bracketSite = first..<end
    return end
  }

  private mutating func findNumber(from start: Int) {
    for index in (start + 1)..<max(start + 1, min(text.tokens.count, start + 12)) {
      let place = text.tokens[index].start
      guard text.tokens[index].gap != .dash,
        let found = StandardScan.season(text, place) ?? WordScan.season(text, place)
          ?? (index == start + 1 ? WordScan.shortEpisode(text, place) : nil),
        found.style >= .episodeWord
      else { continue }
      numbering = found
      divider = index..<max(index + 1, text.token(from: found.end))
      return
    }
  }

  private mutating func findDay(from start: Int) {
    var packed: DateScan.Found?
    for index in start..<text.tokens.count {
      guard let found = DateScan.at(text, index, short: true) else { continue }
      if found.last - found.first == 3 {
        day = found
        return
      }
      packed = packed ?? found
    }
    day = packed
  }

  /// Where the marks of the release begin: the first sure one behind the day, with unsure ones before it.
  private func contentEnd(_ start: Int) -> Int {
    var index = start + 1
    while index < text.tokens.count {
      if index == divider?.upperBound { index = behindMarks(index) }
      guard index < text.tokens.count else { break }
      if text.tokens[index].isSure, divider?.contains(index) != true { break }
      index += 1
    }
    text.steps += index
    if let divider, index < divider.lowerBound,
      !text.tokens[index..<divider.lowerBound].allSatisfy({ $0.isSure })
    {
      index = text.tokens.count
    }
    guard index < text.tokens.count else { return groupless(start) }
    return noteless(start, index)
  }

  /// "Site.24.01.15.1080p.Jane.Doe": the first word behind marks that stand right behind the day; `index` without such.
  private func behindMarks(_ index: Int) -> Int {
    var next = index
    while next < text.tokens.count, text.tokens[next].mark == .resolution { next += 1 }
    return next < text.tokens.count && text.tokens[next].mark == .none && text.tokens[next].gap != .dash ? next : index
  }

  private func isNote(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if let divider, index < divider.upperBound { return false }
    if token.mark == .source || token.mark == .resolution || token.mark == .range { return true }
    return token.number == 1080 || token.number == 720 || token.number == 2160
      || token.bracket != 0 && token.mark != .none
      || (token.mark == .release || token.mark == .edition) && text.isCapital(index)
  }

  /// Without any mark the last word of a dotted name may still be a group behind a dash.
  private func groupless(_ start: Int) -> Int {
    let last = text.tokens.count - 1
    guard last > start + 2, text.tokens[last].gap == .dash, text.tokens[last - 1].gap == .dot,
      divider.map({ $0.upperBound < last }) ?? true
    else {
      return noteless(start, text.tokens.count)
    }
    return last
  }

  private func noteless(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start + 1, isNote(end - 1) { end -= 1 }
    return end
  }

  private mutating func takeYear(_ start: Int, _ end: Int) -> Int {
    guard divider == nil, end > start + 1, text.tokens[end - 1].isYear, YearChoice.isAlone(text, end - 1) else {
      return end
    }
    year = text.tokens[end - 1].number
    return end - 1
  }

  /// `Performer - Title [Site]`, `Performer - Title (SiteName) (2024-01-15)`.
  private mutating func takeSiteBehind(_ start: Int, _ end: Int) -> Int {
    let last = divider.map { $0.upperBound == end ? $0.lowerBound : end } ?? end
    guard bracketSite == nil, last > start + 1, text.tokens[last - 1].bracket != 0,
      divider.map({ $0.upperBound < end || last < end }) ?? true
    else { return end }
    var first = last
    while first > start, text.tokens[first - 1].group == text.tokens[last - 1].group { first -= 1 }
    guard first > start, text.tokens[first].bracket == UInt8(ascii: "[") || isOneName(first..<last) else { return end }
    bracketSite = first..<last
    return first
  }

  /// `SiteName`, `Site.com`: one word with capitals inside, or an address.
  func isOneName(_ range: Range<Int>) -> Bool {
    if range.count == 2 {
      return text.tokens[range.lowerBound + 1].gap == .dot && text.isWord(range.lowerBound + 1, "com")
    }
    let token = text.tokens[range.lowerBound]
    let word = text.bytes[token.start..<min(token.end, token.start + 64)]
    return range.count == 1 && word.dropFirst().contains(where: ASCII.isUpper) && word.contains(where: ASCII.isLower)
  }

  /// Cuts the words into fields at spaced dashes, leaving the divider out.
  private mutating func cut(_ start: Int, _ end: Int) {
    var first = start
    var index = start
    while index < end {
      if let divider, index == divider.lowerBound {
        if first < index { fields.append(first..<index) }
        fieldsBefore = fields.count
        index = min(end, behindMarks(divider.upperBound))
        isGlued = index < end && text.tokens[index].gap != .spacedDash && text.tokens[index].gap != .bracket
        // "Site.24.01.15.TS.Jane.Doe": a sort of scene, no word of the title.
        if index + 1 < end, isGlued, text.isWord(index, "ts"), text.isCapital(index) { index += 1 }
        first = index
        continue
      }
      if text.tokens[index].gap == .spacedDash, index > first {
        fields.append(first..<index)
        first = index
      }
      index += 1
    }
    if first < end { fields.append(first..<end) }
    if divider != nil, fieldsBefore == nil { fieldsBefore = fields.count }
    text.steps += max(0, end - start)
  }

  /// "(15.01.2024) rq": a short word behind the day's bracket speaks of the file.
  private mutating func dropShortNote() {
    guard let last = fields.last, fields.count > 1, last.count == 1, let day, day.last == last.lowerBound else {
      return
    }
    let token = text.tokens[last.lowerBound]
    guard token.gap == .bracket, token.count <= 3,
      text.bytes[token.start..<token.end].allSatisfy({ !ASCII.isUpper($0) })
    else { return }
    fields.removeLast()
  }
}
