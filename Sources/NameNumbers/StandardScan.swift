package import NameWords

/// `S01E02` and `1x02` in all their spellings, at one place of a name.
package enum StandardScan {
  /// `S01E02`, `s1.e2`, `S01 - E02`, `S01E02E03`, `S01E02-05`, `S2018E05`; also `S01` alone.
  package static func season(_ text: NameText, _ start: Int) -> Numbering? {
    guard text.at(start) == UInt8(ascii: "s") else { return spanish(text, start) }
    var place = start + 1
    if text.at(place) == UInt8(ascii: "e"), !ASCII.isDigit(text.at(place + 1)) { return nil }
    guard let season = text.digits(&place, most: 4), season.count != 3 || season.value < 200 else { return nil }
    let seasonEnd = place
    let isSpacedDash = text.skipGap(&place, most: 3)
    var numbering = Numbering(style: .standard, start: start, end: place, season: season.value)
    if episodeMark(text, &place), let episode = text.digits(&place, most: 5) {
      numbering.episodes = [episode.value]
      more(text, &place, &numbering)
      numbering.end = place
      return numbering
    }
    // "S2 - 05": the number within the season, parted by a dash.
    if isSpacedDash, place - seasonEnd == 3, season.count <= 2 {
      let first = place
      if let episode = text.digits(&place, most: 3), episode.count >= 2, versionEnds(text, &place) {
        numbering.episodes = [episode.value]
        more(text, &place, &numbering)
        numbering.end = place
        return numbering
      }
      place = first
    }
    if let number = dotted(text, seasonEnd), season.count <= 2 {
      numbering.episodes = [number.value]
      numbering.end = number.end
      return numbering
    }
    guard text.isBoundary(seasonEnd) || isDisc(text, seasonEnd),
      season.count == 2 || season.count == 1 || (1900...2100).contains(season.value)
    else { return nil }
    numbering.style = .seasonOnly
    numbering.end = seasonEnd
    skipSeasonRange(text, &numbering)
    return numbering
  }

  /// `T03E05`, `T3 Cap 05`: Spanish and Portuguese count temporadas.
  private static func spanish(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start + 1
    guard text.at(start) == UInt8(ascii: "t"), let season = text.digits(&place, most: 2) else { return nil }
    let isGlued = text.at(place) == UInt8(ascii: "e") && ASCII.isDigit(text.at(place + 1))
    if isGlued {
      place += 1
    } else {
      guard text.skipGap(&place, most: 3) || !ASCII.isWord(text.at(place - 1)),
        text.word(&place, among: ["capítulo", "capitulo", "cap", "episodio", "ep"])
      else { return nil }
      text.skipGap(&place, most: 2)
    }
    guard let episode = text.digits(&place, most: 3) else { return nil }
    var numbering = Numbering(
      style: .standard, start: start, end: place, season: season.value, episodes: [episode.value])
    more(text, &place, &numbering)
    guard text.isBoundary(place) else { return nil }
    numbering.end = place
    return numbering
  }

  /// `s01.05`: two digits behind one dot.
  private static func dotted(_ text: NameText, _ place: Int) -> (value: Int, end: Int)? {
    guard text.at(place) == UInt8(ascii: ".") || text.at(place) == UInt8(ascii: "_") else { return nil }
    var end = place + 1
    guard let number = text.digits(&end, most: 2), number.count == 2, text.isBoundary(end) else { return nil }
    return (number.value, end)
  }

  /// `S02D01`: a disc of the season.
  private static func isDisc(_ text: NameText, _ place: Int) -> Bool {
    var end = place + 1
    return text.at(place) == UInt8(ascii: "d") && text.digits(&end, most: 2) != nil && text.isBoundary(end)
  }

  private static func versionEnds(_ text: NameText, _ place: inout Int) -> Bool {
    text.skipVersion(&place)
    return text.isBoundary(place)
  }

  /// `S01-S03`, `S01-03`: the pack is known by its first season.
  private static func skipSeasonRange(_ text: NameText, _ numbering: inout Numbering) {
    var place = numbering.end
    guard text.skipGap(&place, most: 3) else { return }
    if text.at(place) == UInt8(ascii: "s") { place += 1 }
    if let other = text.digits(&place, most: 2), text.isBoundary(place), other.value > numbering.season ?? 0 {
      numbering.end = place
    }
  }

  /// `e`, `ep`, `x`, `episode` before a number; `place` moves to the number.
  private static func episodeMark(_ text: NameText, _ place: inout Int) -> Bool {
    var end = place
    if text.has("episode", at: end) {
      end += 7
    } else if text.has("ep", at: end) {
      end += 2
    } else if text.at(end) == UInt8(ascii: "e") || text.at(end) == UInt8(ascii: "x") {
      end += text.at(end + 1) == UInt8(ascii: "e") ? 2 : 1
    } else {
      return false
    }
    if !ASCII.isDigit(text.at(end)) { text.skipGap(&end, most: 2) }
    guard ASCII.isDigit(text.at(end)) else { return false }
    place = end
    return true
  }

  /// Further numbers behind the first.
  package static func more(_ text: NameText, _ place: inout Int, _ numbering: inout Numbering) {
    for _ in 0..<Numbering.mostJoined {
      text.skipVersion(&place)
      guard let next = follower(text, place, numbering) else { return }
      Numbering.add(next.number, to: &numbering.episodes, isRange: next.isRange)
      place = next.end
    }
  }

  private static func follower(_ text: NameText, _ start: Int, _ numbering: Numbering) -> (
    number: Int, isRange: Bool, end: Int
  )? {
    var place = start
    let isDash = text.skipGap(&place, most: 3)
    let gap = place - start
    var isJoined = text.at(start) == UInt8(ascii: "+") || text.at(start) == UInt8(ascii: "&")
    if text.at(place) == UInt8(ascii: "&") {
      place += 1
      text.skipGap(&place, most: 1)
      isJoined = true
    }
    // "S01E02 to E04".
    var isSpan = isDash
    if gap == 1, text.has("to", at: place), !ASCII.isWord(text.at(place + 2)), text.at(place + 3) == UInt8(ascii: "e") {
      place += 3
      isSpan = true
    }
    // "S01E02-S01E03".
    if text.at(place) == UInt8(ascii: "s"), ASCII.isDigit(text.at(place + 1)) {
      var end = place + 1
      guard let season = text.digits(&end, most: 4), season.value == numbering.season else { return nil }
      text.skipGap(&end, most: 1)
      guard episodeMark(text, &end), let number = text.digits(&end, most: 5), text.isBoundary(end) else { return nil }
      return (number.value, isDash, end)
    }
    if text.at(place) == UInt8(ascii: "e"), episodeMark(text, &place), let number = text.digits(&place, most: 5) {
      return (number.value, isSpan, place)
    }
    guard isDash && gap == 1 || isJoined, let last = numbering.episodes.last, let number = text.digits(&place, most: 4),
      text.isBoundary(place), number.value > last, number.value - last < 100, number.count < 4 || last > 900
    else { return nil }
    return (number.value, isDash, place)
  }

  /// `1 x 02`, and `[1.02]` alone in its brackets.
  private static func parted(_ text: NameText, _ start: Int, _ end: Int, _ season: Int) -> Numbering? {
    let isBracketed = text.at(start - 1) == UInt8(ascii: "[") && text.at(end) == UInt8(ascii: ".")
    var place = isBracketed ? end + 1 : end + 3
    guard isBracketed || text.has(" x ", at: end), let episode = text.digits(&place, most: 3), episode.count >= 2,
      isBracketed ? text.at(place) == UInt8(ascii: "]") : text.isBoundary(place)
    else { return nil }
    return Numbering(style: .cross, start: start, end: place, season: season, episodes: [episode.value])
  }

  /// `1x02`, `01x02x03`, `1x02-05`, `1x02-1x05`, `2018x05`.
  static func cross(_ text: NameText, _ start: Int) -> Numbering? {
    var place = start
    guard let season = text.digits(&place, most: 4), season.count <= 2 || (1950...2100).contains(season.value) else {
      return nil
    }
    if let parted = parted(text, start, place, season.value) { return parted }
    guard text.at(place) == UInt8(ascii: "x") else { return nil }
    place += 1
    if text.at(place) == UInt8(ascii: "e") { place += 1 }
    guard let episode = text.digits(&place, most: 3) else { return nil }
    var numbering = Numbering(style: .cross, start: start, end: place, season: season.value, episodes: [episode.value])
    for _ in 0..<Numbering.mostJoined {
      text.skipVersion(&place)
      var end = place
      if text.at(end) == UInt8(ascii: "x") {
        end += 1
        guard let number = text.digits(&end, most: 3) else { break }
        Numbering.add(number.value, to: &numbering.episodes, isRange: false)
      } else {
        let isDash = text.skipGap(&end, most: 3)
        let gap = end - place
        if text.at(end) == UInt8(ascii: "&") {
          end += 1
          text.skipGap(&end, most: 1)
        }
        var other = end
        if let again = text.digits(&other, most: 4), again.value == season.value, text.at(other) == UInt8(ascii: "x") {
          other += 1
          guard let number = text.digits(&other, most: 3) else { break }
          Numbering.add(number.value, to: &numbering.episodes, isRange: isDash)
          end = other
        } else if isDash, gap == 1, let number = text.digits(&end, most: 3), text.isBoundary(end),
          number.value > episode.value,
          number.value - episode.value < 100
        {
          Numbering.add(number.value, to: &numbering.episodes, isRange: true)
        } else {
          break
        }
      }
      place = end
    }
    guard text.isBoundary(place) else { return nil }
    numbering.end = place
    return numbering
  }
}
