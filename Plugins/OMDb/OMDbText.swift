import UsherKit

/// The service's ways of writing values, read.
enum OMDbText {
  /// The first year of `2019`, `2011–2016` or `2021–`, whatever became of the dash.
  static func year(_ text: String) -> Int? {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    guard digits.count == 4, let year = Int(String(decoding: digits, as: UTF8.self)), year > 0 else { return nil }
    return year
  }

  /// `05 Apr 1923`, or `1923-04-05` as the lists of seasons have it.
  static func date(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: " ")
    guard parts.count == 3 else { return CalendarDate(text) }
    guard let day = Int(parts[0]), let year = Int(parts[2]),
      let month = months.firstIndex(of: String(parts[1].prefix(3)).lowercased())
    else { return nil }
    return CalendarDate(year: year, month: month + 1, day: day)
  }

  /// Milliseconds of `81 min`, `1 h 30 min` or `1,440 min`; nil for less than a minute and more than a week.
  static func duration(_ text: String) -> Int? {
    let words = text.lowercased().filter { $0 != "," }.split(separator: " ")
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
    var minutes = 0
    for place in stride(from: 0, to: words.count, by: 2) {
      guard let number = Int(words[place]), (0...100_000).contains(number) else { return nil }
      switch words[place + 1] {
      case "min", "mins", "m": minutes += number
      case "h", "hr", "hrs": minutes += number * 60
      default: return nil
      }
    }
    return (1...10_080).contains(minutes) ? minutes * 60_000 : nil
  }

  /// `1,234`.
  static func count(_ text: String) -> Int? { Int(text.filter { $0 != "," }).flatMap { $0 >= 0 ? $0 : nil } }

  /// `6.4`, `6.4/10`, `61%` or `48/100` on a scale from 0 to 10. A bare number counts as one of `bareScale`.
  static func rating(_ text: String, bareScale: Double = 10) -> Double? {
    let parts = text.hasSuffix("%") ? [text.dropLast(), "100"] : text.split(separator: "/")
    guard let value = parts.first.flatMap({ Double($0) }), parts.count <= 2,
      let scale = parts.count == 2 ? Double(parts[1]) : bareScale, scale == 10 || scale == 100,
      value.isFinite, (0...scale).contains(value)
    else { return nil }
    return value * 10 / scale
  }

  /// The entries of `A, B (a note, with a comma), C`, each once.
  static func list(_ text: String?) -> [String] {
    var entries: [String] = []
    var entry = ""
    var depth = 0
    func finish() {
      let name = entry.trimmed
      if !name.isEmpty, name.uppercased() != "N/A", !entries.contains(name) { entries.append(name) }
      entry = ""
    }
    for character in text ?? "" {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if character == ",", depth == 0 { finish() } else { entry.append(character) }
    }
    finish()
    return entries
  }

  /// A name and the note in parentheses behind it: `Ada Quill (screenplay)`.
  static func person(_ text: String) -> (name: String, note: String?) {
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return (text, nil) }
    let name = text[..<open].trimmed
    let note = text[text.index(after: open)...].dropLast().trimmed
    return name.isEmpty ? (text, nil) : (name, note.isEmpty ? nil : note)
  }

  /// The https URL of a picture; nil for the service's own pictures, whose URLs hold a key.
  static func picture(_ text: String?) -> String? {
    guard let text, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.lowercased().contains("apikey") else {
      return nil
    }
    if text.hasPrefix("https://") { return text }
    return text.hasPrefix("http://") ? "https://" + text.dropFirst("http://".count) : nil
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}
