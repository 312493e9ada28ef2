package import NameWords

/// Seasons and episodes in words, at one place of a name: `Season 1 Episode 2`, `2nd Season`, `E05`, `Part II`, `3of6`, `第2季`.
package enum WordScan {
  /// `Season 1`, `Staffel 2 Folge 3`, `сезон 1`, `Season One`.
  package static func season(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard text.word(&place, among: NumberWords.season) else { return nil }
    let wordEnd = place
    text.skipGap(&place, most: 2)
    guard let number = NumberWords.number(text, &place, most: 4) else { return nil }
    // A word that goes on ("Series7abc") or a lone Roman letter glued to it is none.
    guard place > wordEnd, number < 200 || (1950...2100).contains(number) else { return nil }
    let isNumber = text.isBoundary(place) || text.at(place) == UInt8(ascii: "e") || text.at(place) == UInt8(ascii: "x")
    guard isNumber else { return nil }
    return withEpisode(text, Numbering(style: .seasonOnly, start: start, end: place, season: number))
  }

  /// `2nd Season`, `1. Staffel`, `1 сезон`, `Second Season`.
  static func seasonAfterNumber(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    let isDigit = ASCII.isDigit(text.at(start))
    guard let number = NumberWords.ordinal(text, &place) else { return nil }
    let isPlain = isDigit && place - start <= 2
    let gapStart = place
    text.skipGap(&place, most: 2)
    let wordStart = place
    guard text.word(&place, among: NumberWords.season), text.isBoundary(place), wordStart > gapStart else { return nil }
    // "24 Season 2": the number belongs to the title when another one follows the word.
    var next = place
    text.skipGap(&next, most: 2)
    if isPlain, text.at(wordStart) < 0x80, ASCII.isDigit(text.at(next)), text.digits(&next, most: 4) != nil,
      text.at(next) != UInt8(ascii: "x"), text.at(next) != UInt8(ascii: ".") || text.at(gapStart) != UInt8(ascii: ".")
    {
      return nil
    }
    return withEpisode(text, Numbering(style: .seasonOnly, start: start, end: place, season: number))
  }

  private static func withEpisode(_ text: NameText, _ season: Numbering) -> Numbering {
    var numbering = season
    var place = season.end
    let isDash = text.skipGap(&place, most: 4)
    let gap = place - season.end
    if let found = episode(text, place) ?? shortEpisode(text, place) ?? episodeBeforeWord(text, place) {
      numbering.style = .words
      numbering.episodes = found.episodes
      numbering.end = found.end
    } else if isDash || text.at(season.end) == UInt8(ascii: "x"), gap != 1 || text.at(season.end) == UInt8(ascii: "x") {
      if text.at(place) == UInt8(ascii: "x") { place += 1 }
      let start = place
      guard let number = text.digits(&place, most: 3), place - start >= 2 || gap == 0 else { return season }
      text.skipVersion(&place)
      guard text.isBoundary(place) else { return season }
      numbering.style = .words
      numbering.episodes = [number.value]
      StandardScan.more(text, &place, &numbering)
      numbering.end = place
    }
    return numbering
  }

  /// `Episode 5`, `Ep. 5-6`, `Folge 5`, `Cap.102`.
  static func episode(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard text.word(&place, among: NumberWords.episode) else { return nil }
    let wordEnd = place
    text.skipGap(&place, most: 3)
    let isDigit = ASCII.isDigit(text.at(place))
    guard isDigit || place > wordEnd, let number = NumberWords.number(text, &place, most: 5) else { return nil }
    text.skipVersion(&place)
    guard text.isBoundary(place) || text.at(place) == UInt8(ascii: "e") else { return nil }
    var numbering = Numbering(style: .episodeWord, start: start, end: place, episodes: [number])
    // The Spanish "Cap.102" is season 1, chapter 2.
    if text.has("cap", at: start), wordEnd - start == 3, number > 100, number % 100 > 0 {
      numbering.season = number / 100
      numbering.episodes = [number % 100]
      numbering.style = .words
    }
    StandardScan.more(text, &place, &numbering)
    numbering.end = place
    return numbering
  }

  /// `E05`, `e05-e06`.
  package static func shortEpisode(_ text: NameText, _ start: Int) -> Numbering? {
    guard text.at(start) == UInt8(ascii: "e") else { return nil }
    var place = start + 1
    guard let number = text.digits(&place, most: 4), number.count >= 2 else { return nil }
    var numbering = Numbering(style: .episodeWord, start: start, end: place, episodes: [number.value])
    StandardScan.more(text, &place, &numbering)
    guard text.isBoundary(place) else { return nil }
    numbering.end = place
    return numbering
  }

  /// `5 серия`, `05 of 12`, `3of6`, `05集`.
  package static func episodeBeforeWord(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard let number = text.digits(&place, most: 4) else { return nil }
    let end = place
    text.skipGap(&place, most: 2)
    if text.has("of", at: place) || text.has("из", at: place) {
      place += text.at(place) < 0x80 ? 2 : 4
      text.skipGap(&place, most: 2)
      guard let total = text.digits(&place, most: 4), total.value >= number.value, total.value > 1,
        text.isBoundary(place)
      else { return nil }
      return Numbering(style: .part, start: start, end: place, episodes: [number.value])
    }
    for word: StaticString in ["серия", "выпуск", "bölüm", "bolum", "rész", "話", "话", "集", "回", "화", "회"]
    where text.has(word, at: place) {
      let close = place + word.utf8CodeUnitCount
      guard place == end || text.isBoundary(close) else { continue }
      return Numbering(style: .episodeWord, start: start, end: close, episodes: [number.value])
    }
    return nil
  }

  /// `第2季`, `第05話`, `第2季第05集`.
  static func counted(_ text: NameText, _ start: Int, isInside: Bool = false) -> Numbering? {
    guard text.has("第", at: start) else { return nil }
    var place = start + 3
    text.skipGap(&place, most: 1)
    guard let number = cjkNumber(text, &place) else { return nil }
    text.skipGap(&place, most: 1)
    if !isInside, text.word(&place, among: ["季", "期", "部"]) {
      var numbering = Numbering(style: .seasonOnly, start: start, end: place, season: number)
      var next = place
      text.skipGap(&next, most: 3)
      if let episode = counted(text, next, isInside: true) {
        numbering.episodes = episode.episodes
        numbering.style = .words
        numbering.end = episode.end
      } else {
        numbering = withEpisode(text, numbering)
      }
      return numbering
    }
    guard text.word(&place, among: ["話", "话", "集", "回", "章"]) else { return nil }
    return Numbering(style: .episodeWord, start: start, end: place, episodes: [number])
  }

  private static func cjkNumber(_ text: NameText, _ place: inout Int) -> Int? {
    if let digits = text.digits(&place, most: 4) { return digits.value }
    let signs: [StaticString] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    for (offset, sign) in signs.enumerated() where text.has(sign, at: place) {
      place += 3
      return offset + 1
    }
    return nil
  }

  /// `Part 2`, `Pt.II`, `Part Two`.
  static func part(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard text.word(&place, among: NumberWords.part) else { return nil }
    let wordEnd = place
    text.skipGap(&place, most: 2)
    guard ASCII.isDigit(text.at(place)) || place > wordEnd, let number = NumberWords.number(text, &place, most: 2),
      text.isBoundary(place)
    else { return nil }
    return Numbering(style: .part, start: start, end: place, episodes: [number])
  }
}
