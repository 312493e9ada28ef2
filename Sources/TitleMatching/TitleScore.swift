/// How near two titles are.
package enum TitleScore {
  /// Why two titles count as the same, the surest last.
  package enum Grade: Int, Sendable, Comparable {
    /// Not the same; only the number says how near.
    case similar
    /// The original title or another name is the same.
    case alias
    /// The same but for article, numeral or suffix.
    case loose
    /// The same when folded.
    case exact

    package static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
  }

  /// From here on titles that are not the same may still be accepted automatically, if the year is exactly right.
  package static let verySimilar = 0.92

  /// `.exact`, `.loose` or `.similar`. "Name (US)" and "Name (UK)" are never the same.
  package static func grade(_ one: FoldedTitle, _ other: FoldedTitle) -> Grade {
    guard !one.isEmpty, !other.isEmpty else { return .similar }
    if one.strict == other.strict { return .exact }
    if let country = one.country, let second = other.country, country != second { return .similar }
    return one.isSpelledLike(other) ? .loose : .similar
  }

  /// 0 to 1 for titles that are not the same; at least `verySimilar` only for American spelling and slips of the pen:
  /// the same words, parted otherwise, or one letter missing or two swapped inside a long word. Other numbers, and
  /// another article, make another work.
  package static func similarity(_ one: FoldedTitle, _ other: FoldedTitle) -> Double {
    guard !one.isEmpty, !other.isEmpty else { return 0 }
    if let country = one.country, let second = other.country, country != second { return 0.8 }
    if let article = one.article, let second = other.article, article != second {
      return min(share(one.pieces, other.pieces), 0.9)
    }
    if isPartedOtherwise(one.words, other.words) { return 0.97 }
    let shared = share(one.pieces, other.pieces)
    guard one.numbers == other.numbers else { return min(shared, 0.8) }
    return max(min(shared, 0.9), slipSimilarity(one.words, other.words) ?? 0)
  }

  /// Twice the pieces in common over all pieces; both lists are sorted.
  private static func share(_ one: [UInt32], _ other: [UInt32]) -> Double {
    guard !one.isEmpty, !other.isEmpty else { return 0 }
    var (left, right, common) = (0, 0, 0)
    while left < one.count, right < other.count {
      if one[left] == other[right] { common += 1 }
      let step = one[left] <= other[right]
      if one[left] >= other[right] { right += 1 }
      if step { left += 1 }
    }
    return 2 * Double(common) / Double(one.count + other.count)
  }

  /// The same letters in other words. Parts of fewer than four letters make another title ("Now Here", "Nowhere"),
  /// where a letter is less than a syllable.
  private static func isPartedOtherwise(_ one: [String], _ other: [String]) -> Bool {
    guard one.count != other.count, length(one) == length(other), one.joined() == other.joined() else { return false }
    let differing = one.filter { !other.contains($0) } + other.filter { !one.contains($0) }
    return differing.allSatisfy { word in
      word.unicodeScalars.count >= 4 || word.unicodeScalars.contains { $0.value >= 0x0E00 }
    }
  }

  /// Share of letters that are right, when exactly one long word differs by a slip; words spelled in American count as
  /// right.
  private static func slipSimilarity(_ one: [String], _ other: [String]) -> Double? {
    guard one.count == other.count else { return nil }
    let differing = zip(one, other).filter { !TitleWords.isSpelling($0, of: $1) }
    if differing.isEmpty { return 0.98 }
    guard differing.count == 1, let (word, second) = differing.first else { return nil }
    let left = Array(word.unicodeScalars)
    let right = Array(second.unicodeScalars)
    // Shorter words become others too easily ("morning", "mourning"), and so do words with another end (plurals).
    guard min(left.count, right.count) >= 8, left.first == right.first, left.last == right.last, isSlip(left, right)
    else { return nil }
    let letters = max(count(one), count(other))
    return 1 - 1 / Double(letters)
  }

  private static func length(_ words: [String]) -> Int { words.reduce(0) { $0 + $1.utf8.count } }

  private static func count(_ words: [String]) -> Int { words.reduce(0) { $0 + $1.unicodeScalars.count } }

  /// True when one letter was added or left out, or swapped with its neighbour. A replaced letter makes another word
  /// too often ("planter", "planner").
  private static func isSlip(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
    guard abs(one.count - other.count) <= 1 else { return false }
    let shorter = one.count <= other.count ? one : other
    let longer = one.count <= other.count ? other : one
    guard let first = shorter.indices.first(where: { shorter[$0] != longer[$0] }) else { return true }
    if shorter.count < longer.count { return shorter[first...] == longer[(first + 1)...] }
    return first + 1 < shorter.count && shorter[first] == longer[first + 1] && shorter[first + 1] == longer[first]
      && shorter[(first + 2)...] == longer[(first + 2)...]
  }
}
