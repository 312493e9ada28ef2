import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import FanartTV

@Suite struct FanartTVSourceTests {
  @Test(
    arguments: [
      (MediaKind.movie, ["tmdb": "990101"], "fanarttv-movie-990101"),
      (.movie, ["imdb": "tt99000101"], "fanarttv-movie-tt99000101"),
      (.movie, ["imdb": "tt99000101", "tmdb": "990101"], "fanarttv-movie-990101"),
      (.movie, ["tmdb": "424242", "imdb": "tt99000101"], "fanarttv-movie-tt99000101"),
      (.show, ["tvdb": "990082"], "fanarttv-show-990082"),
    ] as [(MediaKind, [String: String], String)])
  func findsWorksByIdsOfOtherServices(kind: MediaKind, ids: [String: String], id: String) async throws {
    let candidates = try await Service().match(kind, ExternalIDs(ids))
    #expect(candidates.map(\.id.description) == [id])
    #expect(candidates.first?.title == (kind == .movie ? "The Paper Harbor" : "Harbor Lights"))
    #expect(candidates.first?.year == nil)
    #expect(candidates.first?.poster?.hasPrefix("https://assets.fanart.tv/fanart/") == true)
  }

  @Test func tellsTheIdsOfTheRecordAndTheOneAskedFor() async throws {
    let movie = try await Service().match(.movie, ["imdb": "tt99000101"]).first
    #expect(movie?.externalIDs == ["tmdb": "990101", "imdb": "tt99000101"])
    let bare = try await Service().match(.movie, ["imdb": "tt99000102"]).first
    #expect(bare?.externalIDs == ["imdb": "tt99000102"])
    #expect(bare?.poster == nil)
    #expect(try await Service().match(.show, ["tvdb": "990082"]).first?.externalIDs == ["tvdb": "990082"])
  }

  @Test(
    arguments: [
      (MediaKind.movie, nil), (.show, nil), (.movie, ["tvdb": "990082"]), (.show, ["tmdb": "990101"]),
      (.show, ["imdb": "tt99000101"]), (.movie, ["tmdb": "99/../101"]), (.movie, ["tmdb": "0990101"]),
      (.movie, ["imdb": "990101"]), (.movie, ["imdb": "tt12?x=1"]), (.show, ["tvdb": "latest"]),
      (.show, ["tvdb": "９９００８２"]),
    ] as [(MediaKind, [String: String]?)])
  func asksNothingWithoutAnIdThatHelps(kind: MediaKind, ids: [String: String]?) async throws {
    let service = try Service()
    #expect(try await service.match(kind, ids.map { ExternalIDs($0) }) == [])
    #expect(service.fake.paths == [])
  }

  @Test func hasNoCandidateWhereTheServiceHasNoPictures() async throws {
    let service = try Service()
    #expect(try await service.match(.movie, ["tmdb": "424242", "imdb": "tt42424242"]) == [])
    #expect(service.fake.paths == ["/v3/movies/424242", "/v3/movies/tt42424242"])
  }

  @Test func takesItsOwnId() async throws {
    #expect(try await Service().match(.show, nil, id: "fanarttv-show-990082").map(\.title) == ["Harbor Lights"])
    #expect(try await Service().match(.movie, nil, id: "fanarttv-show-990082") == [])
  }

