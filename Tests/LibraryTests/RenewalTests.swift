import Gathering
import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

/// What is no longer fresh is given at once and renewed behind.
@Suite struct RenewalTests {
  private static let day: Int64 = 86_400_000

  private func source(_ title: String) throws -> FakeSource {
    let film = try mediaItem("alpha-movie-1", title)
    return FakeSource { $0.items[film.id] = film }
  }

  private func rename(_ source: FakeSource, _ title: String) throws {
    let film = try mediaItem("alpha-movie-1", title)
    source.change { $0.items[film.id] = film }
  }

  @Test func anOldAnswerIsGivenAtOnceAndRenewedBehind() async throws {
    let source = try source("The Paper Lantern")
    let stage = Stage([source], background: BackgroundPolicy())
    _ = try await stage.fetch("alpha-movie-1")
    let gate = Gate()
    source.change { $0.gate = gate }
    try rename(source, "The Paper Lanterns")
    stage.time.advance(milliseconds: Self.day + 1)
    // The source does not answer yet, and nobody waits for it.
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
    gate.open()
    await stage.rest()
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lanterns")
    #expect(source.calls.count == 2 && source.urgencies == [.normal, .background])
  }

  @Test func theSameHoldsForWhatTheStoreKeptOverARestart() async throws {
    let source = try source("The Paper Lantern")
    let store = MemoryByteStore()
    let first = Stage([source], store: store)
    _ = try await first.fetch("alpha-movie-1")
    try rename(source, "The Paper Lanterns")
    first.time.advance(milliseconds: Self.day + 1)
    let second = Stage([source], store: store, time: first.time, background: BackgroundPolicy())
    #expect(try await second.fetch("alpha-movie-1").title == "The Paper Lantern")
    await second.rest()
    #expect(try await second.fetch("alpha-movie-1").title == "The Paper Lanterns")
  }

  @Test func beyondItsWindowAnAnswerIsMadeAnewFirst() async throws {
    let source = try source("The Paper Lantern")
    let stage = Stage([source], background: BackgroundPolicy(staleSeconds: 100))
    _ = try await stage.fetch("alpha-movie-1")
    try rename(source, "The Paper Lanterns")
    stage.time.advance(milliseconds: Self.day + 100_001)
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lanterns")
  }

  @Test func whatIsOlderThanHalfAYearIsMadeAnewFirst() async throws {
    let source = try source("The Paper Lantern")
    var freshness = Freshness()
    freshness.movie = 175 * 86_400
    let stage = Stage([source], freshness: freshness, background: BackgroundPolicy())
    _ = try await stage.fetch("alpha-movie-1")
    try rename(source, "The Paper Lanterns")
    stage.time.advance(milliseconds: 180 * Self.day + 1)
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lanterns")
  }

  @Test func aPersonWhoWaitsGetsANewAnswer() async throws {
    let source = try source("The Paper Lantern")
    let stage = Stage([source], background: BackgroundPolicy())
    _ = try await stage.fetch("alpha-movie-1")
    try rename(source, "The Paper Lanterns")
    stage.time.advance(milliseconds: Self.day + 1)
    var call = stage.call()
    call.urgency = SharedUrgency(.interactive)
    let request = ItemRequest(id: try item("alpha-movie-1"))
    #expect(try await stage.library.fetch(request, provider: "main", call: call).title == "The Paper Lanterns")
  }

  @Test func whatCannotBeRenewedStaysAndIsTriedAgain() async throws {
    let source = try source("The Paper Lantern")
    let stage = Stage([source], background: BackgroundPolicy())
    _ = try await stage.fetch("alpha-movie-1")
    source.change { $0.failure = PluginError(.unavailable, "down") }
    stage.time.advance(milliseconds: Self.day + 1)
    for _ in 0..<2 {
      #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
      await stage.rest()
    }
    #expect(source.calls.count == 3)
  }

  @Test func noSuchItemIsNeverGivenBeyondItsTime() async throws {
    let source = FakeSource()
    let stage = Stage([source], background: BackgroundPolicy())
    #expect(await stage.failure { _ = try await stage.fetch("alpha-movie-1") }?.kind == .notFound)
    try rename(source, "The Paper Lantern")
    stage.time.advance(milliseconds: 3_600_001)
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
  }
}
