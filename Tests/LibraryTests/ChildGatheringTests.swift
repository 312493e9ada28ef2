import Merging
import MetadataModel
import PluginCalls
import Support
import Testing
import Works

@testable import Library

@Suite struct ChildGatheringTests {
  private let dawn = (title: "Dawn", date: "2014-01-01")
  private let noon = (title: "Noon", date: "2014-01-08")
  private let dusk = (title: "Dusk", date: "2014-01-15")

  /// Both know the show by one id; beta has summaries.
  private func pair(
    _ alpha: [[(title: String, date: String)]], _ beta: [[(title: String, date: String)]]
  ) throws -> [FakeSource] {
    let sources = try [
      ManySources.show("alpha", ids: ["imdb": "tt1"], seasons: alpha),
      ManySources.show("beta", ids: ["imdb": "tt1"], seasons: beta),
    ]
    sources[1].change { content in
      for (id, items) in content.children {
        content.children[id] = items.map { item in
          var item = item
          if item.kind == .episode { item.summary = "About \(item.title)." }
          return item
        }
      }
    }
    return sources
  }

  private func stage(_ sources: [FakeSource], works: WorkStore? = nil, _ change: (inout MergePolicy) -> Void = { _ in })
    -> Stage
  {
    var policy = MergePolicy.firstSourceAlone
    change(&policy)
    return Stage(sources, kind: .show, works: works, policy: policy)
  }

  /// The show as two sources together know it.
  private func known(_ sources: [FakeSource], _ change: (inout MergePolicy) -> Void = { _ in }) async throws -> Stage {
    let stage = stage(sources) {
      $0.asksAll = true
      change(&$0)
    }
    _ = try await stage.fetch("alpha-show-1")
    _ = try await stage.grandchildren("alpha-show-1")
    return stage
  }

  @Test func theFirstSourceThatHasAnyGivesTheList() async throws {
    let sources = try pair([], [[dawn, noon]])
    let before = try await known(sources)
    let stage = stage(sources, works: before.works)
    #expect(try await stage.children("alpha-show-1").map(\.id.description) == ["beta-season-1"])
    let episodes = try await stage.children("beta-season-1")
    #expect(episodes.map(\.title) == ["Dawn", "Noon"])
    #expect(episodes.first?.grandparent?.id.description == "alpha-show-1")
  }

  @Test func aPoorListIsCompletedFromTheNextSource() async throws {
    let sources = try pair([[dawn, noon]], [[dawn, noon]])
    let before = try await known(sources)
    let stage = stage(sources, works: before.works) {
      $0.quality[.episode] = QualityRule(weights: [.summary: 1], threshold: 0.5)
    }
    let episodes = try await stage.children("alpha-season-1")
    #expect(episodes.map(\.summary) == ["About Dawn.", "About Noon."])
    #expect(episodes.map(\.id.description) == ["alpha-episode-1x1", "alpha-episode-1x2"])
  }

  @Test func aGoodListCostsNoOtherSourceACall() async throws {
    let sources = try pair([[dawn]], [[dawn]])
    let before = try await known(sources)
    let calls = sources[1].calls.count
    let stage = stage(sources, works: before.works) {
      $0.quality[.episode] = QualityRule(weights: [.title: 1], threshold: 1)
    }
    _ = try await stage.grandchildren("alpha-show-1")
    #expect(sources[1].calls.count == calls)
  }

  @Test func episodesThatOnlyTheNextSourceHasAreThere() async throws {
    let stage = try await known(try pair([[dawn]], [[dawn, noon], [dusk]]))
    let episodes = try await stage.grandchildren("alpha-show-1")
    #expect(episodes.map(\.title) == ["Dawn", "Noon", "Dusk"])
    #expect(episodes.map(\.id.description) == ["alpha-episode-1x1", "beta-episode-1x2", "beta-episode-2x1"])
  }

