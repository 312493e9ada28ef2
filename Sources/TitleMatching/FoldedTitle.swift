/// A title in the forms in which it is compared.
package struct FoldedTitle: Sendable {
  /// All of it, folded: "the harbour 2 2019".
  package let strict: String
  /// Forms that people use for the same title: without leading article, without "(2019)" or "(US)", numeral as number.
  package let loose: Set<String>
  /// The shortest form, for measuring similarity.
  package let words: [String]
  /// From a trailing "(2019)".
  package let year: Int?
  /// From a trailing "(US)".
  package let country: String?

  /// `language` is the one asked for (IETF); it tells the German article "die" from the English verb.
  package init(_ title: String, language: String? = nil) {
    let parts = Self.split(TitleFolding.bounded(title))
    let all = TitleFolding.words(title)
    let short = Self.withoutTrailingArticle(parts.base)
    let base = Self.normalized(short == title ? all : TitleFolding.words(short))
    let bare = Self.withoutArticle(base, language: language)
    strict = all.joined(separator: " ")
    loose = Set([all, Self.normalized(all), base, bare].map { $0.joined(separator: " ") })
    words = bare
    year = parts.year
    country = parts.country
  }

  /// Three-byte pieces of `words`, sorted, each once: for measuring similarity.
  var pieces: [UInt32] {
    var pieces: [UInt32] = []
    var last: UInt32 = 0
    for byte in (" " + words.joined(separator: " ") + " ").utf8 {
      last = last << 8 & 0xFFFFFF | UInt32(byte)
      if last > 0xFFFF { pieces.append(last) }
    }
    pieces.sort()
    var unique: [UInt32] = []
    for piece in pieces where piece != unique.last { unique.append(piece) }
    return unique
  }

  package var isEmpty: Bool { strict.isEmpty }

  /// Takes a trailing "(2019)" or "(US)" off, or both in any order; gives nil for what was not there. A title that is
  /// nothing else stays whole.
  package static func split(_ title: String) -> (base: String, year: Int?, country: String?) {
    var base = trimmed(title[...])
    var year: Int?
    var country: String?
    while base.last == ")", let open = base.lastIndex(of: "(") {
      let inside = base[base.index(after: open)...].dropLast()
      let rest = trimmed(base[..<open])
      guard !rest.isEmpty, inside.utf8.count <= 4 else { break }
      if year == nil, inside.utf8.count == 4, let number = Int(inside), (1870...2100).contains(number) {
        year = number
      } else if country == nil, (2...3).contains(inside.utf8.count),
        inside.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
      {
        country = ["GB": "UK", "USA": "US"][String(inside)] ?? String(inside)
      } else {
        break
      }
      base = rest
    }
    return (String(base), year, country)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// "Harbour, The" is "Harbour".
  private static func withoutTrailingArticle(_ title: String) -> String {
    guard let comma = title.lastIndex(of: ",") else { return title }
    let end = trimmed(title[title.index(after: comma)...]).lowercased()
    return end == "the" || end == "a" || end == "an" ? String(title[..<comma]) : title
  }

  /// Runs of single letters become a word (S.W.A.T.), a numeral at the end a number (II to X).
  private static func normalized(_ words: [String]) -> [String] {
    var result: [String] = []
    var joining = false
    for word in words {
      let single = word.utf8.count == 1 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
      if single, joining, let last = result.popLast() {
        result.append(last + word)
      } else {
        result.append(word)
      }
      joining = single
    }
    if result.count > 1, let last = result.last, let number = numerals[last] { result[result.count - 1] = number }
    return result
  }

  private static let numerals = [
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
  ]

  private static func withoutArticle(_ words: [String], language: String?) -> [String] {
    guard words.count > 1, let first = words.first else { return words }
    if englishArticles.contains(first) { return Array(words.dropFirst()) }
    if first == "die", language?.lowercased().hasPrefix("de") != true { return words }
    // A short single word behind a foreign article is too likely to be another work's title.
    guard otherArticles.contains(first), words.count > 2 || words[1].unicodeScalars.count >= 5 else { return words }
    return Array(words.dropFirst())
  }

  private static let englishArticles: Set<String> = ["the", "a", "an"]
  private static let otherArticles: Set<String> = [
    "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los", "las", "il", "lo", "gli", "het",
    "een", "os", "den", "det",
  ]
}
