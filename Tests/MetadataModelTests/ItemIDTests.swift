import MetadataModel
import Testing

@Suite struct ItemIDTests {
  @Test(arguments: [
    ("tvmaze-show-82", "tvmaze", "show", "82"), ("x9-movie-a_B-c-1", "x9", "movie", "a_B-c-1"),
    ("tvdb-episode--", "tvdb", "episode", "-"),
  ])
  func readsItsTextForm(text: String, source: String, kind: String, value: String) throws {
    let id = try #require(ItemID(text))
    #expect(id.source == source && id.kind.rawValue == kind && id.value == value)
    #expect(id.description == text)
    #expect(ItemID(source: source, kind: MediaKind(rawValue: kind), value: value) == id)
  }

  @Test(arguments: [
    "", "tvmaze", "tvmaze-show", "tvmaze-show-", "-show-82", "tvmaze--82", "TVmaze-show-82", "tvmaze-Show-82",
    "tvmaze-show-8 2", "tvmaze-show-8/2", "tvmaze-show-é", "tv_maze-show-82", "tvmaze-show-a.b",
    "tvmaze-show-" + String(repeating: "1", count: 117),
  ])
  func refusesEverythingElse(text: String) { #expect(ItemID(text) == nil) }

  @Test func acceptsTheLongest() {
    let text = "tvmaze-show-" + String(repeating: "1", count: 116)
    #expect(text.utf8.count == ItemID.maximumLength && ItemID(text) != nil)
  }

  @Test func isTextInJSON() throws {
    let id = try JSONCoding.decode([ItemID].self, from: Array(#"["a-movie-1"]"#.utf8))
    #expect(try JSONCoding.encode(id) == Array(#"["a-movie-1"]"#.utf8))
    let error = #expect(throws: DecodingError.self) {
      try JSONCoding.decode([ItemID].self, from: Array(#"["x"]"#.utf8))
    }
    #expect(error.map { JSONCoding.path(of: $0) } == "[0]: 'x' is not an item id of the form source-kind-value")
  }
}
