package import NameWords

/// Catalogue numbers of films: `ABC-123`, `abc00123`, `FC2-PPV-1234567`, `HEYZO-1234`, `123115-055`, `300ABCD-123`.
package enum CodeScan {
  package struct Found {
    package var code: String
    /// The first word and the one after the last.
    package var first: Int
    package var last: Int
    /// True for a day and a number, which stands for itself wherever it is.
    package var isDayed = false
  }

  /// The code that starts at the word `index`. `isStrict` asks for a dash between letters and digits.
  package static func at(_ text: NameText, _ index: Int, isStrict: Bool) -> Found? {
    text.steps += 1
    return numbered(text, index) ?? dayed(text, index) ?? labelled(text, index)
      ?? (isStrict ? nil : packed(text, index))
  }

  /// `FC2-PPV-1234567`, `fc2ppv 1234567`, `HEYZO_hd_1234`, `Tokyo-Hot-n1234`.
  private static func numbered(_ text: NameText, _ index: Int) -> Found? {
    let token = text.tokens[index]
    if text.has("fc2", at: token.start) {
      var place = token.start + 3
      text.skipGap(&place, most: 2)
      if text.has("ppv", at: place) { place += 3 }
      text.skipGap(&place, most: 2)
      let start = place
      guard let digits = text.digits(&place, most: 8), digits.count >= 5 else { return nil }
      return Found(code: "FC2-PPV-" + string(text, start, place), first: index, last: text.token(from: place))
    }
    if text.has("heyzo", at: token.start) {
      var place = token.start + 5
      text.skipGap(&place, most: 2)
      if text.has("hd", at: place) { place += 2 }
      text.skipGap(&place, most: 2)
      let start = place
      guard let digits = text.digits(&place, most: 5), digits.count >= 3 else { return nil }
      return Found(code: "HEYZO-" + string(text, start, place), first: index, last: text.token(from: place))
    }
    if index == 0, token.count == 5, [UInt8(ascii: "n"), UInt8(ascii: "k")].contains(text.at(token.start)),
      text.tokens.count == 1 || text.tokens[1].isSure
    {
      var place = token.start + 1
      if text.digits(&place, most: 4) != nil, place == token.end {
        let code = String(decoding: text.lower[token.start..<token.end], as: UTF8.self)
        return Found(code: code, first: 0, last: 1)
      }
    }
    if text.isWord(index, "tokyo"), text.isWord(index + 1, "hot"), index + 2 < text.tokens.count {
      let number = text.tokens[index + 2]
      guard number.count == 5, ASCII.isLetter(text.at(number.start)), ASCII.isDigit(text.at(number.end - 1)) else {
        return nil
      }
      return Found(
        code: String(decoding: text.lower[number.start..<number.end], as: UTF8.self), first: index, last: index + 3)
    }
    return nil
  }

  /// `123115-055`, `123115_01`: a day and a number.
  private static func dayed(_ text: NameText, _ index: Int) -> Found? {
    let token = text.tokens[index]
    guard token.count == 6, token.number >= 0, index + 1 < text.tokens.count else { return nil }
    let next = text.tokens[index + 1]
    let month = token.number / 10_000
    let day = token.number / 100 % 100
    guard (2...3).contains(next.count), next.number >= 0, next.start == token.end + 1, (1...12).contains(month),
      (1...31).contains(day),
      next.gap == .dash || next.gap == .underscore
    else { return nil }
    return Found(code: string(text, token.start, next.end), first: index, last: index + 2, isDayed: true)
  }

  /// `ABC-123`, `abc-123c`, `T28-567`, `300ABCD-123`, `ABC-S12`; `ABC 123` and `abc_123` when nothing else is named.
  private static func labelled(_ text: NameText, _ index: Int) -> Found? {
    let token = text.tokens[index]
    guard index + 1 < text.tokens.count, isLabel(text, token) else { return nil }
    let next = text.tokens[index + 1]
    guard next.start == token.end + 1, next.gap == .dash || isAlone(text, index) else { return nil }
    var place = next.start
    let isLettered = text.at(place) == UInt8(ascii: "s") && token.number < 0
    if isLettered { place += 1 }
    guard let digits = text.digits(&place, most: 5), digits.count >= 2, endsNumber(text, place, next.end),
      !isLettered || place == next.end && next.gap == .dash
    else { return nil }
    let code = string(text, token.start, token.end) + "-" + string(text, next.start, place)
    return Found(code: code, first: index, last: index + 2)
  }

  /// True when the name is a label, a number of three digits or more, and marks of the release.
  private static func isAlone(_ text: NameText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    let next = text.tokens[index + 1]
    guard index == 0, next.gap == .space || next.gap == .underscore, (3...5).contains(token.count),
      (3...5).contains(next.count), next.number >= 0, !next.isYear
    else { return false }
    return text.tokens.count == 2 || text.tokens[2].isSure || text.tokens[2].bracket != 0
  }

  /// Behind the digits: nothing, or a letter for the part or subtitles.
  private static func endsNumber(_ text: NameText, _ place: Int, _ end: Int) -> Bool {
    if place == end { return true }
    let rest = end - place
    return rest <= 2 && (place..<end).allSatisfy { ASCII.isLetter(text.at($0)) } && text.at(place) != UInt8(ascii: "p")
      && !text.has("th", at: place) && !text.has("st", at: place) && !text.has("nd", at: place)
      && !text.has("rd", at: place)
  }

  /// Two to seven letters, perhaps with a number of up to three digits before or two within: `abc`, `300maan`, `t28`.
  private static func isLabel(_ text: NameText, _ token: Token) -> Bool {
    guard (2...9).contains(token.count), token.number < 0, token.mark == .none || token.count >= 3 && !token.isSure
    else { return false }
    var letters = 0
    for place in token.start..<token.end {
      let byte = text.at(place)
      if ASCII.isLetter(byte) { letters += 1 } else if !ASCII.isDigit(byte) { return false }
    }
    let isLeadingNumber = ASCII.isDigit(text.at(token.start))
    if isLeadingNumber, token.count - letters > 3 || letters < 2 { return false }
    return letters == token.count ? (2...6).contains(letters) : letters >= 1
  }

  /// `abc00123`, `118abc00123`, `h_123abc00045`, `abc123`: letters and digits in one word, nothing else in the name but notes.
  private static func packed(_ text: NameText, _ index: Int) -> Found? {
    let token = text.tokens[index]
    guard (5...14).contains(token.count), token.number < 0, !token.isSure else { return nil }
    var place = token.start
    while ASCII.isDigit(text.at(place)), place - token.start < 4 { place += 1 }
    let label = place
    while place < token.end, ASCII.isLetter(text.at(place)) { place += 1 }
    let digits = place
    guard (2...6).contains(digits - label), let number = text.digits(&place, most: 5), number.count >= 3 else {
      return nil
    }
    let isPadded = number.count == 5 && number.value < 10_000
    guard endsNumber(text, place, token.end) || (isPadded || text.tokens.count == 1) && isServed(text, place, token.end)
    else { return nil }
    // Without the padding it is a code only when the name begins with it.
    guard isPadded || (index == 0 || label - token.start == 4) && digits - label >= 3 else { return nil }
    var first = digits
    while isPadded, place - first > 3, text.at(first) == 0x30 { first += 1 }
    return Found(code: string(text, label, digits) + "-" + string(text, first, place), first: index, last: index + 1)
  }

  /// `hhb1`, `dmb`: what shops write behind a padded number.
  private static func isServed(_ text: NameText, _ start: Int, _ end: Int) -> Bool {
    var place = start
    while place < end, ASCII.isLetter(text.at(place)) { place += 1 }
    return (1...4).contains(place - start) && end - place <= 1 && (place == end || ASCII.isDigit(text.at(place)))
  }

  private static func string(_ text: NameText, _ start: Int, _ end: Int) -> String {
    String(decoding: text.lower[start..<end].map { ASCII.isLower($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
  }
}
