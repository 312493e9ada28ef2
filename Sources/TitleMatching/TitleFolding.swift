import CUTF8Proc

/// Turns a title into words that can be compared: case, accents and punctuation do not matter.
///
/// NFKD, case folding, marks dropped from Latin, Greek and Cyrillic letters (a Japanese or Indic mark is part of the
/// letter and stays), `&` is "and", apostrophes vanish, other punctuation parts words.
package enum TitleFolding {
  /// Longest title looked at, in Unicode scalars; the rest is ignored, so that hostile input costs nothing.
  package static let maximumScalars = 500

  /// `title` cut to the longest that is looked at.
  package static func bounded(_ title: String) -> String {
    guard title.utf8.count > maximumScalars else { return title }
    return String(String.UnicodeScalarView(title.unicodeScalars.prefix(maximumScalars)))
  }

  /// A habit of writing in which the same title looks different.
  enum Style: Equatable {
    case plain
    /// Übermut as Uebermut, Smørrebrød as Smoerrebroed.
    case umlautsAsTwoLetters
    /// Miller's as Miller s, L'Horizon as L Horizon.
    case apostrophesPart
    /// Half-Light as Halflight.
    case hyphensJoin
  }

  /// The styles in which `title` looks different from the plain one.
  static func styles(of title: String) -> [Style] {
    guard title.utf8.contains(where: { $0 == 0x27 || $0 == 0x2D || $0 == 0x60 || $0 >= 0x80 }) else { return [] }
    var (umlauts, apostrophes, hyphens) = (false, false, false)
    for scalar in title.unicodeScalars {
      switch scalar {
      case "-", "\u{2010}", "\u{2011}": hyphens = true
      case _ where isApostrophe(scalar): apostrophes = true
      case "\u{308}", "\u{30A}", "ä", "ö", "ü", "å", "ø", "Ä", "Ö", "Ü", "Å", "Ø": umlauts = true
      default: break
      }
    }
    return (umlauts ? [.umlautsAsTwoLetters] : []) + (apostrophes ? [.apostrophesPart] : [])
      + (hyphens ? [.hyphensJoin] : [])
  }

  /// The words of `title`. A title of punctuation alone ("???") is one word; only a blank title has none.
  package static func words(_ title: String) -> [String] { words(title, .plain) }

  static func words(_ title: String, _ style: Style) -> [String] {
    plainWords(title, style) ?? otherWords(title, style)
  }

  /// The words of a title of ASCII letters, digits and punctuation, by the same rules; nil for any other. Most titles
  /// are like that, and searches bring many.
  private static func plainWords(_ title: String, _ style: Style) -> [String]? {
    guard title.utf8.count <= maximumScalars else { return nil }
    var words: [String] = []
    var word: [UInt8] = []
    func endWord() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in title.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      case UInt8(ascii: "&"):
        endWord()
        words.append("and")
      case UInt8(ascii: "'"), UInt8(ascii: "`"): if style == .apostrophesPart { endWord() }
      case UInt8(ascii: "-"): if style != .hyphensJoin { endWord() }
      case UInt8(ascii: "+"): return nil
      case ..<0x80: endWord()
      default: return nil
      }
    }
    endWord()
    return words.isEmpty ? nil : words
  }

  private static func otherWords(_ title: String, _ style: Style) -> [String] {
    let scalars = decomposed(prepared(bounded(title)))
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var base: Unicode.Scalar = " "
    func endWord() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in scalars {
      switch sort(of: scalar) {
      case .letter:
        if style == .umlautsAsTwoLetters, scalar == "ø" {
          word.append(contentsOf: "oe".unicodeScalars)
        } else if let plain = plain(scalar) {
          word.append(contentsOf: plain.unicodeScalars)
        } else {
          word.append(scalar)
        }
        base = scalar
      case .mark:
        if keepsMarks(base) { word.append(scalar) }
        if style == .umlautsAsTwoLetters, let second = secondLetter(base, scalar) { word.append(second) }
      case .ampersand:
        endWord()
        words.append("and")
      case .apostrophe:
        if style == .apostrophesPart { endWord() }
      case .invisible:
        break
      case .separator:
        if style != .hyphensJoin || !isHyphen(scalar) { endWord() }
      }
    }
    endWord()
    if words.isEmpty {
      let rest = scalars.filter { !$0.properties.isWhitespace }
      if !rest.isEmpty { words = [String(String.UnicodeScalarView(rest))] }
    }
    return words
  }

  private enum Sort { case letter, mark, ampersand, apostrophe, invisible, separator }

  private static func sort(of scalar: Unicode.Scalar) -> Sort {
    switch scalar.value {
    case 0x61...0x7A, 0x30...0x39: return .letter
    case 0x20: return .separator
    default: break
    }
    if scalar == "&" { return .ampersand }
    if isApostrophe(scalar) { return .apostrophe }
    switch utf8proc_category(utf8proc_int32_t(bitPattern: scalar.value)) {
    case UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_MC, UTF8PROC_CATEGORY_ME: return .mark
    case UTF8PROC_CATEGORY_CF: return .invisible
    case UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT, UTF8PROC_CATEGORY_LM,
      UTF8PROC_CATEGORY_LO, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_NO:
      return .letter
    default: return .separator
    }
  }

  /// Marks are part of the letter from Thai, Indic scripts and kana; Latin to Cyrillic, Hebrew and Arabic do without.
  private static func keepsMarks(_ base: Unicode.Scalar) -> Bool { base.value >= 0x0700 }

  /// Latin letters that do not decompose, as they are usually typed; nil for all others.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.value >= 0x80 else { return nil }
    switch scalar {
    case "ø": return "o"
    case "ł": return "l"
    case "đ", "ð": return "d"
    case "æ": return "ae"
    case "œ": return "oe"
    case "þ": return "th"
    case "ħ": return "h"
    case "ı": return "i"
    default: return nil
    }
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "\u{2019}", "\u{2018}", "\u{02BC}", "`", "\u{00B4}", "\u{2032}": true
    default: false
    }
  }

  private static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2010}" || scalar == "\u{2011}"
  }

  private static func secondLetter(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    switch (base, mark) {
    case ("a", "\u{308}"), ("o", "\u{308}"), ("u", "\u{308}"): "e"
    case ("a", "\u{30A}"): "a"
    default: nil
    }
  }

  /// Trade marks would decompose to letters, and "8½" to "81 2"; "+" between words is "&".
  private static func prepared(_ title: String) -> String {
    guard !title.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "+") }) else { return title }
    let scalars = Array(title.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "\u{2122}", "\u{2120}": break
      case "\u{BC}"..."\u{BE}", "\u{2150}"..."\u{215E}":
        result.append(" ")
        result.append(scalar)
      case "+" where place > 0 && scalars[place - 1] == " " && place + 1 < scalars.count && scalars[place + 1] == " ":
        result.append("&")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Compatibility decomposition with case folding.
  private static func decomposed(_ title: String) -> [Unicode.Scalar] {
    let bytes = Array(title.utf8)
    let options = utf8proc_option_t(
      rawValue: UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_CASEFOLD.rawValue)
    var buffer = [utf8proc_int32_t](repeating: 0, count: max(16, bytes.count * 2))
    var count = utf8proc_decompose(bytes, bytes.count, &buffer, buffer.count, options)
    if count > buffer.count {
      buffer = [utf8proc_int32_t](repeating: 0, count: count)
      count = utf8proc_decompose(bytes, bytes.count, &buffer, buffer.count, options)
    }
    guard count >= 0, count <= buffer.count else { return Array(title.unicodeScalars) }
    return buffer[..<count].compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
  }
}
