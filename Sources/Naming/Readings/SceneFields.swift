import MetadataModel

/// A scene's name in its fields: stretches of words between spaced dashes, with the day taken out.
struct SceneFields {
  private let text: NameText
  private var day: DateScan.Found?
  private var bracketSite: Range<Int>?
  /// The words between the dashes, without day, release marks and the site in brackets.
  private var fields: [Range<Int>] = []
  /// How many fields stood before the day; nil without a day.
  private var fieldsBeforeDay: Int?
  /// True when the day follows the words before it without a dash.
  private var isDayGlued = false

  init(_ text: NameText, from start: Int) {
    self.text = text
    let first = takeBracket(from: start)
    findDay(from: start)
    var end = contentEnd(first)
    end = takeSiteBehind(first, end)
    cut(first, end)
  }

  /// `[Site] Performer - Title`.
  private mutating func takeBracket(from start: Int) -> Int {
    let bracket = text.tokens[start].bracket
    guard bracket == UInt8(ascii: "[") || bracket == UInt8(ascii: "("), !text.tokens[start].isSure else { return start }
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
    var index = max(start, start + 1)
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
    var first = index
    while first > start + 1, isNote(first - 1) { first -= 1 }
    return first
  }

  private func isNote(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if let day, index < day.last { return false }
    if token.mark == .source || token.mark == .resolution || token.mark == .range { return true }
    return token.number == 1080 || token.number == 720 || token.number == 2160
      || token.bracket != 0 && token.mark != .none || token.mark == .release && text.isCapital(index)
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

  /// `Performer - Title [Site]`.
  private mutating func takeSiteBehind(_ start: Int, _ end: Int) -> Int {
    guard bracketSite == nil, end > start + 1, text.tokens[end - 1].bracket == UInt8(ascii: "["),
      day.map({ $0.last < end }) ?? true
    else { return end }
    var first = end
    while first > start, text.tokens[first - 1].group == text.tokens[end - 1].group { first -= 1 }
    guard first > start else { return end }
    bracketSite = first..<end
    return first
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

  /// Gives every field its meaning.
  func reading(_ start: Reading) -> Reading {
    var reading = start
    reading.parsed.date = day?.date
    reading.parsed.resolution = Tail.resolution(text, from: 0)
    var rest = fields[...]
    if let bracketSite {
      reading.parsed.site = site(bracketSite)
    } else if takesSite(rest), let first = rest.popFirst() {
      reading.parsed.site = site(first)
    }
    if rest.count == 2, let last = rest.last, isList(last), let first = rest.first, !isList(first) {
      reading.parsed.performers = performers(last)
      rest = rest.dropLast()
    } else if rest.count >= 2, let first = rest.first, let performers = performers(first) {
      reading.parsed.performers = performers
      rest = rest.dropFirst()
    }
    if let first = rest.first, let last = rest.last {
      reading.parsed.title = title(first.lowerBound, last.upperBound, rest)
      reading.addTitle(reading.parsed.title)
    }
    reading.confidence = confidence(reading)
    return reading
  }

  /// Is the first field the site? Yes before a day, behind a leading day, and of three fields.
  private func takesSite(_ rest: ArraySlice<Range<Int>>) -> Bool {
    guard let first = rest.first, rest.count >= 2 else { return day != nil && fieldsBeforeDay == 1 && rest.count == 1 }
    if day == nil { return rest.count >= 3 || isOneName(first) }
    if fieldsBeforeDay == 0 { return !isDayGlued || rest.count >= 3 }
    return true
  }

  /// `SiteName`, `Site.com`: one word with capitals inside, or an address.
  private func isOneName(_ range: Range<Int>) -> Bool {
    if range.count == 1 { return true }
    return range.count == 2 && text.tokens[range.upperBound - 1].gap == .dot && text.isWord(range.upperBound - 1, "com")
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
    guard let name, name.hasPrefix("("), name.hasSuffix(")") else { return name.map { TitleText.tidy($0) ?? $0 } }
    return TitleText.tidy(String(name.dropFirst().dropLast()))
  }

  private func title(_ first: Int, _ last: Int, _ rest: ArraySlice<Range<Int>>) -> String? {
    // A day in the middle of the title's words is left out.
    if let day, first < day.first, day.last < last {
      let parts = rest.compactMap { TitleText.text(text, $0) }
      return parts.isEmpty ? nil : parts.joined(separator: " - ")
    }
    return TitleText.text(text, first..<last)
  }

  /// Names parted by commas, `&`, `and`, `feat.`; nil when the field reads like a sentence.
  private func performers(_ range: Range<Int>) -> [String]? {
    var names: [String] = []
    var first = range.lowerBound
    func take(_ end: Int) {
      if first < end, let name = TitleText.text(text, first..<end) { names.append(name) }
    }
    for index in range where index > range.lowerBound {
      let isJoint = ["and", "&", "feat", "ft", "with", "featuring", "vs"].contains { text.isWord(index, $0) }
      if isJoint || isListed(index) {
        take(index)
        first = isJoint ? index + 1 : index
      }
    }
    take(range.upperBound)
    guard !names.isEmpty, names.count <= 30, names.allSatisfy({ $0.utf8.split(separator: 0x20).count <= 5 }) else {
      return nil
    }
    return names
  }

  /// Several short names: behind the title rather than the title itself.
  private func isList(_ range: Range<Int>) -> Bool {
    guard let names = performers(range), names.count >= 2 else { return false }
    return range.dropFirst().contains { isListed($0) || text.isWord($0, "&") }
      && names.allSatisfy { name in
        let words = name.utf8.split(separator: 0x20)
        return (1...3).contains(words.count) && words.allSatisfy { $0.first.map(ASCII.isLower) == false }
      } && names.contains { $0.utf8.contains(0x20) }
  }

  private func isListed(_ index: Int) -> Bool {
    guard text.tokens[index].gap == .space || text.tokens[index].gap == .other || text.tokens[index].gap == .underscore
    else { return false }
    for place in text.tokens[index - 1].end..<text.tokens[index].start
    where text.at(place) == UInt8(ascii: ",") || text.at(place) == UInt8(ascii: "+")
      || text.at(place) == UInt8(ascii: ";")
    {
      return true
    }
    return false
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
