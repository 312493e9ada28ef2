/// Ids and notes that stand in a name in brackets: `{tmdb-1}`, `[tvdbid=2]`, `{imdb-tt0000001}`, and a bare `tt0000001`.
enum IDScan {
  enum Name { case imdb, tmdb, tvdb, edition, other }

  struct Found {
    var name: Name
    var value: Range<Int>
    /// With the brackets.
    var whole: Range<Int>
  }

  private static let names: [(StaticString, Name)] = [
    ("imdb", .imdb), ("tmdb", .tmdb), ("themoviedb", .tmdb), ("tvdb", .tvdb), ("thetvdb", .tvdb), ("edition", .edition),
    ("anidb", .other), ("tvmaze", .other), ("theporndb", .other), ("tpdb", .other),
  ]

  /// Everything found in `lower`, a name in lower case, from left to right.
  static func find(in lower: [UInt8], steps: inout Int) -> [Found] {
    var found: [Found] = []
    var place = 0
    while place < lower.count {
      let byte = lower[place]
      steps += 1
      if ASCII.isOpening(byte), let id = bracketed(lower, place, &steps) {
        found.append(id)
        place = id.whole.upperBound
      } else if byte == UInt8(ascii: "t"), place == 0 || !ASCII.isWord(lower[place - 1]), let id = bare(lower, place) {
        found.append(id)
        place = id.whole.upperBound
      } else {
        place += 1
      }
    }
    return found
  }

  /// `tt` and seven to ten digits, alone.
  private static func bare(_ lower: [UInt8], _ start: Int) -> Found? {
    var place = start + 2
    guard place < lower.count, lower[start + 1] == UInt8(ascii: "t") else { return nil }
    while place < lower.count, place - start < 13, ASCII.isDigit(lower[place]) { place += 1 }
    guard (9...12).contains(place - start), place == lower.count || !ASCII.isWord(lower[place]) else { return nil }
    return Found(name: .imdb, value: start..<place, whole: start..<place)
  }

  private static func bracketed(_ lower: [UInt8], _ start: Int, _ steps: inout Int) -> Found? {
    for (word, name) in names where has(word, lower, start + 1) {
      var place = start + 1 + word.utf8CodeUnitCount
      if has("id", lower, place) { place += 2 }
      guard place < lower.count,
        lower[place] == UInt8(ascii: "-") || lower[place] == UInt8(ascii: "=") || lower[place] == UInt8(ascii: ":")
          || lower[place] == 0x20 || lower[place] == UInt8(ascii: "_")
      else { continue }
      place += 1
      while place < lower.count, lower[place] == 0x20 { place += 1 }
      let first = place
      let close = ASCII.closing(of: lower[start])
      // An id is short: no need to look far for the bracket's end.
      while place < lower.count, place - first < 64, lower[place] != close { place += 1 }
      steps += place - start
      guard place < lower.count, lower[place] == close, place > first, isValue(name, lower[first..<place]) else {
        return nil
      }
      return Found(name: name, value: first..<place, whole: start..<(place + 1))
    }
    return nil
  }

  private static func isValue(_ name: Name, _ value: ArraySlice<UInt8>) -> Bool {
    switch name {
    case .edition, .other: true
    case .tmdb, .tvdb: value.count <= 10 && value.allSatisfy(ASCII.isDigit)
    case .imdb:
      value.starts(with: [UInt8(ascii: "t"), UInt8(ascii: "t")]) && (3...14).contains(value.count)
        && value.dropFirst(2).allSatisfy(ASCII.isDigit)
    }
  }

  private static func has(_ word: StaticString, _ lower: [UInt8], _ place: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= lower.count else { return false }
    for offset in 0..<count where lower[place + offset] != word.utf8Start[offset] { return false }
    return true
  }
}
