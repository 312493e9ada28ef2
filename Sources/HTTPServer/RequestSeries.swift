public import Support

/// What an answer counts in; kept with a ready answer, so that a hit needs no look-up of metrics.
public final class RequestSeries: Sendable {
  private let count: Counter
  private let seconds: Histogram

  public init(count: Counter, seconds: Histogram) {
    self.count = count
    self.seconds = seconds
  }

  /// Counts one request that took so long, from its request line to its answer.
  func record(nanoseconds: Int64) {
    count.add()
    seconds.record(nanoseconds: nanoseconds)
  }
}