  @Test(arguments: [MediaKind.season, .episode])
  func doesNotOfferOtherKinds(kind: MediaKind) async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().match(kind, ["tvdb": "990082"]) }
    #expect(error?.kind == .unsupported)
  }

  @Test func needsOneRequestForAShowWithAllItsSeasons() async throws {
    let service = try Service()
    let found = try #require(try await service.match(.show, ["tvdb": "990082"]).first)
    let show = try await service.fetch(found.id.description)
    let seasons = try await service.children(show.id.description)
    for season in seasons {
      #expect(try await service.fetch(season.id.description) == season)
      #expect(try await service.children(season.id.description) == [])
      _ = try await service.files(season.id.description, .coverPoster)
    }
    #expect(
      seasons.map(\.id.description) == [
        "fanarttv-season-990082-0", "fanarttv-season-990082-2", "fanarttv-season-990082-10",
      ])
    #expect(service.fake.paths == ["/v3/tv/990082"])
  }

  @Test func needsOneRequestForAMovie() async throws {
    let service = try Service()
    let found = try #require(try await service.match(.movie, ["imdb": "tt99000101"]).first)
    _ = try await service.fetch(found.id.description)
    _ = try await service.files(found.id.description, .coverPoster)
    #expect(service.fake.paths == ["/v3/movies/tt99000101"])
  }

  @Test(arguments: [
    "fanarttv-movie-424242", "fanarttv-show-424242", "fanarttv-season-990082-1", "fanarttv-season-990082-02",
    "fanarttv-season-990082-all", "fanarttv-season-990082", "fanarttv-season-990082-99999999999999999999",
    "fanarttv-movie-0990101", "fanarttv-movie-latest", "fanarttv-show-tt99000101", "fanarttv-episode-990082-1",
    "other-movie-990101",
  ])
  func saysThatAnUnknownIdIsNotFound(id: String) async throws {
    let fetching = await #expect(throws: PluginError.self) { try await Service().fetch(id) }
    #expect(fetching?.kind == .notFound)
    let images = await #expect(throws: PluginError.self) { try await Service().files(id, .coverPoster) }
    #expect(images?.kind == .notFound)
  }

  @Test func bringsTheBestOfEachFormWithTheItemAndAllOnRequest() async throws {
    let service = try Service()
    let item = try await service.fetch("fanarttv-movie-990103")
    #expect(item.artwork.count == FanartTVSource.picturesPerForm)
    #expect(item.artwork.first?.score == 40)
    #expect(try await service.files("fanarttv-movie-990103", .coverPoster).count == 40)
  }

  @Test func keepsTheKeysInHeaders() async throws {
    let service = try Service(settings: ["clientKey": .string(FakeFanartTV.personalKey)])
    _ = try await service.fetch("fanarttv-movie-990101")
    let request = try #require(service.host.requests.first)
    #expect(request.url == "https://webservice.fanart.tv/v3/movies/990101")
    #expect(request.headers == ["api-key": FakeFanartTV.projectKey, "client-key": FakeFanartTV.personalKey])
    #expect(request.freshFor > 0)
    let plain = try Service()
    _ = try await plain.fetch("fanarttv-movie-990101")
    #expect(plain.host.requests.first?.headers == ["api-key": FakeFanartTV.projectKey])
  }

  @Test(arguments: ["", "  "])
  func doesNotOpenWithoutAKey(key: String) throws {
    let error = #expect(throws: PluginError.self) { try Service(key: key) }
    #expect(error?.text.contains("apiKey") == true)
  }

  @Test(arguments: ["http://127.0.0.1:9/mirror/v3.2", "http://127.0.0.1:9/mirror/v3.2/"])
  func asksTheMirrorThatTheSettingNames(base: String) async throws {
    let host = FakeHost(settings: ["baseURL": .string(base), "apiKey": .string("k")], manifest: manifest)
    host.answer("http://127.0.0.1:9/mirror/v3.2/tv/7", json: #"{"name":"Seven","thetvdb_id":"7"}"#)
    let item = try await FanartTVSource(host.context).fetch(
      ItemRequest(id: Service.id("fanarttv-show-7")), host.context)
    #expect(item.title == "Seven")
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let own = try plugin.manifest()
    #expect(own == manifest)
    #expect(own.settings.filter(\.secret).map(\.name) == ["apiKey", "clientKey"])
    #expect(own.settings.filter(\.required).map(\.name) == ["apiKey"])
    let item = try await plugin.ask("fetch", ItemRequest(id: Service.id("fanarttv-show-990082")), MediaItem.self)
    #expect(item == (try await service.fetch("fanarttv-show-990082")))
    plugin.close()
  }
}
