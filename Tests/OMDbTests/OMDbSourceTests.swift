import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import OMDb

@Suite struct OMDbSourceTests {
  @Test(arguments: [
    (MediaKind.movie, "tt99000301", "omdb-movie-tt99000301"), (.show, "tt99000082", "omdb-show-tt99000082"),
  ])
  func looksUpAnIMDbIdFirst(kind: MediaKind, imdb: String, id: String) async throws {
    let service = try Service()
    let candidates = try await service.match("Something Else", kind, ids: ["imdb": imdb])
    #expect(candidates.map(\.id.description) == [id])
    _ = try await service.fetch(id)
    #expect(service.fake.questions == ["i=\(imdb)"])
  }

  @Test func takesItsOwnId() async throws {
    #expect(try await Service().match(nil, id: "omdb-movie-tt99000301").map(\.title) == ["The Paper Harbor"])
    #expect(try await Service().match(nil, .show, id: "omdb-movie-tt99000301") == [])
  }

  @Test func fallsBackToTheTitleWhenAnIdIsUnknownOrOfAnotherType() async throws {
    for imdb in ["tt42424242", "tt99000082", "tt99000304"] {
      let service = try Service()
      let candidates = try await service.match("The Paper Harbor", ids: ["imdb": imdb])
      #expect(candidates.map(\.id.description) == ["omdb-movie-tt99000301"])
      #expect(service.fake.questions == ["i=\(imdb)", "s=The Paper Harbor type=movie"])
    }
    let odd = try Service()
    #expect(try await odd.match(ids: ["imdb": "tt1&apikey=x"]) == [])
    #expect(odd.fake.questions == [])
  }

  @Test(
    arguments: [
      ("The Paper Harbor", 1923, ["s=The Paper Harbor type=movie y=1923"]),
      ("The Paper Harbor (1923)", nil, ["s=The Paper Harbor type=movie y=1923"]),
      ("The Paper Harbor", nil, ["s=The Paper Harbor type=movie"]),
      ("The Paper Harbor", 1924, ["s=The Paper Harbor type=movie y=1924", "s=The Paper Harbor type=movie"]),
    ] as [(String, Int?, [String])])
  func searchesByTitleAndYear(title: String, year: Int?, questions: [String]) async throws {
    let service = try Service()
    let candidates = try await service.match(title, year: year)
    #expect(candidates.map(\.id.description) == ["omdb-movie-tt99000301"])
    #expect(candidates.first?.year == 1923)
    #expect(candidates.first?.externalIDs == ["imdb": "tt99000301"])
    #expect(candidates.first?.poster == "https://m.media-amazon.example.org/images/harbor._V1_SX300.jpg")
    #expect(service.fake.questions == questions)
  }

  @Test func findsShowsAmongShows() async throws {
    let candidates = try await Service().match("Harbor", .show)
    #expect(candidates.map(\.title) == ["Harbor Lights", "Harbor Nights"])
    #expect(candidates.map(\.year) == [2014, 2021])
    #expect(candidates.map(\.score) == [1, 0.5])
  }

  @Test func asksForOneWorkWhenATitleIsTooShortToSearchFor() async throws {
    let service = try Service()
    #expect(try await service.match("Up", year: 2009).map(\.id.description) == ["omdb-movie-tt99000303"])
    #expect(service.fake.questions == ["s=Up type=movie y=2009", "t=Up type=movie y=2009"])
  }

  @Test func readsMorePagesWhenAPersonChooses() async throws {
    #expect(try await Service().match("Lantern Story").count == 10)
    let service = try Service()
    let candidates = try await service.match("Lantern Story", manual: true)
    #expect(candidates.map(\.title) == (1...23).map { "Lantern Story \($0)" })
    #expect(service.fake.questions.count == 3)
    let both = try await Service().match("The Paper Harbor", ids: ["imdb": "tt99000302"], manual: true)
    #expect(both.map(\.title) == ["Blank Page", "The Paper Harbor"])
  }

  @Test(arguments: [nil, "", "  ", "Zzyzx Quagga"])
  func hasNoCandidateForAnUnknownTitle(title: String?) async throws {
    #expect(try await Service().match(title) == [])
    #expect(try await Service().match(title, .show, year: 2000) == [])
  }

