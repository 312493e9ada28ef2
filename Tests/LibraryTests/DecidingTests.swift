import Answers
import Merging
import MetadataModel
import PluginCalls
import Support
import Testing
import Works

@testable import Library

@Suite struct DecidingTests {
  private func pair() throws -> [FakeSource] {
    try [
      ManySources.show("alpha", ids: ["imdb": "tt1"]), ManySources.show("beta", ids: ["imdb": "tt1"]),
    ]
  }

  private func stage(_ sources: [FakeSource], works: WorkStore? = nil) -> Stage {
    Stage(sources, kind: .show, works: works)
  }

  private func key(_ stage: Stage, _ request: MatchRequest = ManySources.hints()) async throws -> String? {
    try await stage.match(request).first?.id.description
  }

  @Test func theSameHintsGetTheSameKeyWhateverTheOrderOfSources() async throws {
    let sources = try pair()
    let before = stage(sources)
    #expect(try await key(before) == "alpha-show-1")
    #expect(try await key(stage(sources.reversed(), works: before.works)) == "alpha-show-1")
  }

  @Test func aWorkHasOneKeyWhateverTheHints() async throws {
    let sources = try pair()
    let before = stage(sources)
    _ = try await key(before)
    var byID = MatchRequest(kind: .show)
    byID.externalIDs = ["imdb": "tt1"]
    #expect(try await key(stage([sources[1]], works: before.works), byID) == "alpha-show-1")
  }

  @Test func aKeyIsServedAfterItsSourceIsGone() async throws {
    let sources = try pair()
    let before = stage(sources)
    _ = try await key(before)
    _ = try await key(stage(sources.reversed(), works: before.works), ManySources.hints("harbor lights"))
    var byID = MatchRequest(kind: .show)
    byID.externalIDs = ["imdb": "tt1"]
    let after = stage([sources[1]], works: before.works)
    #expect(try await key(after, byID) == "alpha-show-1")
    #expect(try await after.fetch("alpha-show-1").title == "Harbor Lights")
  }

  @Test func aDecisionWhoseItemIsGoneIsMadeAnew() async throws {
    let sources = try pair()
    let before = stage(sources)
    _ = try await key(before)
    sources[0].change {
      $0.items = [:]
      $0.onMatch = { _ throws(PluginError) in [] }
    }
    // Nobody has said yet that beta's record is the same work.
    let after = stage(sources, works: before.works)
    #expect(try await key(after)?.isEmpty == false)
  }

  @Test func aDecisionMadeWithoutAFailedSourceIsNotKept() async throws {
    let sources = try pair()
    sources[0].change { $0.failure = PluginError(.unavailable, "down") }
    let before = stage(sources)
    #expect(try await key(before) == "beta-show-1")
    #expect(await before.works.decision(for: ManySources.hints().decisionHints, provider: "main") == nil)
  }

  @Test func aPinWinsOverEverything() async throws {
    let sources = try pair()
    let other = try mediaItem("beta-show-9", "Quite Another")
    sources[1].change { $0.items[other.id] = other }
    let stage = stage(sources)
    #expect(try await key(stage) == "alpha-show-1")
    let target = PinTarget(title: "Harbor Lights", year: 2014)
    _ = try await stage.works.pin(target, shown: "Harbor Lights (2014)", to: other.id, provider: "main")
    let later = self.stage(sources, works: stage.works)
    #expect(try await key(later) == "beta-show-9")
    #expect(try await key(later, ManySources.hints("Harbour Lights", 1999)) != "beta-show-9")
  }

  @Test func aPinnedFolderHoldsForTheEpisodesInIt() async throws {
    let sources = try pair()
    let other = try mediaItem("beta-show-9", "Quite Another")
    let season = try mediaItem("beta-season-9", "Season 1", index: 1)
    sources[1].change {
      $0.items[other.id] = other
      $0.children[other.id] = [season]
    }
    let stage = stage(sources)
    let target = try #require(PinTarget.path("Harbor Lights (2014)"))
    _ = try await stage.works.pin(target, shown: "Harbor Lights (2014)", to: other.id, provider: "main")
    var request = MatchRequest(kind: .season)
    request.showTitle = "Harbor Lights"
    request.season = 1
    request.file = "Harbor Lights (2014)/Season 01/x.mkv"
    #expect(try await key(stage, request) == "beta-season-9")
  }

  @Test func aPersonWhoChoosesSeesEverything() async throws {
    let sources = try pair()
    let stage = stage(sources)
    let target = PinTarget(title: "Harbor Lights", year: 2014)
    _ = try await stage.works.pin(
      target, shown: "Harbor Lights", to: try item("alpha-show-1"), provider: "main")
    var request = ManySources.hints()
    request.manual = true
    #expect(try await stage.match(request).count >= 1)
  }

  @Test func whatIsNotFoundIsNotedWithWhatCameClosest() async throws {
    let stage = stage(try pair())
    let found = try await stage.match(ManySources.hints("Harbor", 1950))
    #expect(found.isEmpty)
    let noted = try await stage.works.unmatched(provider: "main")
    #expect(noted.map(\.title) == ["Harbor"])
    #expect(noted.first?.closest == "Harbor Lights (2014) alpha-show-1")
  }

  @Test func whatIsFoundLaterIsNotedNoLonger() async throws {
    let source = FakeSource("alpha")
    let stage = stage([source])
    _ = try await stage.match(ManySources.hints())
    #expect(try await stage.works.unmatched(provider: nil).count == 1)
    let show = try mediaItem("alpha-show-1", "Harbor Lights") { $0.year = 2014 }
    source.change {
      $0.items[show.id] = show
      $0.candidates = [Candidate(show)]
    }
    stage.time.advance(milliseconds: 3_700_000)
    #expect(try await stage.match(ManySources.hints()).count == 1)
    #expect(try await stage.works.unmatched(provider: nil).isEmpty)
  }

  @Test func anExplanationDecidesNothing() async throws {
    let sources = try pair()
    let stage = stage(sources)
    let trace = Trace()
    _ = try await stage.match(ManySources.hints(), trace: trace)
    #expect(await stage.works.decision(for: ManySources.hints().decisionHints, provider: "main") == nil)
    #expect(trace.snapshot.decision == "title and year")
  }

  @Test func anExplanationTellsWhatWasDecidedBefore() async throws {
    let sources = try pair()
    let stage = stage(sources)
    _ = try await stage.match(ManySources.hints())
    let trace = Trace()
    let found = try await stage.match(ManySources.hints(), trace: trace)
    #expect(found.first?.reason == "decided before: title and year")
    #expect(!trace.snapshot.candidates.isEmpty)
  }
}
