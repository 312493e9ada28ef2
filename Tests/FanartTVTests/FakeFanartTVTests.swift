import TestSupport
import Testing

@Suite @OwnThread struct FakeFanartTVTests {
  /// Over real HTTP: what the fake says must be readable by anyone.
  private static func ask(_ target: String, headers: [String: String] = [:]) throws -> LoopbackAnswer {
    let fake = FakeFanartTV()
    let server = try LoopbackServer { fake.reply(to: $0) }
    defer { server.stop() }
    return try LoopbackClient(port: server.port).send("GET", target, headers: headers)
  }

  private static let key = ["api-key": FakeFanartTV.projectKey]

  @Test func takesTheKeyFromHeaderOrQuery() throws {
    #expect(try Self.ask("/v3/movies/990101", headers: Self.key).status == 200)
    #expect(try Self.ask("/v3/movies/990101?api_key=\(FakeFanartTV.projectKey)").status == 200)
    #expect(try Self.ask("/v3/movies/990101?api_key=\(FakeFanartTV.projectKey)&client_key=x").status == 401)
    let refused = try Self.ask("/v3/movies/990101")
    #expect(refused.status == 401)
    #expect(refused.object["error message"] as? String == "API key is required")
  }

  @Test(arguments: [
    ("/v3/movies/990101", 200), ("/v3/movies/tt99000101", 200), ("/v3/tv/990082", 200), ("/v3.2/tv/990082", 200),
    ("/v3/tv/990101", 404), ("/v3/movies/990082", 404), ("/v2/tv/990082", 404), ("/v3/tv", 404),
  ])
  func knowsWorksByTheIdsThatTheServiceKnows(target: String, status: Int) throws {
    let answer = try Self.ask(target, headers: Self.key)
    #expect(answer.status == status)
    #expect((answer.object["error message"] as? String == "Not found") == (status == 404))
  }

  @Test func writesNumbersAsTextsAndLeavesOutEmptyTypes() throws {
    let movie = try Self.ask("/v3/movies/990101", headers: Self.key).object
    #expect(movie["tmdb_id"] as? String == "990101")
    #expect(movie["movieart"] is [Any])
    let posters = try #require(movie["movieposter"] as? [[String: Any]])
    #expect(posters.map { $0["likes"] as? String } == ["3", "12", "1", "99", "50"])
    #expect(posters[0]["added"] == nil)
    let bare = try Self.ask("/v3/movies/tt99000102", headers: Self.key).object
    #expect(bare["movieposter"] == nil)
    #expect(bare["hologram"] is [String: Any])
  }

  @Test func writesMoreInNewerVersions() throws {
    let newest = try Self.ask("/v3.2/tv/990082", headers: Self.key).object
    #expect(newest["image_count"] as? Int == 18)
    let seasons = try #require(newest["seasonposter"] as? [[String: Any]])
    #expect(seasons.map { $0["season"] as? String } == ["2", "0", "2", "all", ""])
    #expect(seasons[0]["width"] as? String == "1000")
    let middle = try Self.ask("/v3.1/tv/990082", headers: Self.key).object
    #expect((middle["tvposter"] as? [[String: Any]])?.first?["added"] is String)
    #expect(middle["image_count"] == nil)
  }
}
