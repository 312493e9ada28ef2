import Support
import Testing
import Transport

@testable import Limits

@Suite struct WaiterTests {
  private let timer = DeadlineTimer(time: SystemTime())
  private let time = SystemTime()

  private func outcome(
    _ waiter: Waiter<Int>, within milliseconds: Int64
  ) async -> Waiter<Int>.Outcome {
    await waiter.outcome(
      by: .after(milliseconds: milliseconds, time), time, late: .timedOut(url: "u"), cancelled: .cancelled(url: "u"),
      timer: timer)
  }

  @Test func whoIsAnsweredBeforeWaitingNeedsNoTimer() async {
    let waiter = Waiter<Int>()
    waiter.finish(.success(1))
    #expect(await outcome(waiter, within: 0) == .success(1))
    #expect(timer.count == 0)
    #expect(!waiter.finish(.success(2)))
  }

  @Test func nothingOfAWaitThatEndedIsLeftBehind() async throws {
    for number in 0..<100 {
      let waiter = Waiter<Int>()
      async let outcome = outcome(waiter, within: 600_000)
      try #require(await eventually { timer.count == 1 })
      waiter.finish(.success(number))
      #expect(await outcome == .success(number))
      #expect(timer.count == 0)
    }
  }

  @Test func cancellationEndsAWait() async {
    let waiter = Waiter<Int>()
    let task = Task { await outcome(waiter, within: 600_000) }
    #expect(await eventually { timer.count == 1 })
    task.cancel()
    #expect(await task.value == .failure(.cancelled(url: "u")))
    #expect(timer.count == 0)
  }

  @Test(arguments: [0, 30] as [Int64]) func theDeadlineEndsAWait(milliseconds: Int64) async {
    #expect(await outcome(Waiter(), within: milliseconds) == .failure(.timedOut(url: "u")))
    #expect(timer.count == 0)
  }

  @Test func aDeadlineBeyondAllCountingIsOne() async {
    let waiter = Waiter<Int>()
    let clock = ManualTime()
    async let outcome = waiter.outcome(
      by: Deadline(monotonicNanoseconds: .max), clock, late: .timedOut(url: "u"), cancelled: .cancelled(url: "u"),
      timer: timer)
    #expect(await eventually { timer.count == 1 })
    waiter.finish(.success(1))
    #expect(await outcome == .success(1))
  }
}
