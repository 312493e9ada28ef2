import Limits

/// Where a source may go, how often and how long.
public struct FetchPolicy: Sendable {
  /// "host" allows the scheme's own port, "host:port" that port. IPv6 addresses stand in brackets.
  public var allowedHosts: Set<String>
  /// Those of the allowed hosts, written alike, that may also be asked over plain http.
  public var plainHTTPHosts: Set<String>
  /// Requests per second over time.
  public var perSecond: Double
  /// Requests that may go at once after a pause.
  public var burst: Int
  /// Requests under way at the same time.
  public var concurrent: Int
  /// How long a service may keep silent before the first byte of an answer, in all tries of a request together: what a
  /// service that hangs costs at most. It does not depend on the deadline, which a request spends waiting for its turn.
  public var silenceMilliseconds: Int64
  /// For one request on the wire, retries not counted.
  public var timeoutMilliseconds: Int64
  /// Bytes of one body after decompression.
  public var responseLimit: Int

  public init(
    allowedHosts: Set<String>, plainHTTPHosts: Set<String> = [], perSecond: Double, burst: Int, concurrent: Int = 8,
    silenceMilliseconds: Int64 = 10_000, timeoutMilliseconds: Int64 = 20_000, responseLimit: Int = 32 << 20
  ) {
    self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
    self.plainHTTPHosts = Set(plainHTTPHosts.map { $0.lowercased() })
    self.perSecond = perSecond
    self.burst = burst
    self.concurrent = concurrent
    self.silenceMilliseconds = silenceMilliseconds
    self.timeoutMilliseconds = timeoutMilliseconds
    self.responseLimit = responseLimit
  }

  var pace: Pace { Pace(perSecond: perSecond, burst: burst, concurrent: concurrent) }
}
