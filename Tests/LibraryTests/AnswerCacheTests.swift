import Gathering
import MetadataModel
import PluginCalls
import Searching
import Support
import Testing

@testable import Library

@Suite struct AnswerCacheTests {
  private static let day: Int64 = 86_400_000

  private func lantern(_ change: (inout FakeSource.Content) -> Void = { _ in }) throws -> FakeSource {
    let lantern = try mediaItem("alpha-movie-1", "The Paper Lantern")
    return FakeSource {
      $0.items[lantern.id] = lantern
      change(&$0)
    }
  }

  @Test("a kept answer costs no call until its time is over")
  func fresh() async throws {
    let source = try lantern()
    let stage = Stage([source])
    _ = try await stage.fetch("alpha-movie-1")
    stage.time.advance(milliseconds: Self.day - 1)
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
    #expect(source.calls.count == 1)
    stage.time.advance(milliseconds: 1)
    _ = try await stage.fetch("alpha-movie-1")
    #expect(source.calls.count == 2)
  }

  @Test("each kind has its own time")
  func perKind() async throws {
    let season = try mediaItem("alpha-season-1", "Season 1")
    let source = try lantern { $0.items[season.id] = season }
    let stage = Stage([source], freshness: Freshness(movie: 10, season: 100))
    _ = try await stage.fetch("alpha-movie-1")
    _ = try await stage.fetch("alpha-season-1")
    stage.time.advance(milliseconds: 50_000)
    _ = try await stage.fetch("alpha-movie-1")
    _ = try await stage.fetch("alpha-season-1")
    #expect(source.calls == ["fetch alpha-movie-1", "fetch alpha-season-1", "fetch alpha-movie-1"])
  }

  @Test("languages are kept apart")
  func languages() async throws {
    let source = try lantern()
    let stage = Stage([source])
    for language in ["de", "fr", "de", nil] {
      let request = ItemRequest(id: try item("alpha-movie-1"), language: language)
      _ = try await stage.library.fetch(request, provider: "main", call: stage.call())
    }
    #expect(source.calls.count == 3)
  }

