import Support
import Testing
import Transport

@testable import Limits

@Suite struct RateLimiterTests {
  private let time = ManualTime()
  private static let slot = RateLimiter.Slot(isBackground: false)

  private func limiter(
    perSecond: Double = 1, burst: Int = 1, concurrent: Int = 100, _ sleeper: any Sleeper
  ) -> RateLimiter {
    let pace = Pace(perSecond: perSecond, burst: burst, concurrent: concurrent)
    return RateLimiter(source: "demo", pace: pace, time: time, sleeper: sleeper)
  }

  private func failure(
    _ limiter: RateLimiter, within milliseconds: Int64, _ urgency: Urgency = .normal
  ) async -> FetchError? {
    do throws(FetchError) {
      _ = try await limiter.acquire(
        until: .after(milliseconds: milliseconds, time), url: "u", urgency: SharedUrgency(urgency))
      return nil
    } catch {
      return error
    }
  }

  @Test func theTwentyFirstOfTwentyWaits() async {
    let sleeper = RecordingSleeper(time)
    let limiter = limiter(perSecond: 2, burst: 20, sleeper)
    for _ in 0..<20 { #expect(await failure(limiter, within: 10_000) == nil) }
    #expect(sleeper.milliseconds.isEmpty)
    #expect(limiter.tokens == 0)
    #expect(await failure(limiter, within: 10_000) == nil)
    #expect(sleeper.milliseconds == [500])
  }

  @Test func aWaitThatCannotBeMetFailsAtOnce() async {
    let sleeper = RecordingSleeper(time)
    let limiter = limiter(perSecond: 0.1, sleeper)
    #expect(await failure(limiter, within: 1000) == nil)
    let error = await failure(limiter, within: 9999)
    #expect(
      error
        == .overloaded(
          source: "demo", reason: "its rate limit is used up for 10000 ms, and the asker has 9999 ms"))
    #expect(sleeper.milliseconds.isEmpty)
  }

