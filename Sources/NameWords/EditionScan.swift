/// Which cut or edition of a film a name speaks of.
package enum EditionScan {
  package struct Found {
    package var name: String
    /// The first word and the one after the last.
    package var start: Int
    package var end: Int
    /// True for a phrase that can hardly be part of a title.
    package var isSure: Bool
  }

  private static let names: [(StaticString, String)] = [
    ("extended", "Extended"), ("unrated", "Unrated"), ("remastered", "Remastered"), ("restored", "Restored"),
    ("uncut", "Uncut"), ("uncensored", "Uncensored"), ("limited", "Limited"), ("festival", "Festival"),
    ("theatrical", "Theatrical"), ("criterion", "Criterion"), ("imax", "IMAX"), ("deluxe", "Deluxe"),
    ("collector's", "Collector"), ("collectors", "Collector"), ("collector", "Collector"), ("ultimate", "Ultimate"),
    ("special", "Special"), ("rogue", "Rogue"), ("redux", "Redux"), ("final", "Final"),
    ("anniversary", "Anniversary"), ("definitive", "Definitive"), ("alternative", "Alternative Cut"),
    ("alternate", "Alternative Cut"), ("despecialized", "Despecialized"), ("assembly", "Assembly"),
    ("diamond", "Diamond"), ("signature", "Signature"), ("fan", "Fan"), ("recut", "Recut"), ("dc", "Director's Cut"),
    ("se", "Special"), ("producers", "Producer's"), ("producer's", "Producer's"), ("cc", "Criterion"),
    ("fanedit", "Fan"),
    ("ee", "Extended"),
  ]
  private static let closings: [StaticString] = ["edition", "cut", "version", "collection", "ed", "edit"]
  /// What needs a closing word to be an edition at all.
  private static let needsClosing: Set<String> = [
    "Special", "Rogue", "Final", "Definitive", "Alternative Cut", "Assembly", "Diamond", "Signature", "Fan", "Ultimate",
    "Collector", "Deluxe", "Anniversary", "Producer's",
  ]

  /// Editions in the words `range`, in their order, without repeats. `isTail` allows short and single words.
  package static func all(_ text: NameText, _ range: Range<Int>, isTail: Bool) -> [Found] {
    var found: [Found] = []
    var index = range.lowerBound
    while index < range.upperBound {
      text.steps += 1
      if text.tokens[index].mark == .edition || text.tokens[index].count >= 7 || text.tokens[index].count == 3,
        let edition = one(text, index, range.upperBound, isTail: isTail)
      {
        if !found.contains(where: { $0.name == edition.name }), found.count < 4 { found.append(edition) }
        index = edition.end
      } else {
        index += 1
      }
    }
    return found
  }

  private static func one(_ text: NameText, _ index: Int, _ limit: Int, isTail: Bool) -> Found? {
    if let director = director(text, index, limit) { return director }
    if let french = french(text, index, limit) { return french }
    for (word, name) in names where text.isWord(index, word) {
      let isShort = word.utf8CodeUnitCount <= 3 && !text.has("fan", at: text.tokens[index].start)
      if isShort {
        return isTail && text.isCapital(index) ? Found(name: name, start: index, end: index + 1, isSure: true) : nil
      }
      var end = index + 1
      if name == "Ultimate",
        text.isWord(end, "collectors") || text.isWord(end, "collector's") || text.isWord(end, "collector")
      {
        return Found(name: "Ultimate Collector", start: index, end: closing(text, end + 1, limit), isSure: true)
      }
      let closed = closing(text, end, limit)
      let isClosed = closed > end
      let word = isClosed ? closed - 1 : end
      end = closed
      if isClosed, ["Final", "Rogue", "Assembly", "Producer's"].contains(name), text.isWord(word, "cut") {
        return Found(name: name + " Cut", start: index, end: end, isSure: true)
      }
      if isClosed || isTail && !needsClosing.contains(name) || isTail && name == "Special" && false {
        return Found(
          name: name, start: index, end: end,
          isSure: isClosed || ["Remastered", "Unrated", "Extended", "Restored", "Despecialized"].contains(name))
      }
      return nil
    }
    return nil
  }

  /// "Edition Collector", "Édition Spéciale": the word comes first.
  private static func french(_ text: NameText, _ index: Int, _ limit: Int) -> Found? {
    guard index + 1 < limit, text.isWord(index, "edition") || text.isWord(index, "édition") else { return nil }
    let kinds: [(StaticString, String)] = [
      ("collector", "Collector"), ("speciale", "Special"), ("spéciale", "Special"), ("especial", "Special"),
      ("limitee", "Limited"), ("limitée", "Limited"), ("deluxe", "Deluxe"), ("ultime", "Ultimate"),
    ]
    for (word, name) in kinds where text.isWord(index + 1, word) {
      return Found(name: name, start: index, end: index + 2, isSure: true)
    }
    return nil
  }

  private static func closing(_ text: NameText, _ index: Int, _ limit: Int) -> Int {
    guard index < limit else { return index }
    return closings.contains { text.isWord(index, $0) } ? index + 1 : index
  }

  /// "Director's Cut" in its spellings.
  private static func director(_ text: NameText, _ index: Int, _ limit: Int) -> Found? {
    var next = index + 1
    if text.isWord(index, "director"), text.isWord(next, "s") { next += 1 }
    guard text.isWord(index, "directors") || text.isWord(index, "director's") || text.isWord(index, "director"),
      next < limit
    else { return nil }
    if text.isWord(next, "definitive"), text.isWord(next + 1, "cut") {
      return Found(name: "Director's Definitive Cut", start: index, end: next + 2, isSure: true)
    }
    let end = closing(text, next, limit)
    return end > next ? Found(name: "Director's Cut", start: index, end: end, isSure: true) : nil
  }
}
