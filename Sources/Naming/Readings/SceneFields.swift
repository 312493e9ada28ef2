import MetadataModel

/// A scene's name in its fields: stretches of words between spaced dashes, with the day taken out.
struct SceneFields {
  let text: NameText
  private(set) var day: DateScan.Found?
  /// `[Site]` before the performers, or behind the title.
  private(set) var bracketSite: Range<Int>?
  /// The words between the dashes, without day, release marks and the site in brackets.
  private(set) var fields: [Range<Int>] = []
  /// How many fields stood before the day; nil without a day.
  private(set) var fieldsBeforeDay: Int?
  /// True when the day follows the words before it without a dash.
  private(set) var isDayGlued = false
  /// `(2024)` behind the title, where no day is given.
  private(set) var year: Int?
  /// The first word of the release's marks.
  private(set) var contentEnd = 0

  init(_ text: NameText, from start: Int) {
    self.text = text
    let first = takeBracket(from: start)
    findDay(from: start)
    contentEnd = contentEnd(first)
    cut(first, takeSiteBehind(first, takeYear(first, contentEnd)))
    dropShortNote()
  }

  /// `[Site] Performer - Title`.
  private mutating func takeBracket(from start: Int) -> Int {
    guard text.tokens[start].bracket != 0, !text.tokens[start].isSure else { return start }
    var end = start
    while end < text.tokens.count, text.tokens[end].group == text.tokens[start].group { end += 1 }
    guard end < text.tokens.count, DateScan.at(text, start, short: true) == nil else { return start }
    bracketSite = start..<end
    return end
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
      let isDay = day.map { ($0.first..<$0.last).contains(index) } ?? false
      let isBehind = day.map { index >= $0.last || $0.first > index } ?? true
      if text.tokens[index].isSure, !isDay, isBehind { break }
      index += 1
    }
    text.steps += index
    if let day, index < day.first, !text.tokens[index..<day.first].allSatisfy({ $0.isSure }) {
      index = text.tokens.count
    }
    guard index < text.tokens.count else { return groupless(start) }
    return noteless(start, index)
  }

  private func isNote(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if let day, index < day.last { return false }
    if token.mark == .source || token.mark == .resolution || token.mark == .range { return true }
    return token.number == 1080 || token.number == 720 || token.number == 2160
      || token.bracket != 0 && token.mark != .none
      || (token.mark == .release || token.mark == .edition) && text.isCapital(index)
  }

  /// Without any mark the last word of a dotted name may still be a group behind a dash.
  private func groupless(_ start: Int) -> Int {
    let last = text.tokens.count - 1
    guard last > start + 2, text.tokens[last].gap == .dash, text.tokens[last - 1].gap == .dot,
      day.map({ $0.last < last }) ?? true
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
    guard day == nil, end > start + 1, text.tokens[end - 1].isYear, YearChoice.isAlone(text, end - 1) else {
      return end
    }
    year = text.tokens[end - 1].number
    return end - 1
  }

  /// `Performer - Title [Site]`, `Performer - Title (SiteName) (2024-01-15)`.
  private mutating func takeSiteBehind(_ start: Int, _ end: Int) -> Int {
    let last = day.map { $0.last == end ? $0.first : end } ?? end
    guard bracketSite == nil, last > start + 1, text.tokens[last - 1].bracket != 0,
      day.map({ $0.last < end || last < end }) ?? true
    else { return end }
    var first = last
    while first > start, text.tokens[first - 1].group == text.tokens[last - 1].group { first -= 1 }
    guard first > start, text.tokens[first].bracket == UInt8(ascii: "[") || isOneName(first..<last) else { return end }
    bracketSite = first..<last
    return first
  }

  /// `SiteName`, `Site.com`: one word with capitals inside, or an address.
  func isOneName(_ range: Range<Int>) -> Bool {
    if range.count == 2 { return text.tokens[range.lowerBound + 1].gap == .dot && text.isWord(range.lowerBound + 1, "com") }
    let token = text.tokens[range.lowerBound]
    let word = text.bytes[token.start..<min(token.end, token.start + 64)]
    return range.count == 1 && word.dropFirst().contains(where: ASCII.isUpper) && word.contains(where: ASCII.isLower)
  }

  /// Cuts the words into fields at spaced dashes, leaving the day out.
  private mutating func cut(_ start: Int, _ end: Int) {
    var first = start
    var index = start
    while index < end {
      if let day, index == day.first {
        if first < index { fields.append(first..<index) }
        fieldsBeforeDay = fields.count
        isDayGlued = day.last < end && text.tokens[day.last].gap != .spacedDash && text.tokens[day.last].gap != .bracket
        index = day.last
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
    if day != nil, fieldsBeforeDay == nil { fieldsBeforeDay = fields.count }
    text.steps += max(0, end - start)
  }

  /// "(15.01.2024) rq": a short word behind the day's bracket speaks of the file.
  private mutating func dropShortNote() {
    guard let last = fields.last, fields.count > 1, last.count == 1, let day, day.last == last.lowerBound else { return }
    let token = text.tokens[last.lowerBound]
    guard token.gap == .bracket, token.count <= 3,
      text.bytes[token.start..<token.end].allSatisfy({ !ASCII.isUpper($0) })
    else { return }
    fields.removeLast()
  }
}
