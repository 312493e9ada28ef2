import MetadataModel
import PluginCalls
import Testing

@testable import Library

@Suite struct MatchingBelowShowTests {
  /// A show with specials and two seasons; S1E2 and a special share a day.
  private func show(_ id: String = "alpha", _ year: Int = 2021) throws -> FakeSource {
    let show = try candidate("\(id)-show-1", "Harbour Lights", year)
    let showID = try item("\(id)-show-1")
    let seasons = try ([2, 0, 1] as [Int]).map { try mediaItem("\(id)-season-\($0)", "Season \($0)", index: $0) }
    let episodes = try [
      0: [mediaItem("\(id)-episode-01", "Special", index: 1, released: "2021-03-14", season: 0)],
      1: [
        mediaItem("\(id)-episode-12", "Ferry", index: 2, released: "2021-03-14", season: 1),
        mediaItem("\(id)-episode-11", "Pier", index: 1, released: "2021-03-07", season: 1),
        mediaItem("\(id)-episode-13", "Mole", index: 3, released: "2021-03-14", season: 1),
      ],
      2: [mediaItem("\(id)-episode-21", "Dock", index: 1, released: "2022-03-07", season: 2)],
    ]
    return FakeSource(id, kinds: [.show, .season, .episode]) {
      $0.candidates = [show]
      $0.children[showID] = seasons
      for (season, list) in episodes {
        if let id = ItemID(source: id, kind: .season, value: "\(season)") { $0.children[id] = list }
        for episode in list { $0.items[episode.id] = episode }
      }
    }
  }

  private func season(_ number: Int?, _ title: String? = "Harbour Lights") -> MatchRequest {
    var request = MatchRequest(kind: .season)
    request.showTitle = title
    request.season = number
    return request
  }

  private func episode(_ season: Int?, _ number: Int?, _ date: String? = nil) -> MatchRequest {
    var request = MatchRequest(kind: .episode)
    request.showTitle = "Harbour Lights"
    request.season = season
    request.episode = number
    request.date = date.flatMap { CalendarDate($0) }
    return request
  }

  @Test(
    "finds a season by its number, 0 included",
    arguments: [
      (0, "0"), (1, "1"), (2, "2"), (3, nil), (-1, nil), (nil, nil),
    ] as [(Int?, String?)])
  func seasons(number: Int?, expected: String?) async throws {
    let found = try await Stage([show()], kind: .show).match(season(number))
    #expect(found.map(\.id.value) == (expected.map { [$0] } ?? []))
    #expect(found.first.map { $0.index == number && $0.reason == "season number" } != false)
  }

  @Test(
    "finds an episode by numbers or by its day",
    arguments: [
      (1, 2, nil, "12"), (0, 1, nil, "01"), (2, 1, nil, "21"), (1, 9, nil, nil), (9, 1, nil, nil),
      (nil, nil, "2021-03-07", "11"), (nil, nil, "2021-03-14", "12"), (nil, nil, "1999-01-01", nil),
      (9, 9, "2022-03-07", "21"), (1, 1, "2022-03-07", "11"), (nil, 2, nil, nil), (1, nil, nil, nil),
      (nil, nil, nil, nil),
    ] as [(Int?, Int?, String?, String?)])
  func episodes(season: Int?, number: Int?, date: String?, expected: String?) async throws {
    let found = try await Stage([show()], kind: .show).match(episode(season, number, date))
    #expect(found.map(\.id.value) == (expected.map { [$0] } ?? []))
  }

  @Test("the year of a season or an episode never keeps its show out")
  func year() async throws {
    var request = season(2)
    request.year = 2022
    #expect(try await Stage([show()], kind: .show).match(request).count == 1)
    var second = episode(2, 1)
    second.year = 1950
    #expect(try await Stage([show()], kind: .show).match(second).count == 1)
  }

  @Test("a year in the show's name does")
  func yearInName() async throws {
    #expect(try await Stage([show()], kind: .show).match(season(1, "Harbour Lights (2021)")).count == 1)
    #expect(try await Stage([show()], kind: .show).match(season(1, "Harbour Lights (1999)")).isEmpty)
    let named = ShowHint.all(from: season(1, "Harbour Lights (2021)"))
    #expect(named.first == ShowHint(title: "Harbour Lights (2021)", year: 2021))
    #expect(ShowHint.all(from: season(1, nil)).isEmpty)
  }

  @Test("all seasons and episodes of a show cost one search and one list each")
  func searchesOnce() async throws {
    let source = try show()
    let stage = Stage([source], kind: .show)
    for number in [0, 1, 2] {
      var request = season(number)
      request.file = "Harbour Lights/Season \(number)/a.mkv"
      #expect(try await stage.match(request).count == 1)
    }
    #expect(try await stage.match(episode(1, 2)).count == 1)
    #expect(try await stage.match(episode(1, 3)).count == 1)
    #expect(source.calls == ["match", "children alpha-show-1", "children alpha-season-1"])
  }

  @Test("the order asked for goes to the lists")
  func order() async throws {
    let source = try show()
    var request = episode(1, 2)
    request.order = "alphaDvd"
    _ = try await Stage([source], kind: .show).match(request)
    #expect(source.calls == ["match", "children alpha-show-1 in alphaDvd", "children alpha-season-1 in alphaDvd"])
    #expect(source.matchRequests.first?.order == nil)
  }

  @Test("an id of the episode, of the season or of the show leads there without a search")
  func ids() async throws {
    let source = try show()
    let stage = Stage([source], kind: .show)
    var request = episode(nil, nil)
    request.id = try item("alpha-episode-13")
    #expect(try await stage.match(request).map(\.reason) == ["own id"])
    var second = episode(1, 2)
    second.showTitle = nil
    second.id = try item("alpha-show-1")
    #expect(try await stage.match(second).map(\.id.value) == ["12"])
    #expect(!source.calls.contains("match"))
  }

  @Test("an external id of an episode is not taken for its show's")
  func externalIDs() async throws {
    let source = try show()
    var request = episode(1, 2)
    request.externalIDs = ["alpha": "1"]
    _ = try await Stage([source], kind: .show).match(request)
    #expect(source.matchRequests.count == 1)
    #expect(source.matchRequests.first?.externalIDs == nil)
    #expect(source.matchRequests.first?.title == "Harbour Lights")
  }

  @Test("a person gets the season of every show of that name, each show once")
  func manual() async throws {
    var request = season(1)
    request.manual = true
    let sources = try [show("alpha"), show("beta", 1999), show("gamma")]
    let found = try await Stage(sources, kind: .show).match(request)
    #expect(found.map(\.id.description) == ["alpha-season-1", "beta-season-1"])
  }

  @Test("a list that cannot be had is an outage, not a missing season")
  func outage() async throws {
    let source = try show()
    let stage = Stage([source], kind: .show)
    #expect(try await stage.match(season(1)).count == 1)
    source.change { $0.failure = PluginError(.unavailable, "down") }
    #expect(try await stage.match(season(2)).count == 1)
    #expect(await stage.failure { _ = try await stage.match(episode(2, 1)) }?.kind == .unavailable)
    let fresh = Stage([source], kind: .show)
    #expect(await fresh.failure { _ = try await fresh.match(season(1)) }?.kind == .unavailable)
  }
}
