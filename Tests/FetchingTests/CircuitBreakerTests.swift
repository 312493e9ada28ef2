import Limits
import Support
import Testing

@Suite struct CircuitBreakerTests {
  private let time = ManualTime()
  private var breaker: CircuitBreaker { CircuitBreaker(time: time) }

  /// Lets so many tries fail; gives the last change.
  private func fail(_ breaker: CircuitBreaker, _ count: Int) -> CircuitBreaker.Change? {
    var change: CircuitBreaker.Change?
    for _ in 0..<count {
      guard let pass = breaker.admit() else { return change }
      change = breaker.record(.failed("status 500"), pass)
    }
    return change
  }

  private func isProbe(_ pass: CircuitBreaker.Pass?) -> Bool {
    guard case .probe = pass else { return false }
    return true
  }

  @Test func fourFailuresAreNotEnoughAndFiveAre() {
    let breaker = breaker
    #expect(fail(breaker, 4) == nil && breaker.refusal() == nil)
    guard case .suspended(let suspension) = fail(breaker, 1) else {
      Issue.record("the fifth failure must suspend")
      return
    }
    #expect(suspension == Suspension(reason: "status 500", until: time.wallMilliseconds + 10_000, probes: 0))
    #expect(breaker.refusal() == "its service is left alone for another 10 s: status 500")
    #expect(breaker.admit() == nil)
  }

  @Test func anAnswerInBetweenStartsTheCountAnew() {
    let breaker = breaker
    for _ in 0..<3 {
      _ = fail(breaker, 4)
      _ = breaker.record(.answered, .normal)
    }
    #expect(breaker.suspension == nil)
  }

  @Test func whatNobodyWaitedForCountsNeitherWay() {
    let breaker = breaker
    _ = fail(breaker, 4)
    for _ in 0..<10 { _ = breaker.record(.unknown, .normal) }
    #expect(breaker.suspension == nil)
    #expect(fail(breaker, 1) != nil)
  }

  @Test func oneProbeAtATimeDecides() {
    let breaker = breaker
    _ = fail(breaker, 5)
    time.advance(milliseconds: 9_999)
    #expect(breaker.admit() == nil)
    time.advance(milliseconds: 1)
    #expect(breaker.refusal() == nil)
    #expect(isProbe(breaker.admit()))
    #expect(breaker.admit() == nil)
    #expect(breaker.refusal() == "its service is being tried again: status 500")
    guard case .resumed = breaker.record(.answered, .probe) else {
      Issue.record("a probe that is answered must resume")
      return
    }
    #expect(breaker.suspension == nil && breaker.admit() != nil)
  }

  @Test func aProbeWithoutAnEndLeavesTheNextOneToTry() {
    let breaker = breaker
    _ = fail(breaker, 5)
    time.advance(milliseconds: 10_000)
    _ = breaker.admit()
    #expect(breaker.record(.unknown, .probe) == nil)
    #expect(isProbe(breaker.admit()))
  }

  @Test func everyFailedProbeDoublesThePauseUpToFiveMinutes() {
    let breaker = breaker
    _ = fail(breaker, 5)
    var pauses: [Int64] = []
    for _ in 0..<7 {
      time.advance(milliseconds: 300_000)
      let now = time.wallMilliseconds
      if case .suspended(let suspension) = fail(breaker, 1) { pauses.append(suspension.until - now) }
    }
    #expect(pauses == [20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
  }

  @Test func aPersonMayTryEarlier() {
    let breaker = breaker
    _ = fail(breaker, 5)
    for _ in 0..<4 {
      time.advance(milliseconds: 300_000)
      _ = fail(breaker, 1)
    }
    time.advance(milliseconds: 9_999)
    #expect(breaker.admit(.interactive) == nil)
    time.advance(milliseconds: 1)
    #expect(breaker.admit() == nil && breaker.admit(.background) == nil)
    #expect(isProbe(breaker.admit(.interactive)))
    #expect(breaker.admit(.interactive) == nil)
  }

  @Test func aBanNeedsNoCount() {
    let breaker = breaker
    guard case .suspended = breaker.record(.banned("status 429"), .normal) else {
      Issue.record("a ban must suspend at once")
      return
    }
    #expect(breaker.isDoubtful && breaker.admit() == nil)
  }

