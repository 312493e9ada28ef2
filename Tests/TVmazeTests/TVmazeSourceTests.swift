import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TVmaze

@Suite struct TVmazeSourceTests {
  @Test func answersAllHitsOfATitleTheBestFirst() async throws {
    let candidates = try await Service().match("Harbor Lights")
    #expect(candidates.map(\.id.description) == ["tvmaze-show-82", "tvmaze-show-83"])
    #expect(candidates.map(\.year) == [2014, 1998])
    #expect(candidates[0].released == CalendarDate("2014-01-05"))
    #expect(candidates[0].externalIDs == ["imdb": "tt99000082", "tvdb": "990082", "tvmaze": "82"])
    #expect(candidates[0].poster == "https://static.tvmaze.com/uploads/images/original_untouched/poster-82.jpg")
    #expect(candidates[0].summary == "A lighthouse keeper and her brother run the last harbor office of a small town.")
    #expect(candidates[0].score == 1)
    #expect(try #require(candidates[1].score) < 1)
  }

  @Test(arguments: [
    ("Harbor Lights (2014)", "tvmaze-show-82"), ("signal (2013)", "tvmaze-show-411"), ("Salt & Ink", "tvmaze-show-512"),
    ("Året på skäret", "tvmaze-show-310"), ("The Morning Table", "tvmaze-show-1205"),
  ])
  func findsTitlesHoweverTheyAreWritten(title: String, id: String) async throws {
    #expect(try await Service().match(title).first?.id.description == id)
  }

  @Test func tellsOtherNamesWhenNoHitHasTheNameItself() async throws {
    let service = try Service()
    let candidates = try await service.match("Hafenlichter")
    #expect(candidates.map(\.title) == ["Harbor Lights"])
    #expect(candidates.first?.alternativeTitles == ["Harbour Lights", "Hafenlichter", "Les Feux du port"])
    _ = try await service.fetch("tvmaze-show-82")
    #expect(service.fake.targets.filter { $0.hasPrefix("/shows/82?") }.count == 1)
  }

  @Test(arguments: [nil, "", "Zzyzx Quagga"])
  func hasNoCandidateForAnUnknownTitle(title: String?) async throws {
    #expect(try await Service().match(title) == [])
  }

  @Test(
    arguments: [
      (["imdb": "tt99000512"], "tvmaze-show-512"), (["tvdb": "990083"], "tvmaze-show-83"),
      (["tvmaze": "310"], "tvmaze-show-310"), (["imdb": "tt00000001", "tvdb": "990082"], "tvmaze-show-82"),
      (["tvmaze": "999999", "imdb": "tt99000411"], "tvmaze-show-411"),
    ] as [([String: String], String)])
  func looksUpIdsOfOtherServices(ids: [String: String], id: String) async throws {
    #expect(try await Service().match("Something Else", ids: ExternalIDs(ids)).map(\.id.description) == [id])
  }

