/// What two scans of one library cost, and what was not as it has to be. Written as JSON as it is.
public struct ScanReport: Encodable, Sendable {
  /// What one service saw of the first scan and of what came after it.
  public struct Service: Encodable, Sendable {
    public var id: String
    public var calls = 0
    /// Of these those that came after the scan, before the next one.
    public var callsAfterwards = 0
    public var callsPerShow = 0.0
    /// As the plugin declares it.
    public var perSecond = 0.0
    public var burst = 0
    /// The most calls within one second and within ten, and what rate and burst allow there.
    public var mostInSecond = 0
    public var mostInTenSeconds = 0
    public var allowedInSecond = 0
    public var allowedInTenSeconds = 0
    public var atOnce = 0
    /// Answered with 429 because the service's own limit was passed.
    public var refused = 0
    /// Calls for what had been asked before.
    public var repeated = 0
    /// Calls during the second scan and after it.
    public var callsOfSecondScan = 0
    /// The least time in which the rate allows the calls of the first scan.
    public var allowedSeconds = 0.0

    public init(id: String) { self.id = id }

    /// Sentences about what is not as it has to be; none when all is well.
    public var failures: [String] {
      let checks = [
        (refused, 0, "calls answered with 429"), (mostInSecond, allowedInSecond, "calls within a second"),
        (mostInTenSeconds, allowedInTenSeconds, "calls within ten seconds"),
        (repeated, 0, "calls for what had been asked before"), (callsOfSecondScan, 0, "calls of the second scan"),
      ]
      let passed = checks.filter { $0.0 > $0.1 }.map { "\(id): \($0.0) \($0.2), \($0.1) at most" }
      return passed + (calls == 0 ? ["\(id): was never asked"] : [])
    }
  }

  /// What the media server saw of one scan.
  public struct Pass: Encodable, Sendable {
    public var requests: Int
    public var seconds: Double
    public var requestsPerSecond: Double
    public var p50Milliseconds: Double
    public var p99Milliseconds: Double
    public var longestMilliseconds: Double
    /// The request that took the longest.
    public var slowest: String
    public var episodes: Int
    public var problems: Int
    /// Of the host's processor time.
    public var processorSeconds: Double

    init(_ pass: BusyPlex.Pass, processorSeconds: Double) {
      requests = pass.requests
      seconds = pass.seconds
      requestsPerSecond = pass.requestsPerSecond
      p50Milliseconds = pass.percentile(0.5)
      p99Milliseconds = pass.percentile(0.99)
      longestMilliseconds = pass.milliseconds.last ?? 0
      slowest = pass.slowest.target
      episodes = pass.episodes
      problems = pass.problemCount
      self.processorSeconds = processorSeconds
    }
  }

  public var shows: Int
  public var episodes: Int
  public var films: Int
  public var workers: Int
  public var services: [Service]
  public var first: Pass
  public var second: Pass
  /// The host's own memory after the second scan, without files that it looks into.
  public var ownMegabytes: Double
  /// The first of what either scan met.
  public var problems: [String]
  /// The host's exit status.
  public var exitStatus: Int32

  /// The least time in which the rates allow the calls of the first scan.
  public var allowedSeconds: Double { services.map(\.allowedSeconds).max() ?? 0 }

  /// How much longer the first scan took than the rates make it.
  public var ratio: Double { allowedSeconds > 0 ? first.seconds / allowedSeconds : 0 }

  /// At least this share of the media server's requests was answered without asking any service: each of the others
  /// cost one call or more.
  public var shareFromCache: Double {
    let calls = services.reduce(0) { $0 + $1.calls - $1.callsAfterwards }
    return first.requests > 0 ? max(0, 1 - Double(calls) / Double(first.requests)) : 0
  }

  /// Sentences about what is not as it has to be; none when all is well. Time is judged where `ratio` is given.
  public func failures(ratio limit: Double? = nil) -> [String] {
    var failures = services.flatMap(\.failures)
    for (name, pass) in [("first", first), ("second", second)] {
      if pass.problems > 0 { failures.append("\(name) scan: \(pass.problems) requests went wrong") }
      if pass.episodes != episodes {
        failures.append("\(name) scan: \(pass.episodes) episodes found, not \(episodes)")
      }
    }
    if let limit, ratio > limit {
      failures.append("the first scan took \(ratio) times what the rates allow, \(limit) times at most")
    }
    if exitStatus != 0 { failures.append("the host ended with status \(exitStatus)") }
    return failures
  }
}
