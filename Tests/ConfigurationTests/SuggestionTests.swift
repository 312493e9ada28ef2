import Testing

@testable import Configuration

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("abc", "acb", 1),
    ("kitten", "sitting", 3), ("ab", "ba", 1), ("tvmaze", "tmaze", 1),
  ])
  func countsTypingMistakes(left: String, right: String, distance: Int) {
    #expect(Suggestion.distance(left, right) == distance)
    #expect(Suggestion.distance(right, left) == distance)
  }

  @Test func givesTheFirstOfThoseThatAreEquallyNear() {
    #expect(Suggestion.nearest(to: "tvxb", among: ["tmdb", "tvdb", "tvmb"]) == "tvdb")
  }

  @Test(arguments: [
    ("tmbd", "tmdb"), ("TMDB", "tmdb"), ("tvmase", "tvmaze"), ("omd", "omdb"), ("zzz", nil), ("", nil),
    (String(repeating: "a", count: 10_000), nil),
  ])
  func findsTheNearestWord(word: String, nearest: String?) {
    #expect(Suggestion.nearest(to: word, among: ["tvmaze", "tmdb", "tvdb", "omdb"]) == nearest)
  }
}