  @Test(arguments: [MediaKind.season, .episode])
  func doesNotOfferOtherKindsForAMatch(kind: MediaKind) async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().match("x", kind) }
    #expect(error?.kind == .unsupported)
  }

  @Test func needsTenRequestsForAShowOfEightSeasons() async throws {
    let service = try Service()
    let found = try #require(try await service.match("Harbor Lights", .show, year: 2014).first)
    let show = try await service.fetch(found.id.description)
    var episodes = 0
    for season in try await service.children(show.id.description) {
      _ = try await service.fetch(season.id.description)
      for episode in try await service.children(season.id.description) {
        #expect(try await service.fetch(episode.id.description) == episode)
        episodes += 1
      }
    }
    #expect(episodes == 160)
    #expect(service.fake.callCount == 10, "\(service.fake.questions)")
  }

  @Test func needsTwoRequestsForAFilmByItsTitle() async throws {
    let service = try Service()
    let found = try #require(try await service.match("The Paper Harbor", year: 1923).first)
    _ = try await service.fetch(found.id.description)
    #expect(service.fake.callCount == 2)
  }

  @Test(arguments: [
    ("omdb-episode-tt99000082-tt99081101", "i=tt99081101"),
    ("omdb-episode-tt99000082-s1e2", "i=tt99000082 Season=1 Episode=2"),
  ])
  func asksForEachEpisodeOnlyWhenTheSettingSaysSo(id: String, question: String) async throws {
    let service = try Service(settings: ["episodeDetails": .boolean(true)])
    let episode = try await service.fetch(id)
    #expect(episode.id.description == id)
    #expect(episode.summary?.hasPrefix("About Part 1.") == true)
    #expect(service.fake.questions == ["i=tt99000082", question])
    #expect(try await Service().fetch(id).summary == nil)
  }

  @Test(arguments: [
    "omdb-movie-tt42424242", "omdb-movie-tt99000082", "omdb-show-tt99000301", "omdb-movie-tt99000304",
    "omdb-season-tt99000082-9", "omdb-season-tt99000082-0", "omdb-season-tt99000301-1", "omdb-season-tt99000082-01",
    "omdb-episode-tt99000082-tt99080001", "omdb-episode-tt99000082-s1e99", "omdb-episode-tt99000082-s9e1",
    "omdb-episode-tt99000082-s01e1", "omdb-episode-tt99000082-1e1", "omdb-episode-tt99000082-s1e2e3",
    "omdb-movie-99000301", "omdb-movie-tt9900030a", "omdb-season-tt99000082", "omdb-show-tt99000082-1",
    "omdb-artist-tt99000082", "other-movie-tt99000301",
  ])
  func saysThatAnUnknownIdIsNotFound(id: String) async throws {
    for details in [true, false] {
      let service = try Service(settings: ["episodeDetails": .boolean(details)])
      let error = await #expect(throws: PluginError.self) { try await service.fetch(id) }
      #expect(error?.kind == .notFound)
    }
  }

  @Test func bringsPicturesWithTheItem() async throws {
    let service = try Service()
    let request = ItemRequest(id: try Service.id("omdb-movie-tt99000301"))
    let error = await #expect(throws: PluginError.self) {
      try await service.source.images(request, service.host.context)
    }
    #expect(error?.kind == .unsupported)
  }

  @Test(arguments: ["http://127.0.0.1:9/mirror", "http://127.0.0.1:9/mirror/"])
  func asksTheMirrorThatTheSettingNames(base: String) async throws {
    let host = FakeHost(settings: ["baseURL": .string(base), "apiKey": .string("k")], manifest: manifest)
    host.answer(
      "http://127.0.0.1:9/mirror/?apikey=k&s=A%20%26%20B&type=movie",
      json: #"{"Response":"False","Error":"Movie not found!"}"#)
    var request = MatchRequest(kind: .movie)
    request.title = "A & B"
    #expect(try await OMDbSource(host.context).match(request, host.context) == [])
    #expect(host.unexpectedRequests == [])
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let own = try plugin.manifest()
    #expect(own == manifest)
    #expect(own.settings.filter(\.secret).map(\.name) == ["apiKey"])
    #expect(own.settings.filter(\.required).map(\.name) == ["apiKey"])
    let item = try await plugin.ask("fetch", ItemRequest(id: Service.id("omdb-show-tt99000082")), MediaItem.self)
    #expect(item == (try await service.fetch("omdb-show-tt99000082")))
    plugin.close()
  }
}