  @Test func aServicesOwnWordCountsForPeopleToo() {
    let breaker = breaker
    _ = breaker.record(.banned("it asked for that", milliseconds: 600_000), .normal)
    time.advance(milliseconds: 599_999)
    #expect(breaker.admit() == nil && breaker.admit(.interactive) == nil)
    time.advance(milliseconds: 1)
    #expect(isProbe(breaker.admit()))
  }

  @Test func thoseWhoBeganBeforeTheSuspensionDecideNothing() {
    let breaker = breaker
    let early = breaker.admit()
    _ = fail(breaker, 5)
    #expect(breaker.record(.answered, early ?? .probe) == nil)
    #expect(breaker.suspension != nil)
  }

  @Test func aServicesOwnWordCountsWhileItIsLeftAloneAlready() throws {
    let breaker = breaker
    let (early, later) = (try #require(breaker.admit()), try #require(breaker.admit()))
    _ = fail(breaker, 5)
    guard case .suspended(let longer) = breaker.record(.banned("it asked for that", milliseconds: 600_000), early)
    else {
      Issue.record("a longer pause that the service asks for must be kept")
      return
    }
    #expect(
      longer == Suspension(reason: "it asked for that", until: time.wallMilliseconds + 600_000, probes: 0))
    #expect(breaker.suspension == longer)
    #expect(breaker.record(.banned("a shorter one", milliseconds: 60_000), later) == nil)
    #expect(breaker.record(.banned("status 429 too often"), later) == nil)
    #expect(breaker.suspension == longer)
    time.advance(milliseconds: 599_999)
    #expect(breaker.admit() == nil && breaker.admit(.interactive) == nil)
    time.advance(milliseconds: 1)
    #expect(isProbe(breaker.admit()))
  }

  @Test func aProbeThatFailsDoesNotShortenWhatTheServiceAskedFor() throws {
    let breaker = breaker
    let early = try #require(breaker.admit())
    _ = fail(breaker, 5)
    time.advance(milliseconds: 10_000)
    let probe = try #require(breaker.admit())
    _ = breaker.record(.banned("it asked for that", milliseconds: 600_000), early)
    _ = breaker.record(.failed("status 500"), probe)
    #expect(breaker.suspension?.until == time.wallMilliseconds + 600_000)
    time.advance(milliseconds: 599_999)
    #expect(breaker.admit() == nil && breaker.admit(.interactive) == nil)
  }

  @Test func whatAServiceAskedForEndsWithItsNextAnswer() throws {
    let breaker = breaker
    _ = fail(breaker, 5)
    for _ in 0..<5 {
      time.advance(milliseconds: 300_000)
      _ = fail(breaker, 1)
    }
    time.advance(milliseconds: 10_000)
    _ = breaker.record(.answered, try #require(breaker.admit(.interactive)))
    _ = fail(breaker, 5)
    #expect(breaker.suspension?.until == time.wallMilliseconds + 10_000)
    time.advance(milliseconds: 10_000)
    #expect(isProbe(breaker.admit()))
  }

  @Test func aSuspensionOutlivesTheProcess() throws {
    let first = breaker
    _ = fail(first, 5)
    let kept = try #require(first.suspension).stored
    time.advance(milliseconds: 4_000)
    let second = CircuitBreaker(time: time)
    second.restore(try #require(Suspension(kept)))
    #expect(second.suspension == first.suspension)
    #expect(second.refusal() == "its service is left alone for another 6 s: status 500")
    time.advance(milliseconds: 6_000)
    #expect(isProbe(second.admit()))
  }

  @Test func aClockSetBackDoesNotSuspendForEver() {
    let breaker = breaker
    breaker.restore(Suspension(reason: "r", until: time.wallMilliseconds + 1_000_000_000_000, probes: 0))
    time.advance(milliseconds: 3_600_000)
    #expect(breaker.refusal() == nil)
  }

  @Test(arguments: ["", "x", "1", "-1\nreason", "a\nreason"]) func damagedBytesAreNoSuspension(text: String) {
    #expect(Suspension(StoredValue(bytes: Array(text.utf8), storedAt: 0, freshUntil: 0)) == nil)
  }
}
