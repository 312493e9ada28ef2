import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

/// What is fetched before anybody asks, and what is looked for again because it may be new.
@Suite struct WarmUpTests {
  /// A show of two seasons with an episode each, the second of them shown a short while ago.
  private func lighthouse() throws -> FakeSource {
    let known = try candidate("alpha-show-1", "Lighthouse Keepers", 2019)
    let show = try mediaItem("alpha-show-1", "Lighthouse Keepers", released: "2019-03-01")
    let seasons = try (1...2).map { (number: Int) in
      try mediaItem("alpha-season-\(number)", "Season \(number)", index: number)
    }
    let episodes = try (1...2).map { (number: Int) in
      try mediaItem(
        "alpha-episode-\(number)", "The Lamp", index: 1, released: "2019-03-0\(number)", season: number)
    }
    return FakeSource {
      $0.candidates = [known]
      $0.items = [show.id: show]
      for season in seasons { $0.items[season.id] = season }
      $0.children = [show.id: seasons, seasons[0].id: [episodes[0]], seasons[1].id: [episodes[1]]]
    }
  }

  private func show(manual: Bool? = nil) -> MatchRequest {
    var request = MatchRequest(kind: .show)
    request.title = "Lighthouse Keepers"
    request.year = 2019
    request.manual = manual
    return request
  }

  private func episode(_ season: Int, _ number: Int) -> MatchRequest {
    var request = MatchRequest(kind: .episode)
    request.showTitle = "Lighthouse Keepers"
    request.season = season
    request.episode = number
    return request
  }

  @Test func whatIsBelowAMatchedShowIsThereBeforeAnybodyAsks() async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show, background: BackgroundPolicy())
    #expect(try await stage.match(show()).count == 1)
    await stage.rest()
    let calls = source.calls
    for id in ["alpha-show-1", "alpha-season-1", "alpha-season-2"] { _ = try await stage.fetch(id) }
    for id in ["alpha-show-1", "alpha-season-1", "alpha-season-2"] { _ = try await stage.children(id) }
    _ = try await stage.images("alpha-show-1")
    #expect(source.calls == calls)
    #expect(source.urgencies.first == .normal && source.urgencies.last == .background)
  }

  @Test func aSecondMatchFetchesNothingAgain() async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show, background: BackgroundPolicy())
    _ = try await stage.match(show())
    await stage.rest()
    let calls = source.calls
    stage.time.advance(milliseconds: 3_700_000)
    _ = try await stage.match(show())
    await stage.rest()
    #expect(source.calls == calls)
  }

  @Test(arguments: [(false, false), (true, true)])
  func aPersonsSearchAndTheSwitchLeaveItOut(isManual: Bool, isOn: Bool) async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show, background: BackgroundPolicy(warmsUp: isOn))
    _ = try await stage.match(show(manual: isManual))
    await stage.rest()
    #expect(!source.calls.contains("children alpha-season-1"))
  }

  @Test func aPersonsSearchGoesBeforeAllOthers() async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show)
    _ = try await stage.match(show(manual: true))
    #expect(!source.urgencies.isEmpty && source.urgencies.allSatisfy { $0 == .interactive })
  }

  @Test func anEpisodeThatIsNotInAKeptListIsLookedForInANewOne() async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show)
    #expect(try await stage.match(episode(2, 2)).isEmpty)
    let fresh = try mediaItem("alpha-episode-9", "The Fog", index: 2, released: "2019-03-09", season: 2)
    source.change { $0.children[fresh.parent?.id ?? fresh.id]?.append(fresh) }
    // Within ten minutes the list is taken as it is.
    stage.time.advance(milliseconds: 599_000)
    #expect(try await stage.match(episode(2, 2)).isEmpty)
    stage.time.advance(milliseconds: 61_000)
    #expect(try await stage.match(episode(2, 2)).map(\.id.description) == ["alpha-episode-9"])
  }

  @Test func whatIsInAKeptListCostsNoCall() async throws {
    let source = try lighthouse()
    let stage = Stage([source], kind: .show)
    #expect(try await stage.match(episode(2, 1)).count == 1)
    let calls = source.calls.count
    stage.time.advance(milliseconds: 3_000_000)
    var other = episode(2, 1)
    other.title = "The Lamp"
    #expect(try await stage.match(other).count == 1)
    #expect(source.calls.count == calls)
  }
}
