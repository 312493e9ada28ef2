import Answers
import Gathering
import Merging
import MetadataModel
import PluginCalls
import Searching
import Support
import Testing
import Works

@testable import Library

@Suite struct WorkGatheringTests {
  /// Alpha has texts, beta pictures; both know the show's id at a third service.
  private func pair(_ ids: (alpha: ExternalIDs, beta: ExternalIDs) = (["imdb": "tt1"], ["imdb": "tt1"])) throws
    -> (alpha: FakeSource, beta: FakeSource)
  {
    let one = [[(title: "Dawn", date: "2014-01-01")]]
    let alpha = try ManySources.show("alpha", ids: ids.alpha, seasons: one) { $0.summary = "From alpha." }
    let beta = try ManySources.show("beta", ids: ids.beta, seasons: one) {
      $0.summary = "From beta."
      $0.tagline = "Only beta knows."
      $0.artwork = [ManySources.poster, ManySources.logo]
    }
    return (alpha, beta)
  }

  private func stage(_ sources: [FakeSource], works: WorkStore? = nil, _ change: (inout MergePolicy) -> Void = { _ in })
    -> Stage
  {
    var policy = MergePolicy()
    change(&policy)
    return Stage(sources, kind: .show, works: works, policy: policy)
  }

  @Test func thePoorRecordsGapsAreFilledFromTheNextSource() async throws {
    let (alpha, beta) = try pair()
    let item = try await stage([alpha, beta]).fetch("alpha-show-1")
    #expect(item.summary == "From alpha.")
    #expect(item.tagline == "Only beta knows.")
    #expect(item.artwork.map(\.form) == [.coverPoster, .clearLogo])
    #expect(item.id.description == "alpha-show-1")
    #expect(item.provenance?["tagline"] == [Origin(source: "beta", language: nil)])
  }

  @Test func aGoodRecordCostsNoOtherSourceACall() async throws {
    let (alpha, beta) = try pair()
    let item = try await stage([beta, alpha]).fetch("beta-show-1")
    #expect(item.summary == "From beta.")
    #expect(alpha.calls == [])
  }

  @Test func aPolicyThatAsksAllAsksAll() async throws {
    let (alpha, beta) = try pair()
    let item = try await stage([beta, alpha]) { $0.asksAll = true }.fetch("beta-show-1")
    #expect(item.summary == "From beta.")
    #expect(alpha.calls.contains("fetch alpha-show-1"))
  }

  @Test func aSourceThatAFieldNamesIsAskedAndGoesFirst() async throws {
    let (alpha, beta) = try pair()
    let stage = stage([beta, alpha]) { $0.fields = [FieldScope(.summary): FieldRule(sources: ["alpha"])] }
    #expect(try await stage.fetch("beta-show-1").summary == "From alpha.")
  }

  @Test func nothingIsMergedOnTheTitleAlone() async throws {
    let alpha = try ManySources.show("alpha", year: nil) { $0.summary = "From alpha." }
    let beta = try ManySources.show("beta", year: nil) { $0.tagline = "Of another work?" }
    #expect(try await stage([alpha, beta]).fetch("alpha-show-1").tagline == nil)
  }

  @Test func titleAndYearAreProofEnough() async throws {
    let alpha = try ManySources.show("alpha") { $0.summary = "From alpha." }
    let beta = try ManySources.show("beta", "The Harbor Lights") { $0.tagline = "Of the same." }
    #expect(try await stage([alpha, beta]).fetch("alpha-show-1").tagline == "Of the same.")
  }

  @Test func twoWorksOfOneTitleAndYearAreKeptApart() async throws {
    let (alpha, beta) = try pair((["imdb": "tt1"], ["imdb": "tt2"]))
    let stage = stage([alpha, beta])
    #expect(try await stage.fetch("alpha-show-1").tagline == nil)
    #expect(try await stage.fetch("beta-show-1").tagline == "Only beta knows.")
  }

