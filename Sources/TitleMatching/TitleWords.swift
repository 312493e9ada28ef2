/// Brings the words of a title to the form in which spellings of one title agree.
enum TitleWords {
  /// Single letters in a row become a word (S.W.A.T.), numerals and small number words become numbers, and
  /// abbreviations are written out. The first word is left alone unless it is a number word or an abbreviation.
  static func normalized(_ words: [String]) -> [String] {
    var result = joined(words)
    for (place, word) in result.enumerated() where word.utf8.count <= 7 {
      if let full = abbreviations[word] {
        result[place] = full
      } else if let number = numberWords[word] {
        result[place] = number
      } else if place > 0, let number = numeral(word, after: result[place - 1], isLast: place == result.count - 1) {
        result[place] = number
      }
    }
    return result
  }

  /// A numeral of one letter is a letter too: it counts at the end, or behind a word that is followed by numbers.
  private static func numeral(_ word: String, after previous: String, isLast: Bool) -> String? {
    guard let number = numerals[word] else { return nil }
    if word.utf8.count > 1 { return number }
    return counted.contains(previous) || (isLast && word != "i") ? number : nil
  }

  private static func joined(_ words: [String]) -> [String] {
    var result: [String] = []
    result.reserveCapacity(words.count)
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
    return result
  }

  private static let numerals = [
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13",
  ]
  private static let numberWords = [
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
  ]
  private static let counted: Set<String> = [
    "part", "chapter", "volume", "book", "episode", "act", "season", "teil", "kapitel", "partie", "chapitre", "parte",
  ]
  private static let abbreviations = [
    "vol": "volume", "pt": "part", "dr": "doctor", "mr": "mister", "vs": "versus", "st": "saint",
  ]

  /// Words for "and" in titles whose other spelling has a "&".
  static let conjunctions = ["und", "et", "y", "e", "og", "och", "en"]

  /// Without its leading article; nil when it has none. `language` is the one asked for (IETF): it tells the German
  /// article "die" from the English verb. `isElided`: the words of a title whose apostrophes part words (L'Horizon).
  static func article(of words: [String], language: String?, isElided: Bool = false) -> String? {
    guard words.count > 1, let first = words.first else { return nil }
    if englishArticles.contains(first) || (isElided && first == "l") { return first }
    if first == "die", language?.lowercased().hasPrefix("de") != true { return nil }
    // A short single word behind a foreign article is too likely to be another work's title.
    guard otherArticles.contains(first), words.count > 2 || words[1].unicodeScalars.count >= 5 else { return nil }
    return first
  }

  /// Whether `word`, folded, is an article of a language known here.
  static func isArticle(_ word: String) -> Bool { englishArticles.contains(word) || otherArticles.contains(word) }

  private static let englishArticles: Set<String> = ["the", "a", "an"]
  private static let otherArticles: Set<String> = [
    "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los", "las", "il", "lo", "gli", "una",
    "uno", "het", "een", "de", "os", "den", "det", "en", "ett",
  ]

  /// True for one word in British and American spelling.
  static func isSpelling(_ word: String, of other: String) -> Bool { american(word) == american(other) }

  private static func american(_ word: String) -> String {
    if let other = spellings[word] { return other }
    guard word.last == "s", let other = spellings[String(word.dropLast())] else { return word }
    return other + "s"
  }

  private static let spellings = [
    "armour": "armor", "behaviour": "behavior", "catalogue": "catalog", "centre": "center", "cheque": "check",
    "colour": "color", "defence": "defense", "dialogue": "dialog", "endeavour": "endeavor", "favour": "favor",
    "favourite": "favorite", "flavour": "flavor", "grey": "gray", "harbour": "harbor", "honour": "honor",
    "humour": "humor", "jewellery": "jewelry", "labour": "labor", "licence": "license", "mould": "mold",
    "neighbour": "neighbor", "neighbourhood": "neighborhood", "odour": "odor", "offence": "offense",
    "parlour": "parlor", "plough": "plow", "programme": "program", "pyjamas": "pajamas", "rumour": "rumor",
    "saviour": "savior", "sceptic": "skeptic", "splendour": "splendor", "theatre": "theater",
    "traveller": "traveler", "tumour": "tumor", "valour": "valor", "vapour": "vapor", "vigour": "vigor",
  ]
}
