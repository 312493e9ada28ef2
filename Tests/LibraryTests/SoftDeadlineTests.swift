import Merging
import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

/// A request waits for what only makes its answer better until 10 s after its own beginning, however many steps it has.
@Suite("The soft deadline", .timeLimit(.minutes(1)))
struct SoftDeadlineTests {
  /// What a request of a media server brings: 85 s, and 10 s until less will do.
  private func call(_ time: any TimeSource) -> CallInfo {
    CallInfo(
      requestID: "test", deadline: .after(milliseconds: 85_000, time), softDeadline: .after(milliseconds: 10_000, time))
  }

  @Test(
    "counts from the request's beginning, though an earlier step or the first source took most of it",
    arguments: [(9_950, 0), (0, 9_950)])
  func oneForAll(before: Int64, within: Int64) async throws {
    let gate = Gate()
    let alpha = try ManySources.show("alpha", ids: ["imdb": "tt1"]) { $0.summary = "From alpha." }
    let beta = try ManySources.show("beta", ids: ["imdb": "tt1"]) { $0.tagline = "Only beta knows." }
    beta.change { $0.gate = gate }
    let time = ManualTime()
    let slow = SlowSource(alpha) { time.advance(milliseconds: within) }
    let stage = Stage([slow, beta], kind: .show, time: time, policy: MergePolicy())
    let request = ItemRequest(id: try item("alpha-show-1"))
    let call = call(time)
    time.advance(milliseconds: before)
    let answer = Task { try await stage.library.fetch(request, provider: "main", call: call) }
    await gate.arrival()
    // Of the ten seconds 50 ms are left. Whoever waits for ten more gets beta's words.
    let rescue = Task {
      try await Task.sleep(for: .seconds(5))
      gate.open()
    }
    let item = try await answer.value
    #expect(item.summary == "From alpha.")
    #expect(item.tagline == nil, "the request waited on")
    rescue.cancel()
    gate.open()
  }

  @Test("gives what was kept before when the new answer is late, and keeps that when it comes")
  func oldAnswer() async throws {
    let gate = Gate()
    let id = try item("alpha-movie-1")
    let old = try mediaItem("alpha-movie-1", "The Paper Lantern")
    let new = try mediaItem("alpha-movie-1", "The Paper Lantern, Restored")
    let source = FakeSource("alpha") { $0.items[id] = old }
    let time = ManualTime()
    let store = MemoryByteStore()
    let stage = Stage([source], store: store, time: time)
    _ = try await stage.fetch("alpha-movie-1")
    time.advance(milliseconds: 8 * 86_400_000)
    source.change {
      $0.gate = gate
      $0.items[id] = new
    }
    // Another program over the same store: what is kept is not in memory.
    let next = Stage([source], store: store, time: time, works: stage.works)
    var asking = call(time)
    asking.softDeadline = .after(milliseconds: 50, time)
    let call = asking
    let rescue = Task {
      try await Task.sleep(for: .seconds(5))
      gate.open()
    }
    #expect(
      try await next.library.fetch(ItemRequest(id: id), provider: "main", call: call).title == "The Paper Lantern")
    rescue.cancel()
    gate.open()
    #expect(try await next.fetch("alpha-movie-1").title == "The Paper Lantern, Restored")
    #expect(source.calls.count == 2)
  }

  @Test("does not end the wait of those who have nothing else")
  func nothingElse() async throws {
    let gate = Gate()
    let id = try item("alpha-movie-1")
    let lantern = try mediaItem("alpha-movie-1", "The Paper Lantern")
    let source = FakeSource("alpha") {
      $0.items[id] = lantern
      $0.gate = gate
    }
    let stage = Stage([source])
    var asking = call(stage.time)
    asking.softDeadline = .after(milliseconds: 0, stage.time)
    let call = asking
    let answer = Task { try await stage.library.fetch(ItemRequest(id: id), provider: "main", call: call) }
    await gate.arrival()
    gate.open()
    #expect(try await answer.value.title == "The Paper Lantern")
  }
}

/// A source on whose answers time goes by.
private struct SlowSource: Source {
  let whole: FakeSource
  let passTime: @Sendable () -> Void

  init(_ whole: FakeSource, _ passTime: @escaping @Sendable () -> Void) {
    self.whole = whole
    self.passTime = passTime
  }

  var id: String { whole.id }
  var manifest: PluginManifest { whole.manifest }
  var unusable: String? { nil }

  func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply {
    try await whole.match(request, call)
  }

  func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem {
    passTime()
    return try await whole.fetch(request, call)
  }

  func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList {
    try await whole.children(request, call)
  }

  func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList {
    try await whole.images(request, call)
  }
}
