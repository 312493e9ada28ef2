/// Finds what somebody meant to write.
enum Suggestion {
  /// Known words that are looked at; nobody reads a longer list.
  static let maximumWords = 256

  /// The end of a sentence about an unknown word: `did you mean 'x'?`, or what there is to choose from.
  static func text(for word: String, among known: [String]) -> String {
    if let near = nearest(to: word, among: known) { return "did you mean '\(near)'?" }
    guard !known.isEmpty else { return "none is known here" }
    return "known are " + known.prefix(maximumWords).map { "'\($0)'" }.joined(separator: ", ")
  }

  /// The known word that a few typing mistakes lead to, nil when all are too far away.
  static func nearest(to word: String, among known: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let wanted = Array(word.lowercased())
    // A third of the letters may be wrong: 1 of 3, 2 of 6.
    var limit = max(1, wanted.count / 3)
    var best: String?
    for candidate in known.prefix(maximumWords) {
      let letters = Array(candidate.lowercased())
      // So many letters have to be added or dropped at least.
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      guard distance <= limit else { continue }
      best = candidate
      limit = distance - 1
    }
    return best
  }

  /// Letters to add, drop or change, or neighbours to swap, on the way from one word to the other.
  static func distance(_ left: String, _ right: String) -> Int { distance(Array(left), Array(right)) }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var line = [row + 1]
      for column in 0..<right.count {
        var best = min(last[column + 1] + 1, line[column] + 1, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        line.append(best)
      }
      beforeLast = last
      last = line
    }
    return last[right.count]
  }
}
