/// How often and how many at once a service may be asked.
package struct Pace: Sendable, Equatable {
  /// Requests per second over time.
  package var perSecond: Double
  /// Requests that may go at once after a pause.
  package var burst: Int
  /// Requests under way at the same time; at least 1.
  package var concurrent: Int

  package init(perSecond: Double, burst: Int, concurrent: Int) {
    self.perSecond = perSecond
    self.burst = burst
    self.concurrent = max(1, concurrent)
  }
}