  @Test func onlySoManyAreUnderWayInOrderOfAsking() async {
    let limiter = limiter(perSecond: 1000, burst: 1000, concurrent: 1, RecordingSleeper(time))
    #expect(await failure(limiter, within: 10_000) == nil)
    let order = Lock<[Int]>([])
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<5 {
        group.addTask {
          #expect(await failure(limiter, within: 10_000) == nil)
          order.withLock { $0.append(number) }
          limiter.release(Self.slot)
        }
        #expect(await eventually { limiter.waiting == number + 1 })
      }
      #expect(order.withLock { $0 }.isEmpty)
      limiter.release(Self.slot)
    }
    #expect(order.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test func aPauseHoldsEveryoneAndRefusesThoseInAHurry() async {
    let sleeper = HeldSleeper()
    let limiter = limiter(perSecond: 1, sleeper)
    #expect(await failure(limiter, within: 1000) == nil)
    async let patient = failure(limiter, within: 60_000)
    #expect(await eventually { limiter.waiting == 1 })
    async let hurried = failure(limiter, within: 5000)
    #expect(await eventually { limiter.waiting == 2 })
    limiter.pause(milliseconds: 10_000)
    guard case .overloaded(_, let reason) = await hurried else {
      Issue.record("the one in a hurry must fail")
      return
    }
    #expect(reason.hasPrefix("its service asked for a pause for "))
    time.advance(milliseconds: 1000)
    sleeper.wake()
    #expect(await eventually { sleeper.asked == [1000, 9000] })
    #expect(limiter.waiting == 1)
    time.advance(milliseconds: 9000)
    sleeper.wake()
    #expect(await patient == nil)
  }

  @Test func aCancelledAskerLeavesItsPlace() async {
    let limiter = limiter(HeldSleeper())
    #expect(await failure(limiter, within: 1000) == nil)
    let task = Task { await failure(limiter, within: 60_000) }
    #expect(await eventually { limiter.waiting == 1 })
    task.cancel()
    #expect(await task.value == .cancelled(url: "u"))
    #expect(limiter.waiting == 0)
  }

  @Test func theDeadlineEndsAWaitForAPlace() async {
    let limiter = limiter(perSecond: 1000, burst: 1000, concurrent: 1, HeldSleeper())
    #expect(await failure(limiter, within: 1000) == nil)
    #expect(
      await failure(limiter, within: 30)
        == .overloaded(source: "demo", reason: "no place became free before the deadline"))
    #expect(limiter.waiting == 0)
  }

  @Test func aPersonGoesBeforeAScanAndAScanBeforeRefreshing() async {
    let limiter = limiter(perSecond: 1000, burst: 1000, concurrent: 1, RecordingSleeper(time))
    #expect(await failure(limiter, within: 10_000) == nil)
    let order = Lock<[Urgency]>([])
    await withTaskGroup(of: Void.self) { group in
      let asking: [Urgency] = [.background, .normal, .interactive, .background, .normal, .interactive]
      for (number, urgency) in asking.enumerated() {
        group.addTask {
          let slot = try? await limiter.acquire(
            until: .after(milliseconds: 10_000, time), url: "u", urgency: SharedUrgency(urgency))
          order.withLock { $0.append(urgency) }
          if let slot { limiter.release(slot) }
        }
        #expect(await eventually { limiter.waiting == number + 1 })
      }
      limiter.release(Self.slot)
    }
    #expect(order.withLock { $0 } == [.interactive, .interactive, .normal, .normal, .background, .background])
  }

  @Test func refreshingLeavesAPlaceAndAQuarterOfTheBurst() {
    let limiter = limiter(perSecond: 1, burst: 8, concurrent: 3, HeldSleeper())
    #expect(limiter.tryAcquire(.background) != nil && limiter.tryAcquire(.background) != nil)
    #expect(limiter.tryAcquire(.background) == nil)
    #expect(limiter.tryAcquire(.interactive) != nil)
    let patient = self.limiter(perSecond: 1, burst: 8, concurrent: 100, HeldSleeper())
    for _ in 0..<6 { #expect(patient.tryAcquire(.background) != nil) }
    #expect(patient.tryAcquire(.background) == nil)
    #expect(patient.tryAcquire() != nil && patient.tryAcquire() != nil)
    #expect(patient.tryAcquire() == nil)
  }

  @Test func refreshingGoesOnAtTheRateWhenNobodyElseAsks() async {
    let sleeper = RecordingSleeper(time)
    let limiter = limiter(perSecond: 2, burst: 4, sleeper)
    for _ in 0..<6 { #expect(await failure(limiter, within: 60_000, .background) == nil) }
    #expect(sleeper.milliseconds == [500, 500, 500])
  }

  @Test func whoBecomesMoreUrgentWhileWaitingGoesAtOnceWhenThereIsAPlace() async throws {
    let limiter = limiter(perSecond: 1000, burst: 1000, concurrent: 2, HeldSleeper())
    #expect(limiter.tryAcquire(.background) != nil)
    let urgency = SharedUrgency(.background)
    async let slot = limiter.acquire(until: .after(milliseconds: 3000, time), url: "u", urgency: urgency)
    #expect(await eventually { limiter.waiting == 1 })
    urgency.raise(to: .interactive)
    #expect(try await slot.isBackground == false)
  }

  @Test func whoBecomesMoreUrgentNeedNotLeaveAnythingToOthers() async throws {
    let sleeper = HeldSleeper()
    let limiter = limiter(perSecond: 1, burst: 8, sleeper)
    for _ in 0..<6 { #expect(limiter.tryAcquire(.background) != nil) }
    let urgency = SharedUrgency(.background)
    async let slot = limiter.acquire(until: .after(milliseconds: 3000, time), url: "u", urgency: urgency)
    #expect(await eventually { limiter.waiting == 1 })
    urgency.raise(to: .normal)
    #expect(try await slot.isBackground == false)
    sleeper.wake()
  }

  @Test func aFullQueueMakesRoomForWhoIsMoreUrgent() async {
    let limiter = limiter(perSecond: 1, HeldSleeper())
    #expect(await failure(limiter, within: 1000) == nil)
    await withTaskGroup(of: FetchError?.self) { group in
      for _ in 0..<RateLimiter.maximumWaiters {
        group.addTask { await failure(limiter, within: 10_000_000, .background) }
      }
      #expect(await eventually { limiter.waiting == RateLimiter.maximumWaiters })
      group.addTask { await failure(limiter, within: 10_000_000) }
      #expect(
        await group.next() == .overloaded(source: "demo", reason: "512 requests are waiting already"))
      #expect(limiter.waiting == RateLimiter.maximumWaiters)
      limiter.shutdown()
    }
  }

  @Test func anUnusedPlaceGivesItsTokenBack() {
    let limiter = limiter(perSecond: 1, burst: 1, HeldSleeper())
    guard let slot = limiter.tryAcquire() else { return }
    #expect(limiter.tokens == 0)
    limiter.release(slot, unused: true)
    #expect(limiter.tokens == 1)
  }

  @Test func theQueueIsBoundedAndShutdownEmptiesIt() async {
    let limiter = limiter(perSecond: 1, HeldSleeper())
    #expect(await failure(limiter, within: 1000) == nil)
    await withTaskGroup(of: FetchError?.self) { group in
      for _ in 0..<RateLimiter.maximumWaiters { group.addTask { await failure(limiter, within: 10_000_000) } }
      #expect(await eventually { limiter.waiting == RateLimiter.maximumWaiters })
      #expect(
        await failure(limiter, within: 10_000_000)
          == .overloaded(source: "demo", reason: "512 requests are waiting already"))
      limiter.shutdown()
      for await error in group { #expect(error == .cancelled(url: "demo")) }
    }
    #expect(await failure(limiter, within: 1000) == .cancelled(url: "u"))
  }
}

/// Sleeps until woken.
private final class HeldSleeper: Sleeper {
  private let state = Lock<(asked: [Int64], sleeping: [CheckedContinuation<Void, Never>])>(([], []))

  var asked: [Int64] { state.withLock { $0.asked } }

  func sleep(milliseconds: Int64) async throws {
    await withCheckedContinuation { continuation in
      state.withLock {
        $0.asked.append(milliseconds)
        $0.sleeping.append(continuation)
      }
    }
  }

  func wake() {
    let sleeping = state.withLock { state in
      defer { state.sleeping = [] }
      return state.sleeping
    }
    for continuation in sleeping { continuation.resume() }
  }
}
