import TestSupport
import Testing

/// A Plex that scans from TPDB: a site of three years with more than 200 scenes, and a movie.
@Suite(.serialized) @OwnThread struct TPDBScanTests {
  private func stage() throws -> SourceStage {
    let fake = FakeTPDB()
    return try SourceStage("tpdb", settings: ["apiKey": FakeTPDB.key], adult: true, secrets: { [FakeTPDB.key] }) {
      fake.reply(to: $0)
    }
  }

  /// Search, site, first and last day, and the pages of three years.
  @Test func aSiteWithItsYearsAndScenesCostsItsPages() throws {
    let outcome = try stage().scanTwice("/tv") {
      try $0.scanShow(title: "LanternWorks", year: nil, seasons: [2021, 2022, 2023])
    }
    #expect(outcome.calls.count == 9, "\(outcome.calls)")
    #expect(outcome.calls.filter { $0.query.contains("year=2022") }.count == 3)
    let scan = outcome.scan
    #expect(scan.showGuid.hasSuffix("://show/tpdb-show-101"))
    #expect(scan.episodes == [2021: 12, 2022: 230, 2023: 40])
    #expect(scan.show == ScriptedPlex.Scan.Item(title: "LanternWorks", year: 2021, pictures: 2, children: 3))
    #expect(scan.season(2022) == ScriptedPlex.Scan.Item(title: "Season 2022", year: 2022, pictures: 0, children: 230))
    #expect(scan.episode(2022, 230)?.title == "Flame 230")
    #expect(scan.episode(2022, 1)?.pictures ?? 0 > 0)
  }

  @Test func aMovieCostsTwoCalls() throws {
    let outcome = try stage().scanTwice("/movie") { try $0.scanMovie(title: "The Glass Orchard", year: 2019) }
    let movie = "20000000-0000-4000-8000-000000000700"
    #expect(outcome.calls.map(\.path) == ["GET /movies", "GET /movies/\(movie)"])
    #expect(outcome.scan.showGuid.hasSuffix("://movie/tpdb-movie-\(movie)"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Glass Orchard", year: 2019, pictures: 3))
  }
}
