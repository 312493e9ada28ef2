import Limits
import Support
import TestSupport
import Testing

@testable import Fetching

/// What is kept of services that are left alone.
@Suite struct SuspensionsTests {
  @Test func ofTwoChangesTheLaterOneIsKeptWhicheverIsStoredFirst() async throws {
    let (time, store) = (ManualTime(), SlowStore())
    let suspensions = Suspensions(store: store, log: Log(RecordingLogSink(), subject: "fetch"))
    let breaker = CircuitBreaker(time: time)
    let (early, late) = (try #require(breaker.admit()), try #require(breaker.admit()))
    let first = try #require(breaker.record(.banned("status 429 too often"), early))
    async let slow: Void = suspensions.note(first, of: "demo", breaker)
    #expect(await eventually { store.gate.held == 1 })
    let second = try #require(breaker.record(.banned("it asked for that", milliseconds: 600_000), late))
    await suspensions.note(second, of: "demo", breaker)
    #expect(await suspensions.load("demo") == breaker.suspension)
    store.gate.open()
    await slow
    #expect(await suspensions.load("demo")?.until == time.wallMilliseconds + 600_000)
  }

  @Test func nothingIsKeptOfAServiceThatAnswersAgain() async throws {
    let (time, store) = (ManualTime(), SlowStore())
    let suspensions = Suspensions(store: store, log: Log(RecordingLogSink(), subject: "fetch"))
    let breaker = CircuitBreaker(time: time)
    let pass = try #require(breaker.admit())
    let first = try #require(breaker.record(.banned("status 429 too often"), pass))
    async let slow: Void = suspensions.note(first, of: "demo", breaker)
    #expect(await eventually { store.gate.held == 1 })
    time.advance(milliseconds: 10_000)
    let probe = try #require(breaker.admit())
    let resumed = try #require(breaker.record(.answered, probe))
    await suspensions.note(resumed, of: "demo", breaker)
    store.gate.open()
    await slow
    #expect(await suspensions.load("demo") == nil)
  }
}

/// Holds the first value back until its gate is opened.
private final class SlowStore: ByteStore {
  let gate = Gate()
  private let kept = MemoryByteStore()
  private let stores = Counter()

  func value(for key: String, in space: String) async -> StoredValue? { await kept.value(for: key, in: space) }

  func store(_ value: StoredValue, for key: String, in space: String) async {
    stores.add()
    if stores.value == 1 { await gate.wait() }
    await kept.store(value, for: key, in: space)
  }

  func remove(_ key: String, in space: String) async { await kept.remove(key, in: space) }
}
