import Limits
import Support
import Transport

/// What belongs to one source: its rules, its limits, its counters, and how its service is.
///
/// A request that goes out costs five short locks here; one that the breaker refuses costs one.
final class Lane: Sendable {
  /// What a request got that may go out.
  struct Admission: Sendable {
    let slot: RateLimiter.Slot
    let pass: CircuitBreaker.Pass
  }

  private static let strikesToBan = 3

  private struct Strikes {
    /// 429s in a row.
    var count = 0
    /// The end of the pause after the last of them, in monotonic nanoseconds.
    var until = Int64.min
  }

  let source: String
  let limiter: RateLimiter
  let breaker: CircuitBreaker
  let counters: UpstreamCounters
  private let current: Lock<FetchPolicy>
  private let strikes = Lock(Strikes())

  init(source: String, _ policy: FetchPolicy, time: any TimeSource, sleeper: any Sleeper, metrics: Metrics) {
    self.source = source
    current = Lock(policy)
    let limiter = RateLimiter(source: source, pace: policy.pace, time: time, sleeper: sleeper)
    let breaker = CircuitBreaker(time: time)
    self.limiter = limiter
    self.breaker = breaker
    counters = UpstreamCounters(metrics, source: source)
    metrics.gauge(
      "usher_upstream_tokens", help: "Requests that may go out at once.", labels: ["source": source]
    ) { limiter.tokens }
    metrics.gauge(
      "usher_upstream_waiting", help: "Requests that wait for their turn.", labels: ["source": source]
    ) { Double(limiter.waiting) }
    metrics.gauge(
      "usher_upstream_suspended", help: "1 while a service that failed is left alone.", labels: ["source": source]
    ) { breaker.suspension == nil ? 0 : 1 }
  }

  var policy: FetchPolicy { current.withLock { $0 } }

  func change(_ policy: FetchPolicy) {
    current.withLock { $0 = policy }
    limiter.change(policy.pace)
  }

  /// Until when who has an old response to fall back on waits for a new one: no longer than a service may keep silent, and
  /// hardly at all once it has failed, because a source may ask for several things one after the other.
  func patience(_ time: any TimeSource) -> Deadline {
    .after(milliseconds: policy.silenceMilliseconds / (breaker.isDoubtful ? 20 : 1), time)
  }

  /// Waits for the request's turn. What it gives must come back to `leave`. Throws `.suspended` and `.overloaded` at
  /// once when there will be no turn.
  func enter(_ request: UpstreamRequest) async throws(FetchError) -> Admission {
    if let reason = breaker.refusal(request.urgency.current) { throw .suspended(source: source, reason: reason) }
    let slot = try await limiter.acquire(
      until: request.deadline, url: request.url.withoutQuery, urgency: request.urgency)
    if let pass = breaker.admit(request.urgency.current) { return Admission(slot: slot, pass: pass) }
    limiter.release(slot, unused: true)
    throw .suspended(source: source, reason: breaker.refusal() ?? "its service is left alone")
  }

  /// Draws the conclusions for everyone of the source before the next one gets its turn. `pause` is what the service
  /// asked for.
  func leave(
    _ admission: Admission, _ verdict: CircuitBreaker.Verdict, pause: Int64?
  ) -> CircuitBreaker.Change? {
    if let pause { limiter.pause(milliseconds: pause) }
    let change = breaker.record(verdict, admission.pass)
    if case .suspended = change, let reason = breaker.refusal() {
      limiter.refuseAll(.suspended(source: source, reason: reason))
    }
    limiter.release(admission.slot)
    return change
  }

  /// What everyone of the source has to do after `response`: make a pause, or leave the service alone when it refused
  /// too often in a row without saying for how long.
  func consequence(
    of response: ClientResponse, _ retry: RetryPolicy, _ time: any TimeSource
  ) -> (pause: Int64?, isBanned: Bool) {
    let (now, wall) = (time.monotonicNanoseconds, time.wallMilliseconds)
    return strikes.withLock { strikes in
      guard response.status == 429 else {
        if response.status < 500 { strikes.count = 0 }
        return (retry.pauseMilliseconds(after: response, strikes: 0, wallMilliseconds: wall), false)
      }
      // Those that were under way when the service first refused say nothing new.
      let isNew = now >= strikes.until
      let before = isNew ? strikes.count : max(0, strikes.count - 1)
      let pause = retry.pauseMilliseconds(after: response, strikes: before, wallMilliseconds: wall)
      if isNew { strikes.count += 1 }
      strikes.until = max(strikes.until, now + (pause ?? 0) * 1_000_000)
      let isBanned = strikes.count >= Self.strikesToBan && !retry.isTold(response, wallMilliseconds: wall)
      return (pause, isBanned)
    }
  }
}
