import PlexServers
import Testing
import UsherKit

/// Both forms of an answer give the same.
@Suite struct DocumentReadingTests {
  private static func response(_ text: String, type: String = "") -> HTTPResponse {
    HTTPResponse(status: 200, headers: ["content-type": type], body: Array(text.utf8))
  }

  private static let json = """
    {"MediaContainer":{"size":1,"totalSize":9,"Metadata":[{"ratingKey":"101","guid":"plex://movie/5d","type":"movie",
    "title":"Alp\\u0068a \\"x\\" \\ud83d\\ude00","year":1999,"duration":5400000,"updatedAt":1700000100,
    "Media":[{"id":11,"videoResolution":"1080","Part":[{"id":12,"file":"/m/a.mkv","size":5368709120},
    {"id":13,"file":"/m/b.mkv","size":1}]},{"id":14,"Part":[{"id":15,"file":"/m/c.mkv"}]}],
    "Genre":[{"tag":"Drama"}],"Guid":[{"id":"imdb://tt0133093"},{"id":"tmdb://603"}]}]}}
    """

  private static let xml = """
    <?xml version="1.0"?><MediaContainer size="1" totalSize="9"><Video ratingKey="101" guid="plex://movie/5d" type="movie"
    title="Alpha &quot;x&quot; 😀" year="1999" duration="5400000" updatedAt="1700000100"><Media id="11"
    videoResolution="1080"><Part id="12" file="/m/a.mkv" size="5368709120"/><Part id="13" file="/m/b.mkv" size="1"/></Media>
    <Media id="14"><Part id="15" file="/m/c.mkv"/></Media><Genre tag="Drama"/><Guid id="imdb://tt0133093"/>
    <Guid id="tmdb://603"/></Video></MediaContainer>
    """

  @Test func bothFormsGiveTheSameItem() throws {
    let first = try ItemPage.read(Self.response(Self.json), from: "a test")
    let second = try ItemPage.read(Self.response(Self.xml), from: "a test")
    #expect(first.items == second.items)
    #expect(first.total == 9 && second.total == 9)
    let item = try #require(first.items.first)
    #expect(item.title == "Alpha \"x\" 😀")
    #expect(item.files.map(\.path) == ["/m/a.mkv", "/m/b.mkv", "/m/c.mkv"])
    #expect(item.files.map(\.media) == [11, 11, 14])
    #expect(item.files.first?.size == 5_368_709_120)
    #expect(item.ids == ["imdb://tt0133093", "tmdb://603"])
  }

  @Test func numbersMayBeTextsAndTruthMayBeANumber() throws {
    let text = """
      {"MediaContainer":{"size":"1","Metadata":{"ratingKey":7,"type":"episode","index":"3","parentIndex":1.0,"title":null}}}
      """
    let item = try #require(try ItemPage.read(Self.response(text), from: "a test").items.first)
    #expect(item.ratingKey == 7 && item.index == 3 && item.parentIndex == 1 && item.title == "")
  }

  @Test func theRowOfAllEpisodesIsNoItem() throws {
    let text = """
      <MediaContainer size="2" parentTitle="Show"><Directory key="/library/metadata/5/allLeaves" title="All episodes"/>
      <Directory ratingKey="6" type="season" index="1" title="Season 1"/></MediaContainer>
      """
    let page = try ItemPage.read(Self.response(text), from: "a test")
    #expect(page.received == 2 && page.items.map(\.ratingKey) == [6])
    #expect(page.items.first?.parentTitle == "Show")
  }

  @Test func referencesToControlCharactersAreLeftOut() throws {
    let text = "<MediaContainer><Video ratingKey=\"1\" type=\"movie\" title=\"A&#8; B&#x1F;C\"/></MediaContainer>"
    #expect(try ItemPage.read(Self.response(text), from: "a test").items.first?.title == "A BC")
  }

  @Test(arguments: [
    ("", "it is empty"), ("   \n", "it is empty"), ("hello", "neither JSON nor XML"),
    ("<html><body>Sign in</body></html>", "web page"), ("<!DOCTYPE html><p>", "web page"),
    ("{\"MediaContainer\":{\"size\":1", "broken JSON"), ("[1,2", "broken JSON"), ("{\"a\":\"b", "broken JSON"),
    ("<MediaContainer><Video", "broken XML"), ("{}", "no MediaContainer"),
    ("<!DOCTYPE x [<!ENTITY a \"b\">]><MediaContainer/>", "entities"),
  ]) func whatCannotBeReadSaysWhy(_ text: String, _ reason: String) throws {
    let error = #expect(throws: PlexError.self) { try ItemPage.read(Self.response(text), from: "a test") }
    #expect(error?.text.contains(reason) ?? false, "\(error?.text ?? "")")
  }

  @Test func nothingDeepOrCutBringsTheReaderDown() throws {
    let deep = String(repeating: "[", count: 10_000)
    #expect(throws: PlexError.self) { try PlexDocument.element(Self.response(deep), from: "a test") }
    let deepXML = String(repeating: "<a>", count: 10_000)
    #expect(throws: PlexError.self) { try PlexDocument.element(Self.response(deepXML), from: "a test") }
    for text in [Self.json, Self.xml] {
      let bytes = Array(text.utf8)
      for end in stride(from: 1, to: bytes.count - 2, by: 7) {
        let cut = HTTPResponse(status: 200, body: Array(bytes[..<end]))
        #expect(throws: PlexError.self) { try ItemPage.read(cut, from: "a test") }
      }
    }
  }

  @Test func aListWithoutAContainerIsReadToo() throws {
    let text =
      "[{\"name\":\"A\",\"owned\":true,\"connections\":[{\"uri\":\"http://x\"}]},{\"name\":\"B\",\"owned\":false}]"
    let root = try PlexDocument.element(Self.response(text), from: "a test")
    #expect(root.children.map { $0.text("name") } == ["A", "B"])
    #expect(root.children.map { $0.flag("owned") } == [true, false])
    #expect(root.children[0].list("connections", of: "connection").map { $0.text("uri") } == ["http://x"])
    let xml =
      "<resources><resource name=\"A\"><connections><connection uri=\"http://x\"/></connections></resource></resources>"
    let other = try PlexDocument.element(Self.response(xml), from: "a test")
    #expect(other.children[0].list("connections", of: "connection").map { $0.text("uri") } == ["http://x"])
  }

  @Test func theDigestMovesWithAReplacedFile() throws {
    var item = try #require(try ItemPage.read(Self.response(Self.json), from: "a test").items.first)
    let before = item.digest
    #expect(item.digest == before)
    item.files[1].size += 1
    #expect(item.digest != before)
  }
}
