import TestSupport
import Testing

/// A Plex that scans from TMDB: a show with specials and a long season, a movie with a collection.
@Suite(.serialized) @OwnThread struct TMDBScanTests {
  private func stage(_ apiKey: String) throws -> SourceStage {
    let fake = FakeTMDB()
    return try SourceStage("tmdb", path: "/3", settings: ["apiKey": apiKey], secrets: { [apiKey] }) {
      fake.reply(to: $0)
    }
  }

  @Test(arguments: [FakeTMDB.key, FakeTMDB.token])
  func aShowWithAllBelowItCostsTwoCalls(apiKey: String) throws {
    let outcome = try stage(apiKey).scanTwice("/tv") {
      try $0.scanShow(title: "Harbor Watch", year: 2014, seasons: [0, 1, 2, 3])
    }
    #expect(outcome.calls.map(\.path) == ["GET /3/search/tv", "GET /3/tv/4100"])
    let scan = outcome.scan
    #expect(scan.episodes == [0: 2, 1: 30, 2: 8, 3: 4])
    #expect(scan.show == ScriptedPlex.Scan.Item(title: "Harbor Watch", year: 2014, pictures: 6, children: 4))
    #expect(scan.season(1) == ScriptedPlex.Scan.Item(title: "Season 1", year: 2014, pictures: 1, children: 30))
    #expect(scan.episode(3, 4) == ScriptedPlex.Scan.Item(title: "Part 3.4", year: 2016, pictures: 0))
    #expect(scan.episode(1, 1)?.pictures == 1)
    #expect(scan.showGuid.hasSuffix("://show/tmdb-show-4100"))
  }

  @Test func aMovieOfACollectionCostsTwoCalls() throws {
    let outcome = try stage(FakeTMDB.key).scanTwice("/movie") {
      try $0.scanMovie(title: "The Glass Orchard", year: 2011)
    }
    #expect(outcome.calls.map(\.path) == ["GET /3/search/movie", "GET /3/movie/600"])
    #expect(outcome.scan.showGuid.hasSuffix("://movie/tmdb-movie-600"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Glass Orchard", year: 2011, pictures: 3))
  }
}
