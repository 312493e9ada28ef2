import MetadataModel
import Testing

@testable import Library

/// The year that a season's show is known by, out of the file's path.
@Suite struct ShowHintTests {
  static let cases: [(file: String, year: Int?)] = [
    ("Harbor Lights (2014)/Season 01/Harbor Lights - s01e01.mkv", 2014),
    ("/Harbor Lights (2014)/Harbor Lights - s01e01.mkv", 2014),
    ("D:\\TV\\Harbor Lights (1998)\\Season 1\\x.mkv", 1998),
    ("H/harbor  lights (US) (2014)/Season 01/x.mkv", 2014),
    ("Harbor Lights/Season 01/Harbor Lights (2014) - s01e01.mkv", nil),
    ("Other Show (2014)/Harbor Lights/x.mkv", nil),
    ("Harbor Lights (20145)/x.mkv", nil),
    ("Harbor Lights (2014).mkv", nil),
    ("", nil),
    (String(repeating: "a/", count: 100_000) + "x.mkv", nil),
  ]

  @Test(arguments: cases.indices)
  func theFolderOfTheShowTellsItsYear(index: Int) {
    var request = MatchRequest(kind: .season)
    request.showTitle = "Harbor Lights"
    request.season = 1
    request.file = Self.cases[index].file
    let hints = ShowHint.all(from: request)
    #expect(hints.first?.year == Self.cases[index].year, "\(Self.cases[index].file.prefix(80))")
    #expect(hints.last == ShowHint(title: "Harbor Lights", year: nil))
  }

  @Test func theTitleItselfIsSurerThanTheFolder() {
    var request = MatchRequest(kind: .season)
    request.showTitle = "Harbor Lights (1998)"
    request.file = "Harbor Lights (2014)/Season 01/x.mkv"
    #expect(ShowHint.all(from: request).first?.year == 1998)
  }
}