  @Test func aLookupCostsOneCallBesidesTheShow() async throws {
    let service = try Service()
    _ = try await service.match(ids: ["imdb": "tt99000512"])
    #expect(
      service.host.requests.map { $0.url.prefix { $0 != "?" } }
        == ["https://api.tvmaze.com/lookup/shows", "https://api.tvmaze.com/shows/512"])
    #expect(service.host.requests.map(\.followsRedirects) == [false, true])
  }

  @Test(arguments: [
    (301, "https://api.tvmaze.com/shows/82/", true), (301, "/people/82", false), (301, "", false), (500, "", false),
  ])
  func aLookupThatLeadsToNoShowIsUnavailable(status: Int, location: String, isFound: Bool) async throws {
    let host = FakeHost()
    host.answer { _ in HTTPResponse(status: status, headers: ["location": location]) }
    let api = TVmazeAPI(base: TVmazeAPI.standardBase, host: host.context)
    if isFound {
      #expect(try await api.lookup("imdb", "tt1") == 82)
    } else {
      await #expect(throws: PluginError.self) { try await api.lookup("imdb", "tt1") }
    }
  }

  @Test func anOlderHostFollowsTheLookup() async throws {
    let host = FakeHost()
    host.answer { _ in HTTPResponse(status: 200, body: Array(#"{"id":82,"name":"Harbor Lights"}"#.utf8)) }
    #expect(try await TVmazeAPI(base: TVmazeAPI.standardBase, host: host.context).lookup("imdb", "tt1") == 82)
  }

  @Test func fallsBackToTheTitleWhenAnIdIsUnknown() async throws {
    #expect(try await Service().match(ids: ["imdb": "tt00000001"]) == [])
    let candidates = try await Service().match("Salt & Ink", ids: ["imdb": "tt00000001"])
    #expect(candidates.map(\.id.description) == ["tvmaze-show-512"])
  }

  @Test func addsTitleHitsToAnIdsWhenAPersonChooses() async throws {
    let candidates = try await Service().match("Harbor Lights", ids: ["tvdb": "990083"], manual: true)
    #expect(candidates.map(\.id.description) == ["tvmaze-show-83", "tvmaze-show-82"])
  }

  @Test func takesItsOwnId() async throws {
    let service = try Service()
    var request = MatchRequest(kind: .show)
    request.title = "Something Else"
    request.id = try Service.id("tvmaze-show-613")
    #expect(try await service.source.match(request, service.host.context).map(\.title) == ["Northern Ferries"])
  }

  @Test func doesNotOfferMovies() async throws {
    let service = try Service()
    await #expect(throws: PluginError.self) {
      try await service.source.match(MatchRequest(kind: .movie), service.host.context)
    }
  }

  @Test func needsFourRequestsForAShowWithAllItsSeasonsAndEpisodes() async throws {
    let service = try Service()
    let found = try #require(try await service.match("Harbor Lights").first)
    let show = try await service.fetch(found.id.description)
    let seasons = try await service.children(show.id.description)
    for season in seasons {
      _ = try await service.fetch(season.id.description)
      for episode in try await service.children(season.id.description) {
        #expect(try await service.fetch(episode.id.description) == episode)
      }
    }
    #expect(seasons.map(\.index) == [0, 1, 2, 3])
    #expect(service.fake.callCount == 4, "\(service.fake.targets)")
  }

  @Test(arguments: ["tvmaze-season-82-0", "tvmaze-episode-82-9002"])
  func asksForSpecialsOnlyWhenOneIsWanted(id: String) async throws {
    let service = try Service()
    _ = try await service.fetch("tvmaze-season-82-1")
    _ = try await service.fetch("tvmaze-episode-82-4952")
    #expect(service.fake.callCount == 1)
    #expect(try await service.fetch(id).id.description == id)
    #expect(service.fake.callCount == 2)
  }

  @Test(arguments: [
    "tvmaze-show-9", "tvmaze-season-82-9", "tvmaze-season-83-0", "tvmaze-episode-82-1", "tvmaze-show-82-1",
    "tvmaze-show-082", "tvmaze-show-x", "tvmaze-season-82", "tvmaze-episode-82-99999999999999999999",
    "tvmaze-movie-82", "other-show-82",
  ])
  func saysThatAnUnknownIdIsNotFound(id: String) async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().fetch(id) }
    #expect(error?.kind == .notFound)
  }

  @Test func offersTheDVDOrderOnlyWhereThereIsOne() async throws {
    let service = try Service()
    #expect(try await service.fetch("tvmaze-show-82").seasonOrders.map(\.id) == ["tvmazeDvd"])
    #expect(try await service.fetch("tvmaze-show-83").seasonOrders == [])
    #expect(try await service.children("tvmaze-show-83", order: "tvmazeDvd").map(\.index) == [1])
  }

  @Test func numbersEpisodesByTheDVDWhenAsked() async throws {
    let service = try Service()
    let seasons = try await service.children("tvmaze-show-82", order: "tvmazeDvd")
    #expect(seasons.map(\.index) == [0, 1, 2])
    let episodes = try await service.children("tvmaze-season-82-1", order: "tvmazeDvd")
    #expect(episodes.map(\.title) == ["Part 1.2", "Part 1.1", "The Long Part"])
    #expect(episodes.map(\.id.description).first == "tvmaze-episode-82-4953")
    #expect(try await service.fetch("tvmaze-episode-82-4953", order: "tvmazeDvd").index == 1)
    #expect(try await service.fetch("tvmaze-episode-82-4953").index == 2)
    #expect(
      try await service.children("tvmaze-season-82-0", order: "tvmazeDvd").map(\.title) == [
        "Behind the Lamp", "Without a Date",
      ])
  }

  @Test func passesOnThatTheServiceIsDown() async throws {
    for outage in [FakeTVmaze.Outage.down, .page(status: 500)] {
      let service = try Service()
      service.fake.outage = outage
      for id in ["tvmaze-show-82", "tvmaze-season-82-1", "tvmaze-episode-82-4952"] {
        let error = await #expect(throws: PluginError.self) { try await service.fetch(id) }
        #expect(error?.kind == .unavailable)
      }
      let error = await #expect(throws: PluginError.self) { try await service.match("Harbor Lights") }
      #expect(error?.kind == .unavailable)
    }
  }

  @Test func asksTheMirrorThatTheSettingNames() async throws {
    let host = FakeHost(settings: ["baseURL": .string("http://127.0.0.1:9/mirror/")])
    host.answer("http://127.0.0.1:9/mirror/search/shows?q=Harbor%20Lights", json: "[]")
    var request = MatchRequest(kind: .show)
    request.title = "Harbor Lights"
    #expect(try await TVmazeSource(host.context).match(request, host.context) == [])
    #expect(host.unexpectedRequests == [])
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let manifest = try plugin.manifest()
    #expect(manifest.id == "tvmaze")
    #expect(manifest.hosts == ["api.tvmaze.com"])
    let item = try await plugin.ask("fetch", ItemRequest(id: Service.id("tvmaze-show-82")), MediaItem.self)
    #expect(item == (try await service.fetch("tvmaze-show-82")))
    plugin.close()
  }

  /// What the manifest promises.
  @Test func listsSayOfEachItemAllThatTheItemSays() async throws {
    let service = try Service()
    for season in try await service.children("tvmaze-show-82") {
      #expect(try await service.fetch(season.id.description) == season)
      for episode in try await service.children(season.id.description) {
        #expect(try await service.fetch(episode.id.description) == episode)
      }
    }
  }
}
