import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TVDB

@Suite struct TVDBSourceTests {
  @Test func needsFourRequestsForAShowOfEightSeasonsAndAnEpisodeEach() async throws {
    let service = try Service()
    let found = try #require(try await service.match("Harbor Lights", year: 2014).first)
    let show = try await service.fetch(found.id.description)
    var count = 0
    for season in try await service.children(show.id.description) {
      for episode in try await service.children(season.id.description) {
        #expect(try await service.fetch(episode.id.description) == episode)
        count += 1
      }
    }
    #expect(count == 162)
    // The last two are asked for side by side.
    #expect(
      service.fake.lines.sorted()
        == [
          "POST /v4/login", "GET /v4/search?query=Harbor%20Lights&type=series&year=2014&limit=25",
          "GET /v4/series/81001/extended?meta=translations&short=false",
          "GET /v4/series/81001/episodes/official?page=0", "GET /v4/seasons/81001101/translations/eng",
        ].sorted())
  }

  @Test func needsTwoRequestsForAFilmBesideTheLogin() async throws {
    let service = try Service()
    let found = try #require(try await service.match("The Long Ferry", kind: .movie, year: 2009).first)
    _ = try await service.fetch(found.id.description)
    #expect(service.fake.lines.count == 3, "\(service.fake.lines)")
  }

  @Test func findsAShowByItsTitleAndYear() async throws {
    let service = try Service()
    #expect(try await service.match("Harbor Lights", year: 1998).map(\.id.description) == ["tvdb-show-81004"])
    let candidate = try #require(try await service.match(" Harbor Lights ").first)
    #expect(candidate.id.description == "tvdb-show-81001")
    #expect(candidate.released == CalendarDate("2014-01-01"))
    #expect(candidate.summary == "A lighthouse keeper and her brother.")
    #expect(candidate.poster == "https://artworks.thetvdb.com/banners/series/81001/poster.jpg")
    #expect(candidate.externalIDs == ["imdb": "tt99081001", "tmdb": "5501", "tvdb": "81001"])
    #expect(candidate.alternativeTitles?.contains("Hafenlichter") == true)
    #expect(candidate.score == 1)
  }

  @Test func asksWithoutTheYearWhenItFindsNothing() async throws {
    let service = try Service()
    #expect(try await service.match("Harbor Lights", year: 2013).map(\.year) == [2014, 1998])
    #expect(try await service.match("Zzyzx Quagga", year: 2013) == [])
  }

  @Test func addsOtherYearsWhenAPersonChooses() async throws {
    let candidates = try await Service().match("Harbor Lights", year: 1998, manual: true)
    #expect(candidates.map(\.id.description) == ["tvdb-show-81004", "tvdb-show-81001"])
  }

  @Test func namesCandidatesInTheLanguageAskedFor() async throws {
    let service = try Service()
    #expect(try await service.match("Hafenlichter", language: "de-DE").map(\.title) == ["Hafenlichter"])
    let lantern = try #require(try await service.match("灯の人", language: "de").first)
    #expect(lantern.title == "The Lantern Man")
    #expect(lantern.originalTitle == "灯の人")
  }

  @Test(
    arguments: [
      (MediaKind.show, ["imdb": "tt99081001"], "tvdb-show-81001"), (.show, ["tmdb": "5501"], "tvdb-show-81001"),
      (.show, ["tvdb": "81002"], "tvdb-show-81002"), (.movie, ["imdb": "tt99000031"], "tvdb-movie-31"),
      // The same number is a show's and a movie's at TMDB.
      (.show, ["tmdb": "31"], "tvdb-show-81003"), (.movie, ["tmdb": "31"], "tvdb-movie-31"),
      (.show, ["tvdb": "999", "imdb": "tt99081004"], "tvdb-show-81004"),
    ] as [(MediaKind, [String: String], String)])
  func looksUpIdsOfOtherServices(kind: MediaKind, ids: [String: String], id: String) async throws {
    let candidates = try await Service().match("Something Else", kind: kind, ids: ExternalIDs(ids))
    #expect(candidates.map(\.id.description) == [id])
    #expect(candidates.first?.externalIDs?.shares(anyWith: ExternalIDs(ids)) == true)
  }

  @Test(arguments: [["imdb": "tt00000001"], ["tmdb": "7"], ["tvdb": "x"], ["tvdb": "999"], [:]])
  func hasNothingForIdsThatTheServiceDoesNotKnow(ids: [String: String]) async throws {
    let service = try Service()
    #expect(try await service.match(ids: ExternalIDs(ids)) == [])
    #expect(try await service.match("", ids: ExternalIDs(ids)) == [])
  }

  @Test func takesNoNumberThatTheRecordItselfDoesNotConfirm() async throws {
    let host = FakeHost(settings: ["apiKey": .string("k-1")])
    let base = TVDBAPI.standardBase
    host.answer(
      base + "/login", method: "POST",
      with: HTTPResponse(status: 200, body: Array(#"{"data":{"token":"t"}}"#.utf8)))
    host.answer(base + "/search/remoteid/42", json: #"{"data":[{"people":{"id":1}},{"series":{"id":5}}]}"#)
    host.answer(
      base + "/series/5/extended?meta=translations&short=false",
      json: #"{"data":{"id":5,"name":"X","remoteIds":[{"id":"42","type":9,"sourceName":"Elsewhere"}]}}"#)
    var request = MatchRequest(kind: .show)
    request.externalIDs = ["tmdb": "42"]
    #expect(try await TVDBSource(host.context).match(request, host.context) == [])
    #expect(host.unexpectedRequests == [])
  }

  @Test(arguments: [
    "tvdb-show-9", "tvdb-season-81001-9", "tvdb-season-81001-9-1", "tvdb-season-81001-alternate-1",
    "tvdb-season-81004-0", "tvdb-season-81001-dvd-7", "tvdb-episode-81001-1", "tvdb-show-81001-1", "tvdb-show-081001",
    "tvdb-show-x", "tvdb-season-81001", "tvdb-season-81001-DVD-1", "tvdb-episode-81001-99999999999999999999",
    "tvdb-movie-99", "tvmaze-show-81001", "tvdb-season-81001--1",
  ])
  func saysThatAnUnknownIdIsNotFound(id: String) async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().fetch(id) }
    #expect(error?.kind == .notFound)
  }

  @Test func numbersSeasonsAndEpisodesInTheOrderAskedFor() async throws {
    let service = try Service()
    #expect(try await service.fetch("tvdb-show-81001").seasonOrders.map(\.id) == ["tvdbDvd", "tvdbAbsolute"])
    #expect(try await service.fetch("tvdb-show-81004").seasonOrders == [])
    let seasons = try await service.children("tvdb-show-81001", order: "tvdbDvd")
    #expect(seasons.map(\.index) == [0, 1, 2, 3, 4, 5, 6])
    #expect(seasons[1].id.description == "tvdb-season-81001-dvd-1")
    #expect(try await service.fetch("tvdb-season-81001-dvd-1") == seasons[1])
    for order in [nil, "tvdbDvd", "tvdbAbsolute", "tmdbX"] {
      let episodes = try await service.children("tvdb-season-81001-dvd-1", order: order)
      #expect(episodes.prefix(2).map(\.title) == ["Part 1.2", "Part 1.1"])
      #expect(episodes.first?.parent?.id == seasons[1].id)
    }
    #expect(try await service.fetch("tvdb-episode-81001-700101", order: "tvdbDvd").index == 2)
    #expect(try await service.fetch("tvdb-episode-81001-700101").index == 1)
  }

  @Test func countsThroughAllSeasonsInTheAbsoluteOrder() async throws {
    let service = try Service()
    #expect(try await service.children("tvdb-show-81001", order: "tvdbAbsolute").map(\.index) == [0, 1])
    let episodes = try await service.children("tvdb-season-81001-absolute-1")
    #expect(episodes.map(\.index) == Array(1...160))
    #expect(episodes.last?.absoluteIndex == 160)
    #expect(try await service.fetch("tvdb-episode-81001-700203").absoluteIndex == 23)
  }

  @Test func takesTheUsualOrderWhereAShowHasNotTheOneAskedFor() async throws {
    let service = try Service()
    let seasons = try await service.children("tvdb-show-81004", order: "tvdbDvd")
    #expect(seasons.map(\.id.description) == ["tvdb-season-81004-1"])
    let season = try await service.fetch("tvdb-season-81001-1", order: "tvdbDvd")
    #expect(season.id.description == "tvdb-season-81001-1")
    #expect(try await service.children("tvdb-season-81001-1", order: "tvdbDvd").first?.title == "Part 1.2")
  }

  @Test func readsEveryPageOfALongShow() async throws {
    let service = try Service()
    let seasons = try await service.children("tvdb-show-81003")
    var ids: Set<ItemID> = []
    for season in seasons { ids.formUnion(try await service.children(season.id.description).map(\.id)) }
    #expect(ids.count == 1210)
    #expect(service.fake.lines.filter { $0.contains("/episodes/") }.count == 3)
  }

  @Test func endsWhenAPageComesTwice() async throws {
    let host = FakeHost(settings: ["apiKey": .string("k-1")])
    host.answer { request in
      if request.method == "POST" { return HTTPResponse(status: 200, body: Array(#"{"data":{"token":"t"}}"#.utf8)) }
      let record = #"{"data":{"id":5,"name":"X"}}"#
      let page =
        #"{"data":{"episodes":[{"id":1,"seasonNumber":1,"number":1,"name":"A","nameTranslations":[]}]},"links":{"next":"x y"}}"#
      return HTTPResponse(status: 200, body: Array((request.url.contains("/episodes/") ? page : record).utf8))
    }
    let source = try TVDBSource(host.context)
    let request = ItemRequest(id: try Service.id("tvdb-season-5-1"))
    #expect(try await source.children(request, host.context).count == 1)
    #expect(host.requests.filter { $0.url.contains("page=") }.map(\.url.last) == ["0", "1", "0", "1"])
  }

  @Test func doesNotOfferSeasonsAndEpisodesAsMatches() async throws {
    for kind in [MediaKind.season, .episode, MediaKind(rawValue: "album")] {
      let error = await #expect(throws: PluginError.self) { try await Service().match("Harbor Lights", kind: kind) }
      #expect(error?.kind == .unsupported)
    }
  }

  @Test func readsItsSettings() async throws {
    let error = #expect(throws: PluginError.self) { try Service(version: "v5") }
    #expect(error?.kind == .badRequest)
    #expect(error?.text.contains("apiVersion") == true)
    for (version, base) in [("v4", "http://127.0.0.1:9/m/v4"), ("v3", "http://127.0.0.1:9/m")] {
      let host = FakeHost(settings: [
        "apiKey": .string("k-1"), "apiVersion": .string(version), "baseURL": .string(base + "/"),
      ])
      _ = try? await TVDBSource(host.context).fetch(ItemRequest(id: Service.id("tvdb-show-5")), host.context)
      #expect(host.requests.map(\.url) == [base + "/login"])
    }
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let manifest = try plugin.manifest()
    #expect(manifest.id == "tvdb")
    #expect(manifest.hosts == ["api4.thetvdb.com", "api.thetvdb.com"])
    #expect(manifest.settings.filter(\.secret).map(\.name) == ["apiKey", "pin"])
    #expect(manifest.attribution?.url?.contains("thetvdb.com") == true)
    let item = try await plugin.ask("fetch", ItemRequest(id: Service.id("tvdb-show-81001")), MediaItem.self)
    #expect(item == (try await service.fetch("tvdb-show-81001")))
    plugin.close()
  }
}
