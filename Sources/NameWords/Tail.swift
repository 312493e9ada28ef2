/// Where a name stops to speak of the work and starts to speak of the release.
package enum Tail {
  /// The first word at or after `start` that opens the tail; the number of words when there is none.
  ///
  /// It is the first sure mark, with the unsure ones that stand right before it.
  package static func first(_ text: NameText, from start: Int) -> Int {
    var index = start
    while index < text.tokens.count, !text.tokens[index].isSure { index += 1 }
    text.steps += index - start
    guard index < text.tokens.count else { return trailing(text, from: start) }
    return back(text, to: index, from: start)
  }

  /// Moves `index` to the left over marks, as long as a word is left for the title.
  package static func back(_ text: NameText, to index: Int, from start: Int) -> Int {
    var first = index
    while first > start + 1, isTailWord(text, first - 1) { first -= 1 }
    text.steps += index - first
    return first
  }

  /// Capital or bracketed marks at the very end of a name that has no sure one.
  private static func trailing(_ text: NameText, from start: Int) -> Int {
    var index = text.tokens.count
    while index > start + 1 {
      let token = text.tokens[index - 1]
      let isNote = token.bracket != 0 && token.group != text.tokens[start].group
      let isLoud = text.isCapital(index - 1) && token.count > 2 && !text.isCapital(start)
      guard token.mark != .none, token.mark != .service, isNote || isLoud else { break }
      index -= 1
    }
    text.steps += text.tokens.count - index
    return index
  }

  private static func isTailWord(_ text: NameText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    switch token.mark {
    case .none: return token.number == 1080 || token.number == 720 || token.number == 2160
    case .service, .language: return text.isCapital(index) || token.count > 3 || token.bracket != 0
    case .release, .source: return true
    default: return true
    }
  }

  /// "4K Remastered 1080p": the first tells of the master, not of the file.
  private static func isOfMaster(_ text: NameText, _ token: Token) -> Bool {
    let place = token.end + 1
    return text.has("remaster", at: place) || text.has("restor", at: place) || text.has("scan", at: place)
  }

  /// The release's resolution as it is usually written: `1080p`; nil when the name does not say it.
  package static func resolution(_ text: NameText, from start: Int) -> String? {
    var bare: String?
    for token in text.tokens[min(start, text.tokens.count)...] {
      if token.mark == .resolution, bare == nil, token.count == 2, isOfMaster(text, token) {
        bare = ResolutionText.text(text.lower[token.start..<token.end])
        continue
      }
      if token.mark == .resolution { return ResolutionText.text(text.lower[token.start..<token.end]) }
      guard bare == nil,
        token.number == 1080 || token.number == 720 || token.number == 2160 || token.number == 480
          || token.number == 576
      else { continue }
      let index = text.token(from: token.start)
      let isBeside =
        index + 1 == text.tokens.count && token.number != 480 && token.number != 576
        || index + 1 < text.tokens.count && text.tokens[index + 1].isSure
        || index > start && text.tokens[index - 1].isSure
      if isBeside || token.bracket != 0 { bare = "\(token.number)p" }
    }
    return bare
  }
}

/// Spellings of picture sizes.
enum ResolutionText {
  /// `1920x1080` is `1080p`, `4k` is `2160p`, `1080p60` is `1080p`.
  static func text(_ word: ArraySlice<UInt8>) -> String {
    var word = word
    if word.starts(with: [UInt8(ascii: "h"), UInt8(ascii: "d")]) { word = word.dropFirst(2) }
    if word.last == UInt8(ascii: "k") { return word.first == UInt8(ascii: "8") ? "4320p" : "2160p" }
    if let cross = word.firstIndex(of: UInt8(ascii: "x")) {
      let height = String(decoding: word[(cross + 1)...].prefix(while: ASCII.isDigit), as: UTF8.self)
      let known: Set<String> = ["360", "480", "540", "576", "720", "900", "1080", "1440", "2160", "4320"]
      if known.contains(height) { return height + "p" }
      let width = Int(String(decoding: word[..<cross], as: UTF8.self)) ?? 0
      if width == 1920 { return "1080p" }
      if width == 1280 { return "720p" }
      if width == 3840 || width == 4096 { return "2160p" }
      return String(decoding: word, as: UTF8.self)
    }
    let digits = word.prefix(while: ASCII.isDigit)
    return String(decoding: digits + word[digits.endIndex...].prefix(1), as: UTF8.self)
  }
}
