import MetadataModel
import Testing

@Suite struct ExternalIDsTests {
  @Test(arguments: [
    ("imdb://tt0012345", "imdb", "tt0012345"), ("TMDB://603", "tmdb", "603"), ("tvdb://81189?lang=en", "tvdb", "81189"),
    ("plex://a:b", "plex", "a:b"),
  ])
  func parsesPlexForm(text: String, namespace: String, value: String) throws {
    let id = try #require(ExternalIDs.parse(text))
    #expect(id.namespace == namespace && id.value == value)
  }

  @Test(arguments: [
    "", "imdb", "imdb:tt1", "imdb:/tt1", "imdb://", "://tt1", "im db://tt1", "imdb://tt1/2", "imdb://t 1", "imdb://?x",
    "imdb2://tt1", "imdb://" + String(repeating: "1", count: 201),
  ])
  func parsesNothingElse(text: String) { #expect(ExternalIDs.parse(text) == nil) }

  @Test func namespacesHaveNoCase() {
    var ids = ExternalIDs(["IMDB": "tt1"])
    #expect(ids["imdb"] == "tt1" && ids["Imdb"] == "tt1")
    ids["imDB"] = "tt2"
    #expect(ids == ["imdb": "tt2"])
  }

  @Test func twoSpellingsOfOneNamespaceGiveTheSameIdEachTime() {
    for _ in 0..<20 {
      let names = ["IMDB", "imdb", "Imdb", "iMDB"].shuffled()
      #expect(
        ExternalIDs(Dictionary(uniqueKeysWithValues: names.map { ($0, "of \($0)".replacing(" ", with: "-")) })) == [
          "imdb": "of-imdb"
        ])
    }
    #expect(ExternalIDs(["IMDB": "tt1", "imdb": ""]) == ["imdb": "tt1"], "what cannot be used takes nothing away")
  }

  @Test(arguments: [nil, "", "a b", "a/b", "\n"])
  func whatCannotBeUsedIsRemoved(value: String?) {
    var ids: ExternalIDs = ["imdb": "tt1"]
    ids["imdb"] = value
    #expect(ids.isEmpty)
  }

  @Test func sharesWhenOneIsTheSame() {
    let ids: ExternalIDs = ["imdb": "tt1", "tvdb": "5"]
    #expect(ids.shares(anyWith: ["tvdb": "5", "imdb": "tt2"]))
    #expect(!ids.shares(anyWith: ["imdb": "5", "tvdb": "tt1"]))
    #expect(!ids.shares(anyWith: [:]) && !ExternalIDs().shares(anyWith: ids))
  }

  @Test func isAnObjectInJSONWithoutWhatCannotBeUsed() throws {
    let json = #"{"tvdb":"5","IMDB":"tt1","tmdb":"","x":"a/b"}"#
    let ids = try JSONCoding.decode(ExternalIDs.self, from: Array(json.utf8))
    #expect(ids.sorted.map { "\($0.namespace)=\($0.value)" } == ["imdb=tt1", "tvdb=5"])
    #expect(try JSONCoding.encode(ids) == Array(#"{"imdb":"tt1","tvdb":"5"}"#.utf8))
  }
}
