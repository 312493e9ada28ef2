import TestSupport
import Testing

/// A Plex that scans from TheTVDB, in both versions of its API.
@Suite(.serialized) @OwnThread struct TVDBScanTests {
  private func stage(_ version: String) throws -> SourceStage {
    let isLegacy = version == "v3"
    let key = isLegacy ? FakeTVDB.legacyKey : FakeTVDB.key
    let fake = FakeTVDB(needsPIN: !isLegacy)
    var settings = ["apiKey": key, "apiVersion": version]
    if !isLegacy { settings["pin"] = FakeTVDB.pin }
    let secrets = {
      #expect(fake.tokens.count == 1)
      return [key, FakeTVDB.pin] + fake.tokens
    }
    return try SourceStage("tvdb", path: isLegacy ? "" : "/v4", settings: settings, secrets: secrets) {
      fake.reply(to: $0)
    }
  }

  @Test(arguments: [
    (
      "v4",
      [
        "POST /v4/login", "GET /v4/search", "GET /v4/series/81005/extended", "GET /v4/series/81005/episodes/official",
      ]
    ),
    (
      "v3",
      ["POST /login", "GET /search/series", "GET /series/81005", "GET /series/81005/actors"]
        + Array(repeating: "GET /series/81005/images/query", count: 4) + ["GET /series/81005/episodes"]
    ),
  ])
  func aShowWithAllBelowIt(version: String, calls: [String]) throws {
    let outcome = try stage(version).scanTwice("/tv") {
      try $0.scanShow(title: "North Pier", year: 2014, seasons: [0, 1, 2, 3])
    }
    // Those of v3 are asked for side by side.
    #expect(outcome.calls.map(\.path).sorted() == calls.sorted())
    let scan = outcome.scan
    #expect(scan.showGuid.hasSuffix("://show/tvdb-show-81005"))
    #expect(scan.episodes == [0: 2, 1: 30, 2: 8, 3: 4])
    #expect(scan.show?.title == "North Pier")
    #expect(scan.show?.year == 2014)
    #expect(scan.show?.children == 4)
    #expect(scan.show?.pictures ?? 0 >= 4)
    #expect(scan.season(0)?.title == "Specials")
    #expect(scan.episode(1, 30)?.title == "Plank 1.30")
    #expect(scan.episode(1, 1)?.pictures == 1)
  }

  @Test func aMovieCostsALoginAndTwoCalls() throws {
    let outcome = try stage("v4").scanTwice("/movie") { try $0.scanMovie(title: "The Long Ferry", year: 2009) }
    #expect(outcome.calls.map(\.path) == ["POST /v4/login", "GET /v4/search", "GET /v4/movies/31/extended"])
    #expect(outcome.scan.showGuid.hasSuffix("://movie/tvdb-movie-31"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Long Ferry", year: 2009, pictures: 4))
  }
}
