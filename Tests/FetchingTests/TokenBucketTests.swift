import Testing
import Transport

@testable import Limits

@Suite struct TokenBucketTests {
  private static let second: Int64 = 1_000_000_000

  @Test func letsABurstGoAndThenTheRate() {
    var bucket = TokenBucket(perSecond: 2, burst: 3, now: 0)
    let taken = (0..<4).map { _ in bucket.take(0) }
    #expect(taken == [true, true, true, false])
    #expect(bucket.millisecondsUntil(1, now: 0) == 500)
    #expect(bucket.millisecondsUntil(4, now: 0) == 2000)
    let isTaken1 = bucket.take(Self.second / 2 - 1_000_000)
    #expect(!isTaken1)
    let isTaken2 = bucket.take(Self.second / 2)
    #expect(isTaken2)
    #expect(bucket.tokens(100 * Self.second) == 3)
  }

  @Test func startsSlowlyAfterAPause() {
    var bucket = TokenBucket(perSecond: 2, burst: 3, now: 0)
    bucket.pause(until: 10 * Self.second, now: 0)
    bucket.pause(until: 5 * Self.second, now: 0)
    #expect(bucket.tokens(Self.second) == 0)
    let isTaken3 = bucket.take(10 * Self.second - 1)
    #expect(!isTaken3)
    #expect(bucket.millisecondsUntil(1, now: Self.second) == 9000)
    #expect(bucket.millisecondsUntil(2, now: Self.second) == 9500)
    let isTaken4 = bucket.take(10 * Self.second)
    #expect(isTaken4)
    let isTaken5 = bucket.take(10 * Self.second)
    #expect(!isTaken5)
  }

  @Test func countsWhatWentOutAhead() {
    var bucket = TokenBucket(perSecond: 1, burst: 1, now: 0)
    bucket.takeAhead(0)
    bucket.takeAhead(0)
    #expect(bucket.tokens(0) == -1)
    #expect(bucket.millisecondsUntil(1, now: 0) == 2000)
  }

  @Test(arguments: [0, -1, Double.nan, .infinity, 1e-30]) func survivesAnyRate(perSecond: Double) {
    var bucket = TokenBucket(perSecond: perSecond, burst: -5, now: 0)
    let isTaken6 = bucket.take(0)
    #expect(isTaken6)
    #expect(bucket.millisecondsUntil(1000, now: 0) >= 0)
    bucket.change(perSecond: 1, burst: 2, now: 0)
    #expect(bucket.burst == 2)
  }
}
