import Foundation
import MetadataModel
import NameReadings
import Naming
import Testing

/// What the parser offers beside the fields of a name.
@Suite struct NameParserTests {
  private let parser = NameParser()

  @Test func titlesComeInOrderOfConfidence() {
    let reading = parser.read("Paper Lantern AKA Papierlaterne (2010).mkv", kind: .movie)
    #expect(reading.titles.prefix(2) == ["Paper Lantern", "Papierlaterne"])
    let show = parser.read("Harbour Lights/Season 1/Harbour S01E02.mkv", kind: .show)
    #expect(show.titles == ["Harbour", "Harbour Lights"])
    #expect(parser.read("Harbour.Lights.2010.S01E02", kind: .show).titles == ["Harbour Lights", "Harbour Lights 2010"])
  }

  @Test(arguments: [
    ("Harbour.Lights.S01E02.mkv", NameKind.show), ("Paper.Lantern.2010.1080p.mkv", .movie),
    ("LanternHouse.24.01.15.Jane.Doe.XXX.1080p.MP4-GRP", .scene), ("ABC-123.mp4", .scene),
    ("Paper Lantern.mkv", .movie),
  ])
  func theNameDecidesOnItsKind(_ name: String, _ kind: NameKind) { #expect(parser.read(name).kind == kind) }

  @Test func aSureReadingIsMoreConfidentThanAGuess() throws {
    let sure = try #require(parser.parse("Harbour.Lights.S01E02.mkv", kind: .show).confidence)
    let guess = try #require(parser.parse("Harbour Lights 103.mkv", kind: .show).confidence)
    let bare = try #require(parser.parse("Harbour Lights.mkv", kind: .show).confidence)
    #expect(sure > guess && guess > bare)
    #expect(parser.parse("tt0012345.mkv", kind: .movie).confidence ?? 0 > 0.9)
  }

  @Test func aSceneIsAskedForWithAndWithoutTheNoise() {
    let name = parser.parse("LanternHouse - 2024.01.15 - Jane Doe - The Storm - 1080p.mp4", kind: .scene)
    #expect(parser.queries(of: name).full == "LanternHouse 2024-01-15 Jane Doe The Storm")
    #expect(parser.queries(of: name).plain == "Jane Doe The Storm")
    #expect(parser.queries(of: parser.parse("abc00123.mp4", kind: .scene)).full == "ABC-123")
    #expect(parser.queries(of: ParsedName()).full == "")
  }

  @Test(arguments: [
    "Harbour.Lights.S01E02.1080p.mkv", "Paper \"Lantern\" \\ (2010) {tmdb-1} {imdb-tt0012345}.mkv",
    "[Group] Paper - 05.mkv",
    "LanternHouse - 2024.01.15 - Jane Doe, Ann Roe - The Storm.mp4", "ABC-123.mp4",
    "Paper (2010) {edition-A \"B\"}.mkv", "",
  ])
  func theFastJSONIsTheModelsJSON(_ name: String) throws {
    let parsed = parser.parse(name)
    var bytes: [UInt8] = []
    parsed.write(to: &bytes)
    #expect(try JSONDecoder().decode(ParsedName.self, from: Data(bytes)) == parsed)
  }
}
