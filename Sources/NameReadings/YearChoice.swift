package import NameWords

/// Which of the numbers of a name is its year.
package enum YearChoice {
  /// Index of the year among the words from `start`; words from `tail` on speak of the release.
  static func film(_ text: NameText, from start: Int, tail: Int) -> Int? {
    var bracketed: Int?
    var plain: Int?
    var late: Int?
    for index in start..<max(start, text.tokens.count) {
      let token = text.tokens[index]
      text.steps += 1
      guard token.isYear, token.mark == .none || token.number < 1900 || !token.isSure else { continue }
      if isAlone(text, index) {
        if bracketed == nil || index < tail { bracketed = index }
      } else if index < tail, index > start, !isDashedRange(text, index), !text.isWord(index - 1, "of") {
        plain = index
      } else if index >= tail, late == nil, token.gap != .dash {
        late = index
      } else if index == start, start + 1 < text.tokens.count, text.tokens[start + 1].gap == .spacedDash,
        start + 1 < tail
      {
        late = late ?? index
      }
    }
    return bracketed ?? plain ?? late
  }

  /// `end`, or the first word of the brackets around it when they opened behind `start`: "(CamRip / 2014)", "(Doe, 2010)".
  static func beforeBracket(_ text: NameText, _ start: Int, _ end: Int) -> Int {
    guard start < end, end < text.tokens.count, text.tokens[end].bracket != 0,
      text.tokens[start].group != text.tokens[end].group
    else { return end }
    var first = end
    while first > start, text.tokens[first - 1].group == text.tokens[end].group { first -= 1 }
    text.steps += end - first
    return first > start ? first : end
  }

  /// A year alone in its brackets, or with its country or month: `(2010)`, `[2010]`.
  package static func isAlone(_ text: NameText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.bracket != 0 else { return false }
    let before = index > 0 && text.tokens[index - 1].group == token.group
    let after = index + 1 < text.tokens.count && text.tokens[index + 1].group == token.group
    return !before && (!after || text.tokens[index + 1].mark != .none || text.tokens[index + 1].isYear)
  }

  /// The first of `1939-1945` is no year of a film.
  private static func isDashedRange(_ text: NameText, _ index: Int) -> Bool {
    let next = index + 1
    return next < text.tokens.count && text.tokens[next].gap == .dash && text.tokens[next].isYear
  }
}
