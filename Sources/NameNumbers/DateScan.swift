package import MetadataModel
package import NameWords

/// Days in a name, in all usual orders.
package enum DateScan {
  package struct Found {
    package var date: CalendarDate
    /// The first word and the one after the last.
    package var first: Int
    package var last: Int
    /// True when the year has four digits.
    package var hasLongYear: Bool
  }

  private static let months: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The day that starts at the word `index`. `short` allows years of two digits.
  package static func at(_ text: NameText, _ index: Int, short: Bool) -> Found? {
    let token = text.tokens[index]
    text.steps += 1
    if token.number >= 0, token.count == 8 { return packed(token.number, index) }
    if short, token.number >= 0, token.count == 6, let date = shortPacked(token.number) {
      return Found(date: date, first: index, last: index + 1, hasLongYear: false)
    }
    guard index + 2 < text.tokens.count else { return nil }
    let second = text.tokens[index + 1]
    let third = text.tokens[index + 2]
    if let date = named(text, index, token, second, third) {
      return Found(date: date, first: index, last: index + 3, hasLongYear: true)
    }
    guard token.number >= 0, second.number >= 0, third.number >= 0, second.count <= 2,
      isSame(text, token, second, third)
    else {
      return nil
    }
    if token.count == 4, third.count <= 2 {
      let date = day(token.number, second.number, third.number) ?? day(token.number, third.number, second.number)
      return date.map { Found(date: $0, first: index, last: index + 3, hasLongYear: true) }
    }
    if third.count == 4, token.count <= 2 {
      let date = day(third.number, second.number, token.number) ?? day(third.number, token.number, second.number)
      return date.map { Found(date: $0, first: index, last: index + 3, hasLongYear: true) }
    }
    guard short, token.count == 2, second.count == 2, third.count == 2 else { return nil }
    // In round brackets a short day is written as people write it, day first.
    let bracketed = token.bracket == UInt8(ascii: "(") ? day(century(third.number), second.number, token.number) : nil
    let date =
      bracketed ?? day(century(token.number), second.number, third.number) ?? day(
        century(third.number), second.number, token.number)
      ?? day(century(third.number), token.number, second.number)
    return date.map { Found(date: $0, first: index, last: index + 3, hasLongYear: false) }
  }

  /// The same separator twice: two numbers beside a year are no date.
  private static func isSame(_ text: NameText, _ first: Token, _ second: Token, _ third: Token) -> Bool {
    let length = second.start - first.end
    guard length == third.start - second.end, length == 1, first.group == third.group else { return false }
    return text.at(first.end) == text.at(second.end)
  }

  private static func century(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate? {
    (1920...2100).contains(year) ? CalendarDate(year: year, month: month, day: day) : nil
  }

  /// `20240115`, `15012024`.
  private static func packed(_ number: Int, _ index: Int) -> Found? {
    let date =
      day(number / 10_000, number / 100 % 100, number % 100)
      ?? day(number % 10_000, number / 10_000 % 100, number / 1_000_000)
    return date.map { Found(date: $0, first: index, last: index + 1, hasLongYear: true) }
  }

  /// `240115`.
  private static func shortPacked(_ number: Int) -> CalendarDate? {
    day(century(number / 10_000), number / 100 % 100, number % 100)
  }

  /// `15 Jan 2024`, `January 15th, 2024`, `2024 Jan 15`.
  private static func named(_ text: NameText, _ index: Int, _ first: Token, _ second: Token, _ third: Token)
    -> CalendarDate?
  {
    if let month = month(text, second) {
      if let number = dayNumber(text, first), third.isYear { return day(third.number, month, number) }
      if first.isYear, let number = dayNumber(text, third) { return day(first.number, month, number) }
      return nil
    }
    guard let month = month(text, first), let number = dayNumber(text, second), third.isYear else { return nil }
    return day(third.number, month, number)
  }

  private static func dayNumber(_ text: NameText, _ token: Token) -> Int? {
    if token.number >= 0 { return token.count <= 2 ? token.number : nil }
    guard (3...4).contains(token.count) else { return nil }
    var place = token.start
    guard let digits = text.digits(&place, most: 2), token.end - place == 2 else { return nil }
    return text.word(&place, among: ["st", "nd", "rd", "th"]) ? digits.value : nil
  }

  private static func month(_ text: NameText, _ token: Token) -> Int? {
    guard (3...9).contains(token.count), ASCII.isLower(text.at(token.start)) else { return nil }
    for (offset, name) in months.enumerated() where name.utf8Start[0] == text.at(token.start) {
      guard token.count == 3 || token.count == name.utf8CodeUnitCount || token.count == 4 && offset == 8 else {
        continue
      }
      var place = 0
      while place < token.count, text.at(token.start + place) == name.utf8Start[place] { place += 1 }
      if place == token.count { return offset + 1 }
    }
    return nil
  }
}
