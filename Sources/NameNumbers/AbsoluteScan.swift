package import NameWords

/// Numbers without a season, as anime is numbered, and `103` for season 1, episode 3.
package enum AbsoluteScan {
  private struct Candidate {
    var numbering: Numbering
    var rank: Int
  }

  /// The best number among the words `range`; `isAnime` when the name has a group in front or a checksum.
  package static func find(_ text: NameText, _ range: Range<Int>, isAnime: Bool) -> Numbering? {
    var best: Candidate?
    for index in range where text.tokens[index].mark == .none || text.tokens[index].number >= 0 {
      guard let found = candidate(text, index, range, isAnime: isAnime) else { continue }
      // Equal ones: the last wins, since the title may contain numbers; after a dash the first wins.
      if let kept = best, kept.rank > found.rank || kept.rank == found.rank && found.rank >= 5 { continue }
      best = found
    }
    return best?.numbering
  }

  private static func candidate(_ text: NameText, _ index: Int, _ range: Range<Int>, isAnime: Bool) -> Candidate? {
    let token = text.tokens[index]
    var place = token.start
    guard let number = text.digits(&place, most: 4) else { return nil }
    let hasVersion = text.at(place) == UInt8(ascii: "v")
    text.skipVersion(&place)
    if text.has("end", at: place), text.isBoundary(place + 3) { place += 3 }
    guard place == token.end, !token.isYear || token.gap == .spacedDash && isAnime else { return nil }
    var numbering = Numbering(style: .absolute, start: token.start, end: place, absolute: [number.value])
    if isFraction(text, place, token) {
      // An episode between two has no whole number; all the same the title ends here.
      numbering.absolute = []
      numbering.end = place + 2
      return index > range.lowerBound ? Candidate(numbering: numbering, rank: token.gap == .spacedDash ? 7 : 0) : nil
    }
    let isRange = extend(text, &place, &numbering, first: number.value)
    numbering.end = place
    let after = text.token(from: place)
    let next = after < text.tokens.count ? text.tokens[after] : nil
    let isAlone =
      token.bracket != 0 && (index == 0 || text.tokens[index - 1].group != token.group) && next?.group != token.group
    // A number that opens the name is its title, unless it is parted from the rest.
    if index == range.lowerBound {
      guard next?.gap == .spacedDash || isAlone && token.bracket == UInt8(ascii: "["), number.count >= 2 else {
        return nil
      }
      return nil
    }
    let endsTitle = next == nil || next?.isSure == true || next?.gap == .bracket || next?.gap == .spacedDash
    if token.gap == .spacedDash || text.at(token.start - 1) == UInt8(ascii: "#") {
      return Candidate(
        numbering: numbering, rank: number.count >= 2 || hasVersion ? (endsTitle ? 7 : 6) : (endsTitle ? 5 : 1))
    }
    if isAlone, number.count >= 2, number.count < 4 || isAnime {
      return Candidate(numbering: numbering, rank: token.bracket == UInt8(ascii: "[") || isRange ? 4 : 2)
    }
    guard token.bracket == 0 || text.tokens[range.lowerBound].group == token.group else { return nil }
    if hasVersion { return Candidate(numbering: numbering, rank: 4) }
    if isAnime, endsTitle { return Candidate(numbering: numbering, rank: 3) }
    guard endsTitle || next?.mark != Mark.none, number.count >= 2 else { return nil }
    numbering.style = .bare
    return Candidate(numbering: numbering, rank: 0)
  }

  /// Three digits or more between dashes right behind `S02E03`: how far all seasons together have come.
  package static func behind(_ text: NameText, _ index: Int) -> Numbering? {
    guard index < text.tokens.count, text.tokens[index].gap == .spacedDash, text.tokens[index].bracket == 0 else {
      return nil
    }
    var place = text.tokens[index].start
    guard let number = text.digits(&place, most: 4), number.count >= 3, !text.tokens[index].isYear else { return nil }
    var numbering = Numbering(style: .absolute, start: text.tokens[index].start, end: place, absolute: [number.value])
    _ = extend(text, &place, &numbering, first: number.value)
    numbering.end = place
    let next = text.token(from: place)
    guard text.isBoundary(place), next >= text.tokens.count || [.spacedDash, .bracket].contains(text.tokens[next].gap)
    else { return nil }
    return numbering
  }

  /// `05.5`.
  private static func isFraction(_ text: NameText, _ place: Int, _ token: Token) -> Bool {
    text.at(place) == UInt8(ascii: ".") && ASCII.isDigit(text.at(place + 1)) && text.isBoundary(place + 2)
      && token.gap != .dot
  }

  /// `01-12`, `01~12`, `01 ~ 12`.
  private static func extend(_ text: NameText, _ place: inout Int, _ numbering: inout Numbering, first: Int) -> Bool {
    var end = place
    let isDash = text.skipGap(&end, most: 3)
    let sign = text.at(place)
    let isTilde = sign == UInt8(ascii: "~") || text.at(place + 1) == UInt8(ascii: "~")
    guard isDash, end - place == 1 || isTilde, let last = text.digits(&end, most: 4), last.value > first,
      last.value - first <= 2000
    else { return false }
    text.skipVersion(&end)
    guard text.isBoundary(end) else { return false }
    Numbering.add(last.value, to: &numbering.absolute, isRange: true)
    place = end
    return true
  }

  /// `103`, `1012`: season and episode in one number.
  static func compact(_ text: NameText, _ range: Range<Int>) -> Numbering? {
    var best: Int?
    for index in range.dropFirst() {
      let token = text.tokens[index]
      text.steps += 1
      guard token.number >= 100, token.count == 3 || token.count == 4, !token.isYear, token.bracket == 0,
        token.mark == .none, (1...60).contains(token.number % 100), token.number < 4000
      else { continue }
      // "The 100 103": the second one is the number.
      if let first = best, first > range.lowerBound + 1 || text.tokens[first].gap == .spacedDash { break }
      best = index
    }
    guard let best else { return nil }
    let token = text.tokens[best]
    var numbering = Numbering(
      style: .compact, start: token.start, end: token.end, season: token.number / 100, episodes: [token.number % 100])
    let next = best + 1
    if next < range.upperBound, text.tokens[next].gap == .dash, text.tokens[next].number > token.number,
      text.tokens[next].number / 100 == token.number / 100
    {
      Numbering.add(text.tokens[next].number % 100, to: &numbering.episodes, isRange: true)
      numbering.end = text.tokens[next].end
    }
    return numbering
  }
}
