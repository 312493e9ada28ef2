import NameWords

/// Words for seasons, episodes and numbers in the languages that folders and files are named in.
package enum NumberWords {
  /// Longer spellings first.
  static let season: [StaticString] = [
    "seasons", "season", "saisons", "saison", "staffel", "temporada", "temp", "stagione", "seizoen", "sezonul",
    "sezona", "sezon",
    "series", "serie", "säsong", "sæson", "sesong", "kausi", "évad", "season", "сезон", "シーズン", "सीज़न", "mùa", "sæson",
    "시즌",
    "الموسم", "κύκλος", "cour", "série",
  ]
  static let episode: [StaticString] = [
    "episodes", "episode", "episodio", "episódio", "épisode", "eps", "ep", "folge", "capitulo", "capítulo", "cap",
    "puntata", "aflevering",
    "avsnitt", "afsnit", "odcinek", "серия", "серии", "эпизод", "выпуск", "bölüm", "bolum", "jakso", "rész", "epizod",
    "díl", "chapter", "teil",
    "エピソード", "tập", "الحلقة", "επεισόδιο", "에피소드",
  ]
  static let part: [StaticString] = ["part", "pt", "parte", "partie", "часть"]
  /// Folders of episodes outside the seasons.
  package static let specials: [StaticString] = [
    "specials", "special", "extras", "ovas", "ova", "spéciaux", "especiales", "speciali", "спешл",
  ]

  private static let written: [StaticString] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]
  private static let ordinals: [StaticString] = [
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  ]
  private static let roman: [StaticString] = [
    "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
  ]

  /// A number in digits, words or Roman numerals that ends its word; `place` moves behind it.
  static func number(_ text: NameText, _ place: inout Int, most: Int) -> Int? {
    if let digits = text.digits(&place, most: most) { return digits.value }
    for list in [written, roman] {
      for (value, word) in list.enumerated() where word.utf8CodeUnitCount > 0 {
        guard text.at(place) == word.utf8Start[0], text.has(word, at: place) else { continue }
        let end = place + word.utf8CodeUnitCount
        guard text.isBoundary(end) else { continue }
        place = end
        return value
      }
    }
    return nil
  }

  /// `2nd`, `second`, `2.`, `2-я`: a number before the word that it counts.
  static func ordinal(_ text: NameText, _ place: inout Int) -> Int? {
    var end = place
    if let digits = text.digits(&end, most: 2) {
      for ending: StaticString in ["st", "nd", "rd", "th", "ª", "º", "ème", "eme", "e", "a", "-й", "-я", "й"]
      where text.has(ending, at: end) {
        end += ending.utf8CodeUnitCount
        break
      }
      place = end
      return digits.value
    }
    for (value, word) in ordinals.enumerated() where value > 0 && text.has(word, at: place) {
      let end = place + word.utf8CodeUnitCount
      guard text.isBoundary(end) else { continue }
      place = end
      return value
    }
    return nil
  }
}
