package import MetadataModel

/// One file or folder name, cut into words: the one pass that every reading starts from.
///
/// `bytes` is the name without its extension and ids; brackets, dashes and blanks beyond ASCII are replaced by the ASCII
/// ones. `lower` is the same in lower case (Latin and Cyrillic), byte for byte.
package final class NameText {
  // A name is read by one thread at a time and no access outlives a call, so checks at run time would only cost: a third
  // of the whole time.
  @exclusivity(unchecked) package private(set) var bytes: [UInt8]
  @exclusivity(unchecked) package private(set) var lower: [UInt8] = []
  @exclusivity(unchecked) package var tokens: [Token] = []
  package private(set) var ids = ExternalIDs()
  /// The name inside `{edition-…}`, as written.
  package private(set) var statedEdition: String?
  /// Work done so far, in bytes looked at; tests see by it that it grows no faster than the name.
  @exclusivity(unchecked) package var steps = 0

  package init(_ name: ArraySlice<UInt8>, isFile: Bool) {
    bytes = Self.plain(name)
    steps += bytes.count
    if isFile { cutExtension() }
    lower = Self.lowered(bytes)
    readIDs()
    cut()
    MarkScan.mark(self)
  }

  /// The byte at `place` in lower case, 0 beyond the end.
  package func at(_ place: Int) -> UInt8 { place >= 0 && place < lower.count ? lower[place] : 0 }

  /// True when `word` (lower case) stands at `place`.
  package func has(_ word: StaticString, at place: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    steps += 1
    guard place >= 0, place + count <= lower.count else { return false }
    let start = word.utf8Start
    for offset in 0..<count where lower[place + offset] != start[offset] { return false }
    return true
  }

  /// True when the token at `index` is `word` (lower case).
  package func isWord(_ index: Int, _ word: StaticString) -> Bool {
    guard index >= 0, index < tokens.count, tokens[index].count == word.utf8CodeUnitCount else { return false }
    return has(word, at: tokens[index].start)
  }

  /// Index of the first token that starts at or after `place`.
  package func token(from place: Int) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      steps += 1
      let middle = (low + high) / 2
      if tokens[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True when the letters of the token are capitals, two at least.
  package func isCapital(_ index: Int) -> Bool {
    let token = tokens[index]
    let end = min(token.end, token.start + 64)
    steps += end - token.start
    var letters = 0
    for byte in bytes[token.start..<end] {
      if ASCII.isLower(byte) { return false }
      if ASCII.isUpper(byte) { letters += 1 }
    }
    return letters >= 2
  }

  /// True when the whole name is one long word of digits and letters, as download programs make them.
  package var isScrambled: Bool {
    guard tokens.count == 1, tokens[0].count >= 16 else { return false }
    let word = lower[tokens[0].start..<min(tokens[0].end, tokens[0].start + 64)]
    return word.allSatisfy { $0 < 0x80 } && word.filter(ASCII.isDigit).count >= 3
  }

  /// Drops the end of the name, before it is cut into words.
  func removeBytes(from place: Int) { bytes.removeSubrange(place...) }

  /// Takes out what `{tmdb-1}` and its like say, leaving blanks in their place.
  private func readIDs() {
    for found in IDScan.find(in: lower, steps: &steps) {
      let value = String(decoding: bytes[found.value], as: UTF8.self)
      switch found.name {
      case .edition: statedEdition = TitleText.tidy(value)
      case .imdb: if ids["imdb"] == nil { ids["imdb"] = value.lowercased() }
      case .tmdb: if ids["tmdb"] == nil { ids["tmdb"] = value }
      case .tvdb: if ids["tvdb"] == nil { ids["tvdb"] = value }
      case .other: break
      }
      for place in found.whole {
        bytes[place] = 0x20
        lower[place] = 0x20
      }
    }
  }

  /// Cuts `bytes` into `tokens`.
  private func cut() {
    tokens.reserveCapacity(24)
    var open: [(close: UInt8, kind: UInt8, group: Int)] = []
    var groups = 0
    var place = 0
    var gapStart = 0
    while place < bytes.count {
      let byte = bytes[place]
      guard ASCII.isWord(byte) else {
        if ASCII.isOpening(byte) {
          groups += 1
          open.append((ASCII.closing(of: byte), byte, groups))
        } else if ASCII.isClosing(byte), open.last?.close == byte {
          open.removeLast()
        }
        place += 1
        continue
      }
      let start = place
      var value = 0
      var isNumber = true
      while place < bytes.count, ASCII.isWord(bytes[place]) {
        if ASCII.isDigit(bytes[place]), place - start < 8 {
          value = value * 10 + Int(bytes[place] - 0x30)
        } else {
          isNumber = false
        }
        place += 1
      }
      tokens.append(
        Token(
          start: start, end: place, gap: gap(gapStart, start), bracket: open.last?.kind ?? 0,
          group: open.last?.group ?? 0, number: isNumber ? value : -1))
      gapStart = place
    }
    steps += bytes.count
  }

  private func gap(_ start: Int, _ end: Int) -> Gap {
    if tokens.isEmpty { return .start }
    var dash = false
    var blanks = 0
    var gap = Gap.other
    for byte in bytes[start..<end] {
      switch byte {
      case 0x20, UInt8(ascii: "_"):
        blanks += 1
        gap = byte == 0x20 ? .space : .underscore
      case UInt8(ascii: "."): gap = .dot
      case UInt8(ascii: "-"): dash = true
      case _ where ASCII.isOpening(byte) || ASCII.isClosing(byte): return .bracket
      default: break
      }
    }
    if dash { return isSpaced(bytes[start], bytes[end - 1]) ? .spacedDash : .dash }
    return gap
  }

  private func isSpaced(_ first: UInt8, _ last: UInt8) -> Bool {
    first != UInt8(ascii: "-") && last != UInt8(ascii: "-") && (first == last || first == 0x20 || last == 0x20)
  }
}
