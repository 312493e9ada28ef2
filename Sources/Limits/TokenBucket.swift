/// Counts what may go out: `burst` at once, `perSecond` over time, nothing during a pause. Times are monotonic
/// nanoseconds. A value; whoever holds it locks.
package struct TokenBucket: Sendable {
  package private(set) var perSecond: Double
  package private(set) var burst: Double
  private var level: Double
  private var filledAt: Int64
  package private(set) var pausedUntil: Int64 = .min

  package init(perSecond: Double, burst: Int, now: Int64) {
    self.perSecond = Self.rate(perSecond)
    self.burst = Double(max(1, burst))
    level = self.burst
    filledAt = now
  }

  package mutating func change(perSecond: Double, burst: Int, now: Int64) {
    fill(now)
    self.perSecond = Self.rate(perSecond)
    self.burst = Double(max(1, burst))
    level = min(level, self.burst)
  }

  /// What may go out at once; below zero when more went out than was due. 0 during a pause.
  package func tokens(_ now: Int64) -> Double {
    var copy = self
    copy.fill(now)
    return now < pausedUntil ? 0 : copy.level
  }

  /// What background work leaves to others.
  package var reserve: Double { (burst / 4).rounded(.down) }

  /// Takes a token if there is one beyond those to keep.
  package mutating func take(_ now: Int64, keeping reserve: Double = 0) -> Bool {
    fill(now)
    // The small amount makes up for rounding.
    guard now >= pausedUntil, level >= 1 + reserve - 1e-6 else { return false }
    level -= 1
    return true
  }

  /// Takes a token even if there is none, for what cannot wait; later ones wait longer.
  package mutating func takeAhead(_ now: Int64) {
    fill(now)
    level -= 1
  }

  /// Undoes `take` for a request that did not go out.
  package mutating func giveBack() { level = min(burst, level + 1) }

  /// Nothing goes out before `until`; then one at once and the rest at the rate, not as a burst.
  package mutating func pause(until: Int64, now: Int64) {
    guard until > max(now, pausedUntil) else { return }
    pausedUntil = until
    filledAt = until
    level = 1
  }

  /// Milliseconds until `count` tokens could be taken, rounded up.
  package func millisecondsUntil(_ count: Double, now: Int64) -> Int64 {
    var copy = self
    copy.fill(now)
    let pause = Double(max(0, filledAt > now ? filledAt - now : 0)) / 1e6
    let missing = max(0, count - 1e-6 - copy.level)
    return Int64(min(1e15, (pause + missing / perSecond * 1000).rounded(.up)))
  }

  private mutating func fill(_ now: Int64) {
    guard now > filledAt else { return }
    level = min(burst, level + Double(now - filledAt) / 1e9 * perSecond)
    filledAt = now
  }

  private static func rate(_ perSecond: Double) -> Double { perSecond.isFinite ? max(perSecond, 0.001) : 1e9 }
}
