import Support

/// What belongs to one source: its rules, its limits, its counters.
final class Lane: Sendable {
  let limiter: RateLimiter
  let counters: UpstreamCounters
  private let current: Lock<FetchPolicy>

  init(source: String, _ policy: FetchPolicy, time: any TimeSource, sleeper: any Sleeper, metrics: Metrics) {
    current = Lock(policy)
    let limiter = RateLimiter(source: source, policy: policy, time: time, sleeper: sleeper)
    self.limiter = limiter
    counters = UpstreamCounters(metrics, source: source)
    metrics.gauge(
      "usher_upstream_tokens", help: "Requests that may go out at once.", labels: ["source": source]
    ) { limiter.tokens }
  }

  var policy: FetchPolicy { current.withLock { $0 } }

  func change(_ policy: FetchPolicy) {
    current.withLock { $0 = policy }
    limiter.change(policy)
  }
}
