import TestSupport
import Testing

@Suite @OwnThread struct FakeOMDbTests {
  /// Over real HTTP: what the fake says must be readable by anyone.
  private static func ask(_ query: String, _ fake: FakeOMDb = FakeOMDb()) throws -> LoopbackAnswer {
    let server = try LoopbackServer { fake.reply(to: $0) }
    defer { server.stop() }
    return try LoopbackClient(port: server.port).send("GET", "/?" + query)
  }

  @Test(arguments: [
    ("apikey=KEY&i=tt42424242", 200, "Error getting data."), ("apikey=KEY&i=nonsense", 200, "Incorrect IMDb ID."),
    ("apikey=KEY&t=nothing", 200, "Movie not found!"), ("apikey=KEY&t=nothing&type=series", 200, "Series not found!"),
    ("apikey=KEY&s=up", 200, "Too many results."), ("apikey=KEY&s=lantern&page=4", 200, "Movie not found!"),
    ("apikey=KEY&i=tt99000082&Season=9", 200, "Series or season not found!"),
    ("apikey=KEY&i=tt99000082&Season=1&Episode=99", 200, "Series or episode not found!"),
    ("i=tt99000301", 401, "No API key provided."), ("apikey=x&i=tt99000301", 401, "Invalid API key!"),
  ])
  func refusesInTheServicesWords(query: String, status: Int, sentence: String) throws {
    let answer = try Self.ask(query.replacing("KEY", with: FakeOMDb.key))
    #expect(answer.status == status)
    #expect(answer.object["Response"] as? String == "False")
    #expect(answer.object["Error"] as? String == sentence)
  }

  @Test func refusesAWornOutKeyLikeAWrongOne() throws {
    let fake = FakeOMDb()
    fake.dailyLimit = 0
    let answer = try Self.ask("apikey=\(FakeOMDb.key)&i=tt99000301", fake)
    #expect(answer.status == 401)
    #expect(answer.object["Error"] as? String == "Request limit reached!")
  }

  @Test func writesEveryValueAsAText() throws {
    let movie = try Self.ask("apikey=\(FakeOMDb.key)&i=tt99000301").object
    #expect(movie.filter { !($0.value is String) }.map(\.key) == ["Ratings"])
    #expect((movie["Ratings"] as? [[String: String]])?.count == 4)
    let blank = try Self.ask("apikey=\(FakeOMDb.key)&t=blank+page").object
    #expect(blank["Poster"] as? String == "N/A")
    #expect((blank["Ratings"] as? [Any])?.count == 0)
    let show = try Self.ask("apikey=\(FakeOMDb.key)&i=tt99000082").object
    #expect(show["totalSeasons"] as? String == "8")
    #expect(show["Year"] as? String == "2014–2016")
    #expect(show["BoxOffice"] == nil)
  }

  @Test func pagesSearchesByTen() throws {
    let counts = try (1...3).map { page in
      try Self.ask("apikey=\(FakeOMDb.key)&s=lantern&page=\(page)").object["Search"] as? [Any]
    }.map { $0?.count }
    #expect(counts == [10, 10, 3])
    #expect(try Self.ask("apikey=\(FakeOMDb.key)&s=lantern").object["totalResults"] as? String == "23")
  }

  @Test func knowsEpisodesByIdAndByNumber() throws {
    let list = try Self.ask("apikey=\(FakeOMDb.key)&i=tt99000082&Season=2").object
    #expect((list["Episodes"] as? [[String: String]])?.first?["imdbID"] == "tt99081201")
    for query in ["i=tt99081201", "i=tt99000082&Season=2&Episode=1"] {
      let episode = try Self.ask("apikey=\(FakeOMDb.key)&" + query).object
      #expect(episode["seriesID"] as? String == "tt99000082")
      #expect(episode["Type"] as? String == "episode")
    }
  }
}
