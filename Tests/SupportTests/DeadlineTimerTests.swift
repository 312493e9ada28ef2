import Support
import Testing

struct DeadlineTimerTests {
  @Test func actionsRunInTheOrderOfTheirDeadlinesAndCancelledOnesNever() async {
    let time = SystemTime()
    let timer = DeadlineTimer(time: time)
    let start = time.monotonicNanoseconds + 500_000_000
    let moment = { (number: Int) in Deadline(monotonicNanoseconds: start + Int64(number) * 10_000_000) }
    let ran = Lock<[Int]>([])
    let isDone = Semaphore()
    for number in [5, 1, 4, 2, 3] {
      let id = timer.schedule(moment(number)) { ran.withLock { $0.append(number) } }
      if number == 4 { timer.cancel(id) }
    }
    timer.schedule(moment(6)) { isDone.signal() }
    #expect(await isSignalled(isDone))
    #expect(ran.withLock { $0 } == [1, 2, 3, 5])
    withExtendedLifetime(timer) {}
  }

  @Test func manyCancelledOnesDoNotStandInTheWay() async {
    let time = SystemTime()
    let timer = DeadlineTimer(time: time)
    let isDone = Semaphore()
    timer.schedule(.after(milliseconds: 50, time)) { isDone.signal() }
    for number in 0..<10_000 {
      timer.cancel(
        timer.schedule(.after(milliseconds: Int64(20_000 + number % 60), time)) { Issue.record("cancelled") })
    }
    #expect(await isSignalled(isDone))
    withExtendedLifetime(timer) {}
  }
}

/// Waits on a thread of its own, for five seconds at most.
private func isSignalled(_ semaphore: Semaphore) async -> Bool {
  await withCheckedContinuation { continuation in
    let isStarted = Thread.start("waiting") { continuation.resume(returning: semaphore.wait(milliseconds: 5000)) }
    if !isStarted { continuation.resume(returning: false) }
  }
}
