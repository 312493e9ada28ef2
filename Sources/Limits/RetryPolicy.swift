package import Transport

/// Whether and when a request that went wrong is tried again, and how long a try may wait for a silent service.
package struct RetryPolicy: Sendable {
  package static let maximumRetries = 2
  /// A longer pause than this is taken for a mistake of the service.
  package static let maximumPauseMilliseconds: Int64 = 3_600_000
  /// For a longer pause nobody waits in the queue; the service is left alone instead, over a restart as well.
  package static let longestWaitMilliseconds: Int64 = 60_000
  private static let firstBackoffMilliseconds: Int64 = 400
  /// For a 429 that does not say for how long: so much at first, doubled with each in a row.
  private static let firstUntoldPauseMilliseconds: Int64 = 2_000

  /// A random number from 0 to the given one.
  package let jitter: @Sendable (Int64) -> Int64

  package init(jitter: @escaping @Sendable (Int64) -> Int64) { self.jitter = jitter }

  /// Only what changes nothing at the service may be sent twice; and only for timeouts, broken connections, 429 and
  /// those 5xx that may pass.
  package func mayRetry(_ outcome: Result<ClientResponse, FetchError>, method: String, retries: Int) -> Bool {
    guard retries < Self.maximumRetries, ["GET", "HEAD"].contains(method) else { return false }
    switch outcome {
    case .success(let response): return response.status == 429 || Self.isOutage(response.status)
    case .failure(let error): return error.isTransient
    }
  }

  /// A service that answers so cannot answer anything now. 501 and 505 are about the request.
  package static func isOutage(_ status: Int) -> Bool { (500...599).contains(status) && status != 501 && status != 505 }

  /// Exponential, with full jitter, so that askers who failed together do not come back together.
  package func backoffMilliseconds(retries: Int) -> Int64 { jitter(Self.firstBackoffMilliseconds << Int64(retries)) }

  /// How long the next try may wait for the first byte, when tries before it took `spent` milliseconds on the wire; nil
  /// when none should begin any more. All tries of a request share `budget`, so that a service that hangs costs
  /// no more than that: three fifths for the first, the rest for a second one on another connection. After three
  /// quarters none begins: a body that trickled for so long does not get better.
  package static func silenceMilliseconds(spent: Int64, budget: Int64) -> Int64? {
    if spent == 0 { return max(1, budget * 3 / 5) }
    return spent <= budget * 3 / 4 ? budget - spent : nil
  }

  /// The pause that a busy service asks for: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3); and for a 429
  /// without it, one that grows with `strikes`, the 429s in a row before this one.
  package func pauseMilliseconds(after response: ClientResponse, strikes: Int, wallMilliseconds: Int64) -> Int64? {
    guard response.status == 429 || response.status == 503 else { return nil }
    if let value = response.header("retry-after"), let pause = Self.told(value, wallMilliseconds) { return pause }
    guard response.status == 429 else { return nil }
    let untold = Self.firstUntoldPauseMilliseconds << Int64(min(strikes, 5))
    return min(untold, Self.longestWaitMilliseconds) + jitter(1_000)
  }

  /// True when the service says for how long it wants to be left alone.
  package func isTold(_ response: ClientResponse, wallMilliseconds: Int64) -> Bool {
    response.header("retry-after").flatMap { Self.told($0, wallMilliseconds) } != nil
  }

  private static func told(_ value: String, _ wallMilliseconds: Int64) -> Int64? {
    if let seconds = Int64(value) { return seconds > 0 ? min(seconds, maximumPauseMilliseconds / 1000) * 1000 : nil }
    guard let date = HTTPDate.seconds(value) else { return nil }
    let pause = date * 1000 - wallMilliseconds
    return pause > 0 ? min(pause, maximumPauseMilliseconds) : nil
  }
}
