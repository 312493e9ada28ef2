import Merging
import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

/// Whoever hangs up ends what nobody else waits for, and nothing more.
@Suite("Hanging up", .timeLimit(.minutes(1)))
struct HangUpTests {
  private func lantern(_ gate: Gate) throws -> FakeSource {
    let item = try mediaItem("alpha-movie-1", "The Paper Lantern")
    return FakeSource("alpha") {
      $0.items[item.id] = item
      $0.gate = gate
    }
  }

  /// Asks for an item, and hangs up while its source works.
  private func hangUp(_ id: String, _ stage: Stage, _ gate: Gate) async {
    let asker = Task { await stage.failure { _ = try await stage.fetch(id) } }
    await gate.arrival()
    asker.cancel()
    #expect(await asker.value?.kind == .cancelled)
  }

  @Test("of the only asker ends the source's work; the next one asks anew")
  func alone() async throws {
    let gate = Gate()
    let source = try lantern(gate)
    let stage = Stage([source])
    await hangUp("alpha-movie-1", stage, gate)
    gate.open()
    #expect(try await stage.fetch("alpha-movie-1").title == "The Paper Lantern")
    while source.cancelledCalls == 0 { await Task.yield() }
    #expect(source.calls.count == 2)
  }

  @Test("leaves the work to those who wait for the same")
  func joined() async throws {
    let gate = Gate()
    let source = try lantern(gate)
    let stage = Stage([source])
    let first = Task { await stage.failure { _ = try await stage.fetch("alpha-movie-1") } }
    await gate.arrival()
    let second = Task { try await stage.fetch("alpha-movie-1") }
    await stage.askers(2)
    // The second has looked into memory; it joins the work under way a moment later.
    for _ in 0..<1000 { await Task.yield() }
    first.cancel()
    #expect(await first.value?.kind == .cancelled)
    gate.open()
    #expect(try await second.value.title == "The Paper Lantern")
    #expect(source.cancelledCalls == 0)
    #expect(source.calls.count == 1)
  }

  @Test("after another's time was up lets the work finish for the next")
  func besideLate() async throws {
    let gate = Gate()
    let source = try lantern(gate)
    let real = Stage.onRealTime(source)
    let request = ItemRequest(id: try item("alpha-movie-1"))
    func fetch(_ milliseconds: Int64) async throws -> MediaItem {
      let call = CallInfo(requestID: "test", deadline: .after(milliseconds: milliseconds, SystemTime()))
      return try await real.fetch(request, provider: "main", call: call)
    }
    let late = Task { try? await fetch(300) }
    await gate.arrival()
    let leaving = Task { try? await fetch(60_000) }
    #expect(await late.value == nil)
    leaving.cancel()
    #expect(await leaving.value == nil)
    gate.open()
    #expect(try await fetch(60_000).title == "The Paper Lantern")
    #expect(source.cancelledCalls == 0)
    #expect(source.calls.count == 1)
  }

  @Test("ends a source that fills gaps too, and what is half made is not kept")
  func halfMade() async throws {
    let gate = Gate()
    let alpha = try ManySources.show("alpha", ids: ["imdb": "tt1"]) { $0.summary = "From alpha." }
    let beta = try ManySources.show("beta", ids: ["imdb": "tt1"]) { $0.tagline = "Only beta knows." }
    beta.change { $0.gate = gate }
    let stage = Stage([alpha, beta], kind: .show, policy: MergePolicy())
    await hangUp("alpha-show-1", stage, gate)
    gate.open()
    #expect(try await stage.fetch("alpha-show-1").tagline == "Only beta knows.")
    while beta.cancelledCalls == 0 { await Task.yield() }
    #expect(alpha.calls.filter { $0.hasPrefix("fetch") }.count == 1, "what was whole is kept")
  }
}
