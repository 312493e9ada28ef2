/// A title in the forms in which it is compared.
package struct FoldedTitle: Sendable {
  /// All of it, folded: "the harbour 2 2019".
  package let strict: String
  /// Spellings of the same title: without "(2019)" or "(US)", numerals as numbers, umlauts as two letters, hyphens joined.
  let whole: [String]
  /// The same without the leading article; empty when there is none.
  let bare: [String]
  /// Leading article, nil without one: "A Harbour" and "The Harbour" are two.
  let article: String?
  /// The shortest form, for measuring similarity.
  package let words: [String]
  /// Three-byte pieces of `words`, sorted, each once: for measuring similarity.
  let pieces: [UInt32]
  /// Those of `words` with digits, sorted.
  let numbers: [String]
  /// From a trailing "(2019)".
  package let year: Int?
  /// From a trailing "(US)".
  package let country: String?

  /// `language` is the one asked for (IETF); it tells the German article "die" from the English verb.
  package init(_ title: String, language: String? = nil) {
    let bounded = TitleFolding.bounded(title)
    let parts = Self.split(bounded)
    let all = TitleFolding.words(bounded)
    let trailing = Self.trailingArticle(parts.base)
    let short = trailing?.rest ?? parts.base
    let isWhole = short.utf8.count == bounded.utf8.count
    let plain = TitleWords.normalized(isWhole ? all : TitleFolding.words(short))
    let leading = TitleWords.article(of: plain, language: language)
    strict = all.joined(separator: " ")
    var whole = [strict]
    var bare: [String] = []
    if !isWhole { whole.append(TitleWords.normalized(all).joined(separator: " ")) }
    func add(_ words: [String], _ leading: String?) {
      let form = words.joined(separator: " ")
      if trailing != nil { bare.append(form) } else if form != whole[0] { whole.append(form) }
      if leading != nil { bare.append(words.dropFirst().joined(separator: " ")) }
    }
    add(plain, leading)
    for style in TitleFolding.styles(of: short) {
      let words = TitleWords.normalized(TitleFolding.words(short, style))
      add(words, TitleWords.article(of: words, language: language, isElided: style == .apostrophesPart))
    }
    if short.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "+") }) {
      for word in TitleWords.conjunctions { add(plain.map { $0 == "and" ? word : $0 }, leading) }
    }
    self.whole = whole
    self.bare = bare
    article = trailing?.article ?? leading
    words = leading == nil ? plain : Array(plain.dropFirst())
    pieces = Self.pieces(of: words)
    numbers = words.filter { word in word.utf8.contains { (0x30...0x39).contains($0) } }.sorted()
    year = parts.year
    country = parts.country
  }

  /// Whether one of the forms is the same. Where both have an article it must be the same one.
  func isSpelledLike(_ other: FoldedTitle) -> Bool {
    func meet(_ some: [String], _ others: [String]) -> Bool { some.contains { others.contains($0) } }
    if meet(whole, other.whole) || meet(whole, other.bare) || meet(bare, other.whole) { return true }
    return article == other.article && meet(bare, other.bare)
  }

  private static func pieces(of words: [String]) -> [UInt32] {
    var pieces: [UInt32] = []
    var last: UInt32 = 0
    func add(_ byte: UInt8) {
      last = last << 8 & 0xFFFFFF | UInt32(byte)
      if last > 0xFFFF { pieces.append(last) }
    }
    for word in words {
      add(0x20)
      for byte in word.utf8 { add(byte) }
    }
    add(0x20)
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
    while base.utf8.last == UInt8(ascii: ")"), let open = base.utf8.lastIndex(of: UInt8(ascii: "(")) {
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

  /// "Glass River 2010" as title and year, for people who write the year without brackets; nil when there is none.
  static func splitBareYear(_ title: String) -> (base: String, year: Int)? {
    guard let space = title.lastIndex(of: " "), let year = Int(title[title.index(after: space)...]),
      (1900...2100).contains(year), title[..<space].contains(where: { $0.isLetter })
    else { return nil }
    return (String(title[..<space]), year)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// "Harbour, The" is "Harbour" with its article.
  private static func trailingArticle(_ title: String) -> (rest: String, article: String)? {
    guard let comma = title.utf8.lastIndex(of: UInt8(ascii: ",")) else { return nil }
    let end = trimmed(title[title.index(after: comma)...]).lowercased()
    return TitleWords.isArticle(end) ? (String(title[..<comma]), end) : nil
  }
}
