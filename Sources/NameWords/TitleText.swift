/// Writes a stretch of a name as a person would: separators become blanks, acronyms keep their dots.
package enum TitleText {
  /// The text of the words `range` of `text`, of the last one only what stands before the byte `cut`; nil when nothing is
  /// left.
  package static func text(_ text: NameText, _ range: Range<Int>, cut: Int = .max) -> String? {
    guard !range.isEmpty else { return nil }
    if cut < text.tokens[range.upperBound - 1].end {
      return string(text, opening(text, range.lowerBound, text.tokens[range.lowerBound].start), cut)
    }
    let start = text.tokens[range.lowerBound].start
    var end = text.tokens[range.upperBound - 1].end
    let limit = range.upperBound < text.tokens.count ? text.tokens[range.upperBound].start : text.bytes.count
    end = closing(text, start, end, limit)
    return string(text, opening(text, range.lowerBound, start), end)
  }

  /// Takes a round bracket that opens before the first word with it.
  private static func opening(_ text: NameText, _ first: Int, _ start: Int) -> Int {
    guard start > 0, text.bytes[start - 1] == UInt8(ascii: "("), text.tokens[first].bracket == UInt8(ascii: "(") else {
      return start
    }
    return start - 1
  }

  /// Takes what belongs to the last word with it: `!`, `?`, a bracket that was opened, the dot of an acronym.
  private static func closing(_ text: NameText, _ start: Int, _ end: Int, _ limit: Int) -> Int {
    var end = end
    while end < limit {
      let byte = text.bytes[end]
      if byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ")") {
        end += 1
      } else if byte == UInt8(ascii: "."), let ellipsis = ellipsis(text, end, limit) {
        end = ellipsis
      } else if byte == UInt8(ascii: "."), end + 1 < limit, text.bytes[end + 1] == 0x20, isAbbreviation(text, end) {
        return end + 1
      } else if byte == UInt8(ascii: "."), end - start >= 3, text.bytes[end - 2] == UInt8(ascii: "."),
        ASCII.isLetter(text.bytes[end - 1])
      {
        return end + 1
      } else {
        return end
      }
    }
    return end
  }

  /// The end of three dots at `place` that belong to the title: "What If...?", "And Then... S01E02".
  private static func ellipsis(_ text: NameText, _ place: Int, _ limit: Int) -> Int? {
    guard place + 3 <= limit, text.has("...", at: place) else { return nil }
    let next = place + 3 < text.bytes.count ? text.bytes[place + 3] : 0x20
    return next == 0x20 || next == UInt8(ascii: "?") || next == UInt8(ascii: "!") ? place + 3 : nil
  }

  /// "Jr.", "Inc.": words that keep their dot, where blanks part the words.
  private static func isAbbreviation(_ text: NameText, _ end: Int) -> Bool {
    let words: [StaticString] = [" jr", " sr", " inc", " co", " bros", " ltd", " corp", " esq", " blvd"]
    return words.contains { text.has($0, at: end - $0.utf8CodeUnitCount) }
  }

  private static func string(_ text: NameText, _ start: Int, _ end: Int) -> String? {
    let bytes = text.bytes
    text.steps += end - start
    var hasBlank = false
    var openings = 0
    var dots = 0
    for byte in bytes[start..<end] {
      if byte == 0x20 { hasBlank = true }
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") { dots += 1 }
      if byte == UInt8(ascii: "(") { openings += 1 }
    }
    var written: [UInt8] = []
    written.reserveCapacity(end - start)
    for place in start..<end {
      var byte = bytes[place]
      switch byte {
      case UInt8(ascii: "."):
        if !hasBlank && !isAcronymDot(bytes, place, start, end) && !isDayDot(bytes, place, start, end) { byte = 0x20 }
      case UInt8(ascii: "_"): byte = 0x20
      case UInt8(ascii: "+"): if !hasBlank && dots == 0 { byte = 0x20 }
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): byte = 0x20
      case UInt8(ascii: ")"):
        if openings == 0 { byte = 0x20 } else { openings -= 1 }
      default: break
      }
      if byte == 0x20, written.last == 0x20 || written.isEmpty { continue }
      written.append(byte)
      // "A.I.Title": the acronym's last dot also parts.
      if byte == UInt8(ascii: "."), !hasBlank, place + 2 < end, ASCII.isLetter(bytes[place - 1]),
        !isAcronymDot(bytes, place + 2, start, end),
        ASCII.isWord(bytes[place + 2])
      {
        written.append(0x20)
      }
    }
    return tidy(String(decoding: written, as: UTF8.self))
  }

  /// A dot after one single letter, with another such letter before or after it: `S.H.I.E.L.D.`
  private static func isAcronymDot(_ bytes: [UInt8], _ place: Int, _ start: Int, _ end: Int) -> Bool {
    func isLone(_ letter: Int) -> Bool {
      guard letter >= start, letter < end, ASCII.isLetter(bytes[letter]) else { return false }
      return (letter == start || !ASCII.isWord(bytes[letter - 1]))
        && (letter + 1 >= end || !ASCII.isWord(bytes[letter + 1]))
    }
    guard place < end, bytes[place] == UInt8(ascii: "."), isLone(place - 1) else { return false }
    let hasBefore = place - 2 >= start && bytes[place - 2] == UInt8(ascii: ".") && isLone(place - 3)
    return hasBefore || isLone(place + 1)
  }

  /// A dot of `11.22.63`: three numbers of one or two digits are a day, which keeps its dots.
  private static func isDayDot(_ bytes: [UInt8], _ place: Int, _ start: Int, _ end: Int) -> Bool {
    /// How many digits, up to three, lie from `from` on in the direction `step`; 0 when a letter follows.
    func digits(_ from: Int, _ step: Int) -> Int {
      var count = 0
      var next = from
      while count < 3, next >= start, next < end, ASCII.isDigit(bytes[next]) {
        count += 1
        next += step
      }
      return count < 3 && (next < start || next >= end || bytes[next] == UInt8(ascii: ".")) ? count : 0
    }
    let before = digits(place - 1, -1)
    let after = digits(place + 1, 1)
    guard before > 0, after > 0 else { return false }
    return digits(place - before - 2, -1) > 0 || digits(place + after + 2, 1) > 0
  }

  /// `text` without blanks and separators at its ends; nil when that is all there is.
  package static func tidy(_ text: String) -> String? {
    var scalars = Substring(text).unicodeScalars
    func isEdge(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar {
      case " ", "-", "_", ",", ":", ";", "+", "~", "|", "=", "@", "#", "\\", "/": true
      default: false
      }
    }
    while let first = scalars.first, isEdge(first) || first == "." && scalars.dropFirst().first == " " {
      scalars.removeFirst()
    }
    while let last = scalars.last {
      if isEdge(last) || last == "(" {
        scalars.removeLast()
      } else if last == ".", !endsInAcronym(scalars) {
        scalars.removeLast()
      } else {
        break
      }
    }
    return scalars.isEmpty ? nil : String(scalars)
  }

  private static func endsInAcronym(_ scalars: Substring.UnicodeScalarView) -> Bool {
    let end = scalars.suffix(3)
    return end.count == 3 && end.first == "." || scalars.hasAbbreviationEnd
  }
}

extension Substring.UnicodeScalarView {
  /// "Jr." and its like keep their dot.
  fileprivate var hasAbbreviationEnd: Bool {
    let word = String(String.UnicodeScalarView(suffix(6).drop { $0 != " " }))
    return [" Jr.", " Sr.", " Inc.", " Co.", " Bros.", " Ltd.", " Corp.", " Esq.", " Blvd."].contains(word)
  }
}
