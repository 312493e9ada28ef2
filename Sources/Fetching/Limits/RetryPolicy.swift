import CCurl
import Transport

/// Whether and when a request that went wrong is tried again.
struct RetryPolicy: Sendable {
  static let maximumRetries = 2
  /// A longer pause than this is taken for a mistake of the service.
  static let maximumPauseMilliseconds: Int64 = 3_600_000
  private static let firstBackoffMilliseconds: Int64 = 400
  private static let statuses: Set<Int> = [429, 500, 502, 503, 504]

  /// A random number from 0 to the given one.
  let jitter: @Sendable (Int64) -> Int64

  /// Only what changes nothing at the service may be sent twice.
  func mayRetry(_ outcome: Result<ClientResponse, FetchError>, method: String, retries: Int) -> Bool {
    guard retries < Self.maximumRetries, ["GET", "HEAD"].contains(method) else { return false }
    switch outcome {
    case .success(let response): return Self.statuses.contains(response.status)
    case .failure(let error): return error.isTransient
    }
  }

  /// Exponential, with full jitter, so that askers who failed together do not come back together.
  func backoffMilliseconds(retries: Int) -> Int64 { jitter(Self.firstBackoffMilliseconds << Int64(retries)) }

  /// The pause that a busy service asks for: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
  static func pauseMilliseconds(after response: ClientResponse, wallMilliseconds: Int64) -> Int64? {
    guard response.status == 429 || response.status == 503, let value = response.header("retry-after") else {
      return nil
    }
    if let seconds = Int64(value) { return seconds > 0 ? min(seconds, maximumPauseMilliseconds / 1000) * 1000 : nil }
    let date = Int64(curl_getdate(value, nil))
    guard date > 0 else { return nil }
    let pause = date * 1000 - wallMilliseconds
    return pause > 0 ? min(pause, maximumPauseMilliseconds) : nil
  }
}