  @Test func aContradictionToWhatIsKnownOfTheWorkKeepsApart() async throws {
    let (alpha, beta) = try pair((["imdb": "tt1"], ["imdb": "tt1", "tvdb": "7"]))
    let stage = stage([alpha, beta])
    let known = Member(id: try item("gamma-show-1"), externalIDs: ["tvdb": "8"], title: "Harbor Lights", year: 2014)
    let own = Member(id: try item("alpha-show-1"), externalIDs: ["imdb": "tt1"], title: "Harbor Lights", year: 2014)
    _ = await stage.works.join(own, to: own.id, saidBy: "alpha")
    _ = await stage.works.join(known, to: own.id, saidBy: "gamma")
    #expect(try await stage.fetch("alpha-show-1").tagline == nil)
  }

  @Test func whatWasProvenOnceIsFetchedByItsId() async throws {
    let (alpha, beta) = try pair()
    let stage = stage([alpha, beta])
    _ = try await stage.fetch("alpha-show-1")
    let again = Stage([alpha, beta], kind: .show, works: stage.works, policy: MergePolicy())
    beta.change { $0.onMatch = { _ throws(PluginError) in throw PluginError(.fault, "must not be searched") } }
    #expect(try await again.fetch("alpha-show-1").tagline == "Only beta knows.")
  }

  @Test func aSourceWithoutTheItemIsNotAskedAgainAllTheTime() async throws {
    let alpha = try ManySources.show("alpha", seasons: [[("Dawn", "2014-01-01")]]) { $0.summary = "From alpha." }
    let beta = FakeSource("beta", namespaces: ["imdb"])
    let stage = stage([alpha, beta])
    _ = try await stage.fetch("alpha-show-1")
    let asked = beta.calls.count
    stage.time.advance(milliseconds: 61_000)
    _ = try await stage.children("alpha-show-1")
    _ = try await stage.fetch("alpha-show-1")
    #expect(asked > 0)
    #expect(beta.calls.count == asked)
  }

  @Test(arguments: [0, 1])
  func aSourceThatIsDownLeavesTheRestToTheOther(_ down: Int) async throws {
    let (alpha, beta) = try pair()
    let works: WorkStore
    do {
      let before = stage([alpha, beta])
      _ = try await before.fetch("alpha-show-1")
      works = before.works
    }
    let sources = [alpha, beta]
    sources[down].change { $0.failure = PluginError(.unavailable, "down") }
    let item = try await stage(sources, works: works).fetch("alpha-show-1")
    #expect(item.summary == (down == 0 ? "From beta." : "From alpha."))
    #expect(item.id.description == "alpha-show-1")
  }

  @Test func anAnswerMadeWithoutOneIsSoonMadeAgain() async throws {
    let (alpha, beta) = try pair()
    beta.change { $0.failure = PluginError(.unavailable, "down") }
    let stage = stage([alpha, beta])
    #expect(try await stage.fetch("alpha-show-1").tagline == nil)
    beta.change { $0.failure = nil }
    stage.time.advance(milliseconds: 61_000)
    #expect(try await stage.fetch("alpha-show-1").tagline == "Only beta knows.")
  }

  @Test func whenAllAreDownTheOldAnswerServesAndWithoutOneItIsAnOutage() async throws {
    let (alpha, beta) = try pair()
    let stage = stage([alpha, beta])
    _ = try await stage.fetch("alpha-show-1")
    for source in [alpha, beta] { source.change { $0.failure = PluginError(.unavailable, "down") } }
    stage.time.advance(milliseconds: 30 * 86_400_000)
    #expect(try await stage.fetch("alpha-show-1").tagline == "Only beta knows.")
    let failure = await stage.failure { _ = try await stage.fetch("alpha-show-2") }
    #expect(failure?.kind == .unavailable)
  }

  @Test(arguments: [("disabled: switched off in plugins.json", 86_400), ("suspended: too many faults", 60)])
  func aSourceThatIsSwitchedOffIsNoFailure(_ reason: String, _ seconds: Int64) async throws {
    let (alpha, beta) = try pair()
    beta.change { $0.unusable = reason }
    let stage = stage([alpha, beta])
    _ = try await stage.fetch("alpha-show-1")
    var provider = Stage.provider
    provider.kind = .show
    let space = Chain(provider: provider, sources: [alpha, beta]).itemSpace
    let name = ItemRequest(id: try item("alpha-show-1")).cacheName(.fetch)
    let kept = try #require(await stage.store.value(for: name, in: space))
    #expect((kept.freshUntil - kept.storedAt) / 1000 == seconds)
  }