  @Test func keysStayWhenTheFirstSourceIsDown() async throws {
    let sources = try pair([[dawn, noon]], [[dawn, noon]])
    let before = try await known(sources)
    sources[0].change { $0.failure = PluginError(.unavailable, "down") }
    let stage = stage(sources, works: before.works)
    #expect(try await stage.children("alpha-show-1").map(\.id.description) == ["alpha-season-1"])
    let episodes = try await stage.children("alpha-season-1")
    #expect(episodes.map(\.id.description) == ["alpha-episode-1x1", "alpha-episode-1x2"])
    #expect(episodes.first?.summary == "About Dawn.")
    #expect(try await stage.fetch("alpha-episode-1x2").title == "Noon")
    #expect(try await stage.fetch("alpha-season-1").index == 1)
  }

  @Test func keysStayWhenTheFirstSourceIsTakenOut() async throws {
    let sources = try pair([[dawn, noon]], [[dawn, noon]])
    let before = try await known(sources)
    let stage = stage([sources[1]], works: before.works)
    #expect(
      try await stage.children("alpha-season-1").map(\.id.description) == [
        "alpha-episode-1x1", "alpha-episode-1x2",
      ])
    let episode = try await stage.fetch("alpha-episode-1x2")
    #expect(episode.id.description == "alpha-episode-1x2")
    #expect(episode.title == "Noon")
    #expect(episode.parent?.id.description == "alpha-season-1")
    #expect(episode.grandparent?.id.description == "alpha-show-1")
  }

  @Test func keysStayWhenTheServiceNumbersAnew() async throws {
    let sources = try pair([[dawn, noon]], [])
    let stage = try await known(sources)
    let season = try item("alpha-season-1")
    sources[0].change { content in
      // A new first episode moves the others up.
      var pilot = content.children[season]?.first
      pilot?.id = ItemID(source: "alpha", kind: .episode, value: "pilot") ?? season
      pilot?.title = "Pilot"
      let moved = (content.children[season] ?? []).map { item in
        var item = item
        item.index = (item.index ?? 0) + 1
        return item
      }
      content.children[season] = [pilot].compactMap { $0 } + moved
    }
    stage.time.advance(milliseconds: 8 * 86_400_000)
    let episodes = try await stage.children("alpha-season-1")
    #expect(episodes.map(\.index) == [1, 2, 3])
    #expect(episodes.map(\.id.description) == ["alpha-episode-pilot", "alpha-episode-1x1", "alpha-episode-1x2"])
  }

  @Test func anOrderIsOneSourcesAlone() async throws {
    let sources = try pair([[dawn]], [[dawn, noon]])
    let before = try await known(sources)
    let stage = stage(sources, works: before.works) { $0.asksAll = true }
    _ = try await stage.children("alpha-show-1", order: "betaDvd")
    #expect(sources[1].calls.contains("children beta-show-1 in betaDvd"))
    #expect(!sources[0].calls.contains { $0.contains("betaDvd") })
  }

  @Test func theProvidersOrderIsTakenWhereTheShowHasOne() async throws {
    let sources = try pair([[dawn]], [])
    sources[0].change { content in
      for (id, item) in content.items where id.kind == .show {
        var item = item
        item.seasonOrders = [SeasonOrder(id: "alphaDvd", tag: "DVD", title: "Alpha (DVD)")]
        content.items[id] = item
      }
    }
    let stage = stage(sources) { $0.order = .dvd }
    _ = try await stage.children("alpha-show-1")
    #expect(sources[0].calls.contains("children alpha-show-1 in alphaDvd"))
    let plain = self.stage(sources) { $0.order = .absolute }
    #expect(try await plain.children("alpha-show-1").count == 1)
  }

  @Test(arguments: [true, false])
  func whatAListSaysInFullIsNotFetchedOneByOne(isWhole: Bool) async throws {
    let season = try mediaItem("alpha-season-1", "Season 1", index: 1)
    let dawn = try mediaItem("alpha-episode-1", "Dawn", index: 1, season: 1)
    let source = FakeSource(listsWholeItems: isWhole) {
      $0.items = [season.id: season, dawn.id: dawn]
      $0.children = [season.id: [dawn]]
    }
    let stage = Stage([source], kind: .show)
    _ = try await stage.children("alpha-season-1")
    #expect(try await stage.fetch("alpha-episode-1").title == "Dawn")
    #expect(source.calls == ["children alpha-season-1"] + (isWhole ? [] : ["fetch alpha-episode-1"]))
  }
}