  @Test("twenty who ask at once cause one call")
  func coalesces() async throws {
    let gate = Gate()
    let source = try lantern { $0.gate = gate }
    let stage = Stage([source])
    let titles = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await stage.fetch("alpha-movie-1").title } }
      await stage.askers(20)
      gate.open()
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(titles == Array(repeating: "The Paper Lantern", count: 20))
    #expect(source.calls.count == 1)
  }

  @Test("twenty who match at once cause one call")
  func coalescesMatches() async throws {
    let gate = Gate()
    let known = try candidate("alpha-movie-1", "The Paper Lantern", 2019)
    let source = FakeSource {
      $0.gate = gate
      $0.candidates = [known]
    }
    let stage = Stage([source])
    let found = try await withThrowingTaskGroup(of: [Candidate].self) { group in
      for _ in 0..<20 { group.addTask { try await stage.match(movie("The Paper Lantern", 2019)) } }
      await stage.askers(20)
      gate.open()
      return try await group.reduce(into: [Candidate]()) { $0 += $1 }
    }
    #expect(found.count == 20)
    #expect(source.calls.count == 1)
  }

  @Test("after a restart over a full store no source is asked")
  func restart() async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    let show = try mediaItem("alpha-show-1", "Harbour Lights")
    let season = try mediaItem("alpha-season-1", "Season 1", index: 1)
    let episode = try mediaItem("alpha-episode-1", "Pier", index: 1, season: 1)
    let known = try candidate("alpha-show-1", "Harbour Lights", 2021)
    func answers(_ stage: Stage) async throws -> [String] {
      var request = MatchRequest(kind: .show)
      request.title = "Harbour Lights"
      var part = MatchRequest(kind: .season)
      part.showTitle = "Harbour Lights"
      part.season = 1
      var texts = [try await stage.fetch("alpha-show-1").title]
      texts += try await stage.children("alpha-show-1").map(\.title)
      texts += try await stage.grandchildren("alpha-show-1").map(\.title)
      texts += try await stage.images("alpha-show-1").map(\.url)
      texts += try await stage.match(request).map(\.title)
      texts += try await stage.match(part).map(\.title)
      let missing = await stage.failure { _ = try await stage.fetch("alpha-show-2") }
      return texts + [missing?.kind.rawValue ?? "found"]
    }
    let first = FakeSource {
      $0.items[show.id] = show
      $0.children = [show.id: [season], season.id: [episode]]
      $0.images = [Artwork(form: .coverPoster, url: "https://img.example.org/1.jpg")]
      $0.candidates = [known]
    }
    let before = try await answers(Stage([first], kind: .show, store: store, time: time))
    #expect(!first.calls.isEmpty)
    let second = FakeSource { $0.failure = PluginError(.fault, "must not be asked") }
    #expect(try await answers(Stage([second], kind: .show, store: store, time: time)) == before)
    #expect(second.calls.isEmpty)
    #expect(before.count == 7)
  }

  @Test("a clear no is remembered for its time, a failure never")
  func negative() async throws {
    let source = FakeSource()
    let stage = Stage([source])
    for _ in 0..<3 { #expect(await stage.failure { _ = try await stage.fetch("alpha-movie-1") }?.kind == .notFound) }
    #expect(source.calls.count == 1)
    stage.time.advance(milliseconds: 3_600_000)
    source.change { $0.failure = PluginError(.unavailable, "down") }
    for _ in 0..<2 { #expect(await stage.failure { _ = try await stage.fetch("alpha-movie-1") }?.kind == .unavailable) }
    #expect(source.calls.count == 3)
    let lantern = try mediaItem("alpha-movie-1", "The Paper Lantern")
    source.change {
      $0.failure = nil
      $0.items[lantern.id] = lantern
    }
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
  }

  /// What the source does after the answer's time is over, and what comes of it.
  struct Outcome: Sendable, CustomTestStringConvertible {
    var failure: PluginError?
    var unusable: String?
    var ageInDays: Int64
    /// Nil: the old answer is given.
    var expected: PluginError.Kind?

    var testDescription: String {
      "\(failure?.kind.rawValue ?? unusable ?? "") after \(ageInDays) days: \(expected?.rawValue ?? "the old answer")"
    }
  }

  @Test(
    "an old answer stands in for every failure, and for no clear no",
    arguments: [
      Outcome(failure: PluginError(.unavailable, "down"), ageInDays: 2),
      Outcome(failure: PluginError(.unauthorized, "key refused"), ageInDays: 2),
      Outcome(failure: PluginError(.fault, "nonsense"), ageInDays: 2),
      Outcome(failure: PluginError(.cancelled, "too late"), ageInDays: 2),
      Outcome(unusable: "needs-configuration: apiKey", ageInDays: 2),
      Outcome(unusable: "suspended: too many faults", ageInDays: 179),
      Outcome(failure: PluginError(.unavailable, "down"), ageInDays: 181, expected: .unavailable),
      Outcome(unusable: "suspended: too many faults", ageInDays: 181, expected: .unavailable),
      Outcome(failure: PluginError(.notFound, "gone"), ageInDays: 2, expected: .notFound),
      Outcome(failure: PluginError(.badRequest, "no number"), ageInDays: 2, expected: .badRequest),
      Outcome(failure: PluginError(.unsupported, "no movies"), ageInDays: 2, expected: .unsupported),
    ])
  func stale(_ outcome: Outcome) async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    let source = try lantern()
    let warm = Stage([source], store: store, time: time)
    _ = try await warm.fetch("alpha-movie-1")
    time.advance(milliseconds: outcome.ageInDays * Self.day)
    source.change {
      $0.failure = outcome.failure
      $0.unusable = outcome.unusable
    }
    for stage in [warm, Stage([source], store: store, time: time)] {
      var title: String?
      let failure = await stage.failure { title = try await stage.fetch("alpha-movie-1").title }
      #expect(failure?.kind == outcome.expected)
      #expect((title == "The Paper Lantern") == (outcome.expected == nil))
      if let failure { #expect(failure.text.contains("alpha")) }
    }
  }

  @Test("a fresh answer needs no usable source")
  func freshWithoutSource() async throws {
    let source = try lantern()
    let stage = Stage([source])
    _ = try await stage.fetch("alpha-movie-1")
    source.change { $0.unusable = "suspended: too many faults" }
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
  }

  @Test("stored bytes that make no sense count as absent", arguments: ["", "{", "[]", "{\"id\":7}", "\u{0}\u{0}"])
  func corrupt(bytes: String) async throws {
    let store = MemoryByteStore()
    let source = try lantern()
    let time = ManualTime()
    _ = try await Stage([source], store: store, time: time).fetch("alpha-movie-1")
    let key = ItemRequest(id: try item("alpha-movie-1")).cacheName(.fetch)
    for space in ["alpha", Chain(provider: Stage.provider, sources: [source], policy: .firstSourceAlone).itemSpace] {
      var value = try #require(await store.value(for: key, in: space))
      value.bytes = Array(bytes.utf8)
      await store.store(value, for: key, in: space)
    }
    #expect(try await Stage([source], store: store, time: time).fetch("alpha-movie-1").title == "The Paper Lantern")
    #expect(source.calls.count == 2)
  }

  @Test("what memory has no room for comes from the store")
  func smallMemory() async throws {
    let source = try lantern()
    let stage = Stage([source], memoryBytes: 0)
    for _ in 0..<3 { _ = try await stage.fetch("alpha-movie-1") }
    #expect(source.calls.count == 1)
    #expect(stage.metrics.render().contains("usher_cache_lookups_total{tier=\"item-store\",outcome=\"hit\"} 2"))
  }

  @Test("lookups are counted by tier and outcome")
  func counts() async throws {
    let stage = Stage([try lantern()])
    for _ in 0..<3 { _ = try await stage.fetch("alpha-movie-1") }
    stage.time.advance(milliseconds: Self.day)
    _ = try await stage.fetch("alpha-movie-1")
    let text = stage.metrics.render()
    for (tier, outcome, count) in [
      ("memory", "hit", 2), ("memory", "miss", 1), ("memory", "stale", 1), ("store", "miss", 1), ("store", "hit", 0),
    ] {
      #expect(text.contains("usher_cache_lookups_total{tier=\"item-\(tier)\",outcome=\"\(outcome)\"} \(count)\n"))
    }
  }

  @Test("who runs out of time is told so; the call goes on and its answer is kept", .timeLimit(.minutes(1)))
  func deadline() async throws {
    let gate = Gate()
    let source = try lantern { $0.gate = gate }
    let stage = Stage([source])
    let request = ItemRequest(id: try item("alpha-movie-1"))
    let failure = await stage.failure {
      // The clock stands still, so the wait is real and the retry for a flight ended too early is not taken for it.
      _ = try await stage.library.fetch(request, provider: "main", call: stage.call(milliseconds: 0))
    }
    #expect(failure?.kind == .unavailable)
    #expect(source.calls.isEmpty)
    let real = Stage.onRealTime(source)
    func call(_ milliseconds: Int64) -> CallInfo {
      CallInfo(requestID: "test", deadline: .after(milliseconds: milliseconds, SystemTime()))
    }
    let late = await stage.failure { _ = try await real.fetch(request, provider: "main", call: call(30)) }
    #expect(late?.kind == .unavailable)
    #expect(late?.text.contains("deadline") == true)
    gate.open()
    #expect(try await real.fetch(request, provider: "main", call: call(30_000)).title == "The Paper Lantern")
    #expect(source.calls.count == 1)
  }

  @Test("a late source is covered by an old answer", .timeLimit(.minutes(1)))
  func lateButStale() async throws {
    let store = MemoryByteStore()
    let source = try lantern()
    let request = ItemRequest(id: try item("alpha-movie-1"))
    let real = Stage.onRealTime(source, store, Freshness(movie: 0))
    func fetch(_ milliseconds: Int64) async throws -> MediaItem {
      let call = CallInfo(requestID: "test", deadline: .after(milliseconds: milliseconds, SystemTime()))
      return try await real.fetch(request, provider: "main", call: call)
    }
    _ = try await fetch(30_000)
    let gate = Gate()
    source.change { $0.gate = gate }
    #expect(try await fetch(30).title == "The Paper Lantern")
    gate.open()
  }
}
