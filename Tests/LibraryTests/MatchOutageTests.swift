import Answers
import MetadataModel
import PluginCalls
import Support
import Testing

@testable import Library

@Suite struct MatchOutageTests {
  /// How a source of the chain behaves.
  enum Behaviour: String, Sendable {
    case knows, empty, notFound, fails, refused, suspended, unconfigured
  }

  struct Situation: Sendable, CustomTestStringConvertible {
    var first: Behaviour
    var second: Behaviour
    /// The candidate's source, "none" for an empty reply, or the kind of error.
    var expected: String

    init(_ first: Behaviour, _ second: Behaviour, _ expected: String) {
      self.first = first
      self.second = second
      self.expected = expected
    }

    var testDescription: String { "\(first), \(second): \(expected)" }
  }

  private func source(_ id: String, _ behaviour: Behaviour) throws -> FakeSource {
    let known = try candidate("\(id)-movie-1", "Glass River", 2010)
    return FakeSource(id) {
      switch behaviour {
      case .knows: $0.candidates = [known]
      case .empty: break
      case .notFound: $0.failure = PluginError(.notFound, "nothing")
      case .fails: $0.failure = PluginError(.unavailable, "down")
      case .refused: $0.failure = PluginError(.unauthorized, "key refused")
      case .suspended: $0.unusable = "suspended: too many faults"
      case .unconfigured: $0.unusable = "needs-configuration: set apiKey"
      }
    }
  }

  @Test(
    "an outage is never answered as no match",
    arguments: [
      Situation(.knows, .fails, "alpha"), Situation(.fails, .knows, "beta"), Situation(.empty, .knows, "beta"),
      Situation(.empty, .empty, "none"), Situation(.notFound, .empty, "none"), Situation(.empty, .fails, "unavailable"),
      Situation(.fails, .empty, "unavailable"), Situation(.refused, .empty, "unavailable"),
      Situation(.suspended, .empty, "unavailable"), Situation(.suspended, .knows, "beta"),
      Situation(.unconfigured, .empty, "none"), Situation(.unconfigured, .knows, "beta"),
      Situation(.unconfigured, .fails, "unavailable"), Situation(.unconfigured, .unconfigured, "unavailable"),
      Situation(.unconfigured, .suspended, "unavailable"), Situation(.fails, .fails, "unavailable"),
    ])
  func rules(_ situation: Situation) async throws {
    let sources = [try source("alpha", situation.first), try source("beta", situation.second)]
    for manual in [false, true] where !(manual && situation.first == .knows) {
      let stage = Stage(sources)
      var outcome = ""
      let failure = await stage.failure {
        outcome = try await stage.match(movie("Glass River", 2010, manual: manual)).first?.id.source ?? "none"
      }
      #expect((failure?.kind.rawValue ?? outcome) == situation.expected)
      if let failure {
        for (source, behaviour) in zip(sources, [situation.first, situation.second])
        where behaviour != .empty && behaviour != .unconfigured {
          #expect(failure.text.contains(source.id))
        }
      }
    }
  }

  @Test("a chain without sources has an outage, not an answer")
  func noSources() async throws {
    let stage = Stage([])
    #expect(await stage.failure { _ = try await stage.match(movie("Glass River", 2010)) }?.kind == .unavailable)
  }

  @Test("a decision is kept, and an old one stands in when sources fail")
  func decisions() async throws {
    let source = try source("alpha", .knows)
    let stage = Stage([source])
    for _ in 0..<2 { #expect(try await stage.match(movie("Glass River", 2010)).count == 1) }
    #expect(source.calls.count == 1)
    stage.time.advance(milliseconds: 100 * 86_400_000)
    source.change { $0.failure = PluginError(.unavailable, "down") }
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id.value) == ["1"])
    #expect(source.calls.count == 2)
    let trace = Trace()
    #expect(try await stage.match(movie("Glass River", 2010), trace: trace).map(\.id.value) == ["1"])
    #expect(trace.snapshot.steps.last?.origin == "stale")
    stage.time.advance(milliseconds: 100 * 86_400_000)
    #expect(await stage.failure { _ = try await stage.match(movie("Glass River", 2010)) }?.kind == .unavailable)
  }

  @Test("the same hints give the same item while the source that decided is down")
  func sameItem() async throws {
    let first = try source("alpha", .knows)
    let stage = Stage([first, try source("beta", .knows)])
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id.source) == ["alpha"])
    stage.time.advance(milliseconds: 7_200_000)
    first.change { $0.failure = PluginError(.unavailable, "down") }
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id.source) == ["alpha"])
  }

  @Test("a decision made without a source that failed is made again soon")
  func makeshift() async throws {
    let first = try source("alpha", .knows)
    first.change { $0.failure = PluginError(.unavailable, "down") }
    let stage = Stage([first, try source("beta", .knows)])
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id.source) == ["beta"])
    first.change { $0.failure = nil }
    stage.time.advance(milliseconds: 61_000)
    #expect(try await stage.match(movie("Glass River", 2010)).map(\.id.source) == ["alpha"])
  }

  @Test("no match is asked again after a minute, and never stands in for an outage")
  func emptyReply() async throws {
    let source = try source("alpha", .empty)
    let stage = Stage([source])
    for _ in 0..<2 { #expect(try await stage.match(movie("Glass River", 2010)).isEmpty) }
    #expect(source.calls.count == 1)
    stage.time.advance(milliseconds: 60_000)
    source.change { $0.failure = PluginError(.unavailable, "down") }
    #expect(await stage.failure { _ = try await stage.match(movie("Glass River", 2010)) }?.kind == .unavailable)
  }

  @Test("a decision for a source that was taken out is made again")
  func removedSource() async throws {
    let store = MemoryByteStore()
    let time = ManualTime()
    _ = try await Stage([source("alpha", .knows)], store: store, time: time).match(movie("Glass River", 2010))
    let found = try await Stage([source("beta", .knows)], store: store, time: time).match(movie("Glass River", 2010))
    #expect(found.map(\.id.source) == ["beta"])
  }
}
