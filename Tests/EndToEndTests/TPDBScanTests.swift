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

  /// What libraries of the well-known provider for TPDB have in them.
  @Test(arguments: [
    ("/tv", "tpdb-site-lanternworks", "tpdb-show-101", 3),
    ("/tv", "tpdb-season-lanternworks-2022", "tpdb-season-101-2022", 230),
    (
      "/tv", "tpdb-scene-10000000-0000-4000-8000-000000003001",
      "tpdb-episode-101-10000000-0000-4000-8000-000000003001", 0
    ),
    (
      "/movie", "tpdb-movie-20000000-0000-4000-8000-000000000702",
      "tpdb-movie-20000000-0000-4000-8000-000000000702", 0
    ),
  ])
  func anOlderRatingKeyResolves(root: String, older: String, key: String, children: Int) throws {
    let stage = try stage()
    let running = try stage.usher.serve()
    defer { running.stop() }
    let client = try running.client()
    func container(_ path: String) throws -> [String: Any] {
      let answer = try client.send("GET", root + "/library/metadata/" + path)
      #expect(answer.status == 200, "\(path): \(answer.text)")
      return answer.object["MediaContainer"] as? [String: Any] ?? [:]
    }
    let item = try #require((try container(older)["Metadata"] as? [[String: Any]])?.first)
    #expect(item["ratingKey"] as? String == key)
    for list in ["children", "images", "extras"] {
      let found = try container("\(older)/\(list)")
      let same = try container("\(key)/\(list)")
      #expect(found["totalSize"] as? Int == same["totalSize"] as? Int, "\(list)")
      if list == "children" { #expect(found["totalSize"] as? Int == children) }
      if list == "images", !key.contains("season") { #expect(found["totalSize"] as? Int ?? 0 > 0) }
    }
    let guid =
      "\(root == "/tv" ? Configurations.tvIdentifier : Configurations.movieIdentifier)://\(item["type"] ?? "")/"
    let type = ["show": 2, "season": 3, "episode": 4, "movie": 1][item["type"] as? String ?? ""] ?? 0
    let plex = try stage.plex(running, root)
    let matched = try plex.match(["type": type, "title": "Anything", "guid": guid + older])
    #expect(matched.first?["ratingKey"] as? String == key, "\(matched)")
    let unknown = try client.send("GET", root + "/library/metadata/tpdb-\(key.split(separator: "-")[1])-nothing")
    #expect(unknown.status == 404, "\(unknown.text)")
  }

  @Test func aMovieCostsTwoCalls() throws {
    let outcome = try stage().scanTwice("/movie") { try $0.scanMovie(title: "The Glass Orchard", year: 2019) }
    let movie = "20000000-0000-4000-8000-000000000700"
    #expect(outcome.calls.map(\.path) == ["GET /movies", "GET /movies/\(movie)"])
    #expect(outcome.scan.showGuid.hasSuffix("://movie/tpdb-movie-\(movie)"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Glass Orchard", year: 2019, pictures: 3))
  }
}
