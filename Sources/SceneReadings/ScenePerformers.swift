import NameWords

/// Names of people in a stretch of a scene's name.
struct ScenePerformers {
  let text: NameText

  /// Words that open a title and no person's name.
  private static let openings: [StaticString] = [
    "the", "a", "an", "my", "your", "her", "his", "our", "their", "in", "on", "at", "to", "how", "what", "when", "why",
    "i'm", "it's", "this", "that", "part", "episode", "scene",
  ]

  /// Names parted by commas, `&`, `and`, `feat.`; nil when the field reads like a sentence.
  func all(_ range: Range<Int>) -> [String]? {
    guard !Self.openings.contains(where: { text.isWord(range.lowerBound, $0) }) else { return nil }
    var names: [String] = []
    var first = range.lowerBound
    func take(_ end: Int) {
      if first < end, let name = TitleText.text(text, first..<end) {
        names.append(name.hasPrefix("(") ? String(name.dropFirst(name.hasSuffix(")") ? 0 : 1)) : name)
      }
    }
    for index in range where index > range.lowerBound {
      let isJoint = ["and", "&", "feat", "ft", "with", "featuring", "vs"].contains { text.isWord(index, $0) }
      if isJoint || isListed(index) {
        take(index)
        first = isJoint ? index + 1 : index
      }
    }
    take(range.upperBound)
    guard !names.isEmpty, names.count <= 30, names.allSatisfy({ $0.utf8.split(separator: 0x20).count <= 5 }) else {
      return nil
    }
    return names.map { $0.hasSuffix(")") && !$0.contains("(") ? String($0.dropLast()) : $0 }
  }

  /// Several short names: behind the title rather than the title itself.
  func isList(_ range: Range<Int>) -> Bool {
    guard let names = all(range), names.count >= 2 else { return false }
    return range.dropFirst().contains { isListed($0) || text.isWord($0, "&") }
      && names.allSatisfy { name in
        let words = name.utf8.split(separator: 0x20)
        return (1...3).contains(words.count) && words.allSatisfy { $0.first.map(ASCII.isLower) == false }
      } && names.contains { $0.utf8.contains(0x20) }
  }

  /// One person's name: two or three words with capitals.
  func isName(_ range: Range<Int>) -> Bool {
    (2...3).contains(range.count) && all(range)?.count == 1
      && range.allSatisfy { ASCII.isUpper(text.bytes[text.tokens[$0].start]) && text.tokens[$0].number < 0 }
  }

  private func isListed(_ index: Int) -> Bool {
    guard [.space, .other, .underscore].contains(text.tokens[index].gap) else { return false }
    for place in text.tokens[index - 1].end..<text.tokens[index].start
    where text.at(place) == UInt8(ascii: ",") || text.at(place) == UInt8(ascii: "+")
      || text.at(place) == UInt8(ascii: ";")
    {
      return true
    }
    return false
  }
}
