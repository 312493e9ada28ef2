package import NameWords

/// Small steps of reading; each looks at a bounded number of bytes.
extension NameText {
  /// Up to `most` digits at `place`, which moves behind them; nil when there is none or one more follows.
  package func digits(_ place: inout Int, most: Int) -> (value: Int, count: Int)? {
    var end = place
    var value = 0
    while end - place < most, ASCII.isDigit(at(end)) {
      value = value * 10 + Int(at(end) - 0x30)
      end += 1
    }
    steps += end - place + 1
    guard end > place, !ASCII.isDigit(at(end)) else { return nil }
    let count = end - place
    place = end
    return (value, count)
  }

  /// Skips up to `most` separators; tells whether a dash was among them.
  @discardableResult
  func skipGap(_ place: inout Int, most: Int) -> Bool {
    var dash = false
    var count = 0
    while count < most, place < lower.count, !ASCII.isWord(at(place)) {
      if at(place) == UInt8(ascii: "-") || at(place) == UInt8(ascii: "~") { dash = true }
      place += 1
      count += 1
    }
    steps += count + 1
    return dash
  }

  /// True when no word goes on at `place`.
  package func isBoundary(_ place: Int) -> Bool { place >= lower.count || !ASCII.isWord(at(place)) }

  /// Skips the version of an anime release, `v2`.
  package func skipVersion(_ place: inout Int) {
    if at(place) == UInt8(ascii: "v"), ASCII.isDigit(at(place + 1)), isBoundary(place + 2) { place += 2 }
  }

  /// The word at `place` among `words`; `place` moves behind it.
  func word(_ place: inout Int, among words: [StaticString]) -> Bool {
    let first = at(place)
    for word in words where word.utf8Start[0] == first && has(word, at: place) {
      place += word.utf8CodeUnitCount
      return true
    }
    return false
  }
}
