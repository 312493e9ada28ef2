import MetadataModel
package import NameWords

/// All numbers and days of a name that tell an episode's place.
package struct NumberScan {
  /// The surest numbering with a season, episodes or both.
  package var main: Numbering?
  package var date: DateScan.Found?
  /// The first byte that is no longer title.
  package var titleEnd: Int
  /// The first byte behind the numbers.
  package var end: Int

  /// Scans the words from `start` on.
  package init(_ text: NameText, from start: Int, isAnime: Bool, wantsLoose: Bool) {
    titleEnd = text.bytes.count
    end = 0
    var behind = 0
    for index in start..<max(start, text.tokens.count) {
      if text.tokens[index].start >= behind, let found = Self.first(text, index) {
        behind = found.end
        take(found)
      }
      if date == nil, let day = DateScan.at(text, index, short: false) { take(day, text) }
    }
    if date == nil, let main, main.style >= .episodeWord { takeBehind(main, text) }
    // "2014-04-27 - Episode 1": behind a day it is the episode's title.
    if let date, let kept = main, kept.style <= .episodeWord, date.hasLongYear,
      kept.start > text.tokens[date.first].start
    {
      main = nil
    }
    if main == nil, date == nil, wantsLoose || isAnime {
      let tail = Tail.first(text, from: start)
      takeLoose(text, start..<tail, isAnime: isAnime, wantsLoose: wantsLoose)
    } else if isAnime, let season = main, season.style == .seasonOnly || season.style == .part && season.season == nil,
      date == nil
    {
      joinAbsolute(text, start, season)
    }
    if main == nil, date == nil, wantsLoose {
      for index in start..<max(start, text.tokens.count) where date == nil {
        if let day = DateScan.at(text, index, short: true), text.tokens[index].count == 2 { take(day, text) }
      }
    }
  }

  /// The numbering that starts at the word `index` or inside of it.
  private static func first(_ text: NameText, _ index: Int) -> Numbering? {
    let token = text.tokens[index]
    let first = text.at(token.start)
    text.steps += 1
    // Other short words of a title cannot open a number.
    if first >= 0x80 || ASCII.isDigit(first) || token.count > 3 || "secftkpajbro".utf8.contains(first),
      let found = at(text, token.start)
    {
      return found
    }
    guard token.count >= 4 else { return nil }
    // Numbers glued to a word: "名前第05話", "TitleS01E02".
    var place = token.start + 1
    while place < token.end - 2 {
      let byte = text.at(place)
      text.steps += 1
      if byte == UInt8(ascii: "s"), ASCII.isDigit(text.at(place + 1)), let one = StandardScan.season(text, place),
        one.style == .standard
      {
        return one
      } else if byte == 0xE7, let one = WordScan.counted(text, place) {
        return one
      } else if ASCII.isDigit(byte), text.at(place - 1) >= 0x80, let one = WordScan.episodeBeforeWord(text, place) {
        return one
      }
      place += 1
    }
    return nil
  }

  private static func at(_ text: NameText, _ place: Int) -> Numbering? {
    if let one = StandardScan.season(text, place) { return one }
    if ASCII.isDigit(text.at(place)) {
      return StandardScan.cross(text, place) ?? WordScan.seasonAfterNumber(text, place)
        ?? WordScan.episodeBeforeWord(text, place)
    }
    return WordScan.counted(text, place) ?? WordScan.season(text, place) ?? WordScan.seasonAfterNumber(text, place)
      ?? WordScan.episode(text, place) ?? WordScan.shortEpisode(text, place) ?? WordScan.part(text, place)
      ?? special(text, place)
  }

  /// `SP01`, `OVA 2`, `Special 3`.
  private static func special(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard text.word(&place, among: ["specials", "special", "ova", "oad", "sp"]) else { return nil }
    let wordEnd = place
    text.skipGap(&place, most: 3)
    guard place - wordEnd != 0 || wordEnd - start == 2, place - start > 2 || ASCII.isDigit(text.at(place)) else {
      return nil
    }
    guard wordEnd - start > 2 || place == wordEnd, let number = text.digits(&place, most: 2) else { return nil }
    text.skipVersion(&place)
    guard text.isBoundary(place) else { return nil }
    return Numbering(style: .part, start: start, end: place, season: 0, episodes: [number.value])
  }

  private mutating func take(_ found: Numbering) {
    guard let kept = main else {
      main = found
      cut(found)
      return
    }
    // "Season 1 … Episode 2" with something between.
    if kept.style == .seasonOnly, found.season == nil, found.style == .episodeWord || found.style == .part,
      found.start >= kept.end
    {
      main?.episodes = found.episodes
      main?.style = .words
      end = max(end, found.end)
      return
    }
    guard found.style > kept.style else { return }
    let isWeak = kept.style == .part || kept.style == .episodeWord
    main = found
    // "Part 2" before "S01E02" is a word of the title.
    if isWeak { titleEnd = date.map { _ in titleEnd } ?? found.start }
    if kept.style == .seasonOnly, found.season == nil {
      main?.season = kept.season
    }
    cut(found)
  }

  private mutating func cut(_ found: Numbering) {
    titleEnd = min(titleEnd, found.start)
    end = max(end, found.end)
  }

  private mutating func take(_ day: DateScan.Found, _ text: NameText) {
    // "Part 2 2024-01-15", "S2024" and their like stand behind the day.
    if let kept = main, kept.style <= .part { main = nil }
    date = day
    titleEnd = min(titleEnd, text.tokens[day.first].start)
    end = max(end, text.tokens[day.last - 1].end)
  }

  /// "E21.131126": Korean recordings give the day in six digits behind the number.
  private mutating func takeBehind(_ main: Numbering, _ text: NameText) {
    let from = text.token(from: main.end)
    for index in from..<max(from, min(from + 3, text.tokens.count)) where text.tokens[index].count == 6 {
      guard let day = DateScan.at(text, index, short: true), day.last == index + 1 else { continue }
      date = day
      end = max(end, text.tokens[index].end)
      return
    }
  }

  private mutating func takeLoose(_ text: NameText, _ range: Range<Int>, isAnime: Bool, wantsLoose: Bool) {
    let found = AbsoluteScan.find(text, range, isAnime: isAnime)
    let compact = isAnime || !wantsLoose ? nil : AbsoluteScan.compact(text, range)
    var chosen = found
    if let found, found.style == .absolute, Self.isNoted(text, found.end) {
      // "Title - 103 [Group]" counts through all seasons.
    } else if let compact, found == nil || compact.start <= found?.start ?? 0 || found?.style == .bare {
      chosen = compact
    }
    guard let chosen, chosen.style != .bare || wantsLoose else { return }
    main = chosen
    titleEnd = chosen.start
    end = chosen.end
  }

  /// True for a number between a dash and a note in square brackets.
  private static func isNoted(_ text: NameText, _ end: Int) -> Bool {
    let next = text.token(from: end)
    return next < text.tokens.count && text.tokens[next].bracket == UInt8(ascii: "[") && next > 0
      && text.tokens[next - 1].gap == .spacedDash
  }

  /// True when a number of three or four digits stands so: "Title - 1089 [1080p]".
  package static func isNoted(_ text: NameText) -> Bool {
    text.tokens.contains { $0.number > 0 && !$0.isYear && (3...4).contains($0.count) && isNoted(text, $0.end) }
  }

  /// "2nd Season [05]": the number counts within the season.
  private mutating func joinAbsolute(_ text: NameText, _ start: Int, _ season: Numbering) {
    let from = text.token(from: season.end)
    // One word before, so that the first number is not taken for a title.
    let tail = Tail.first(text, from: start)
    guard from < tail, from > start, let number = AbsoluteScan.find(text, (from - 1)..<tail, isAnime: true) else {
      return
    }
    if season.style == .seasonOnly {
      main?.episodes = number.absolute
      main?.style = .words
    } else {
      main = number
      titleEnd = number.start
    }
    end = max(end, number.end)
  }
}