  @Test func aRevokedKeyIsLikeAnOutageOfThatSource() async throws {
    let (alpha, beta) = try pair()
    let before = stage([alpha, beta])
    _ = try await before.fetch("alpha-show-1")
    alpha.change { $0.failure = PluginError(.unauthorized, "key revoked") }
    #expect(try await stage([alpha, beta], works: before.works).fetch("alpha-show-1").summary == "From beta.")
  }

  @Test func anIdWhoseSourceWasTakenOutIsServedByTheOthers() async throws {
    let (alpha, beta) = try pair()
    let before = stage([alpha, beta])
    _ = try await before.fetch("alpha-show-1")
    let item = try await stage([beta], works: before.works).fetch("alpha-show-1")
    #expect(item.id.description == "alpha-show-1")
    #expect(item.summary == "From beta.")
  }

  @Test func anIdThatNobodyKnowsIsNotFound() async throws {
    let (alpha, _) = try pair()
    let stage = stage([alpha])
    #expect(await stage.failure { _ = try await stage.fetch("gamma-show-1") }?.kind == .notFound)
  }

  @Test func aNewOrderOfSourcesChangesTheDataAndNotTheKey() async throws {
    let (alpha, beta) = try pair()
    let before = stage([alpha, beta])
    _ = try await before.fetch("alpha-show-1")
    let item = try await stage([beta, alpha], works: before.works).fetch("alpha-show-1")
    #expect(item.id.description == "alpha-show-1")
    #expect(item.summary == "From beta.")
  }

  @Test func aPartialSourceFillsGapsAndIsNeverTheMatch() async throws {
    let (alpha, _) = try pair()
    let art = try ManySources.show("art", ids: ["imdb": "tt1"]) {
      $0.artwork = [ManySources.poster, ManySources.logo]
    }
    let partial = PartialSource(art)
    var policy = MergePolicy()
    policy.quality[.show]?.weights[.episodes] = nil
    let stage = Stage([partial, alpha], kind: .show, policy: policy)
    let found = try await stage.match(ManySources.hints())
    #expect(found.map(\.id.description) == ["alpha-show-1"])
    let item = try await stage.fetch("alpha-show-1")
    #expect(item.summary == "From alpha.")
    #expect(item.artwork.count == 2)
  }

  @Test func theExplanationNamesQualityAndProof() async throws {
    let (alpha, beta) = try pair()
    let trace = Trace()
    let stage = stage([alpha, beta])
    let request = ItemRequest(id: try item("alpha-show-1"))
    _ = try await stage.library.fetch(request, provider: "main", call: stage.call(), trace: trace)
    let snapshot = trace.snapshot
    #expect(snapshot.quality.map(\.source) == ["alpha", "beta"])
    #expect(snapshot.quality.first?.missing == ["artwork.clearLogo", "artwork.coverPoster"])
    #expect(snapshot.links == [Trace.Link(id: try item("beta-show-1"), rule: "imdb id tt1", isSame: true)])
  }

  @Test func aFurtherLanguageOfTheFirstSourceGoesBeforeTheSecondSource() async throws {
    let german = FakeLanguages("alpha", ["de": "Deutsch."])
    let french = FakeLanguages("beta", ["fr": "Français."])
    var policy = MergePolicy()
    policy.languages = ["de"]
    policy.asksAll = true
    let stage = Stage([german, french], kind: .movie, policy: policy)
    let request = ItemRequest(id: try item("alpha-movie-1"), language: "fr-FR")
    let item = try await stage.library.fetch(request, provider: "main", call: stage.call())
    #expect(item.summary == "Deutsch.")
    policy.prefersLanguage = true
    let other = Stage([german, french], kind: .movie, policy: policy)
    #expect(try await other.library.fetch(request, provider: "main", call: other.call()).summary == "Français.")
  }
}
