import Answers
import Support
import Testing

@Suite struct BackgroundWorkTests {
  private let metrics = Metrics()

  private func key(_ name: String) -> CacheKey { CacheKey(space: "test", name: name) }

  private func rest(_ work: BackgroundWork) async {
    while work.count > 0 { try? await Task.sleep(for: .milliseconds(1)) }
  }

  /// Returns when a first piece is under way, which goes on until the gate opens.
  private func begin(_ work: BackgroundWork, _ gate: Gate) async {
    let isUnderWay = Lock(false)
    work.add(key("first")) {
      isUnderWay.withLock { $0 = true }
      await gate.pass()
    }
    while !isUnderWay.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
  }

  @Test func theSameIsDoneOnceAndEverythingInTurn() async {
    let work = BackgroundWork(concurrent: 1, metrics: metrics)
    let gate = Gate()
    let done = Lock<[String]>([])
    work.add(key("first")) { await gate.pass() }
    for name in ["a", "b", "a", "b", "c"] { work.add(key(name)) { done.withLock { $0.append(name) } } }
    #expect(work.count == 4)
    gate.open()
    await rest(work)
    #expect(done.withLock { $0 } == ["a", "b", "c"])
    work.add(key("a")) { done.withLock { $0.append("again") } }
    await rest(work)
    #expect(done.withLock { $0 }.last == "again")
  }

  @Test func noMoreGoOnAtATimeThanAllowed() async {
    let work = BackgroundWork(concurrent: 2, metrics: metrics)
    let (now, most) = (Lock(0), Lock(0))
    for number in 0..<50 {
      work.add(key("\(number)")) {
        let count = now.withLock { now in
          now += 1
          return now
        }
        most.withLock { $0 = max($0, count) }
        for _ in 0..<5 { await Task.yield() }
        now.withLock { $0 -= 1 }
      }
    }
    await rest(work)
    #expect((1...2).contains(most.withLock { $0 }))
  }

  @Test func whatFindsTooMuchWaitingIsLeftUndoneAndCounted() async {
    let work = BackgroundWork(concurrent: 1, maximumWaiting: 3, metrics: metrics)
    let gate = Gate()
    await begin(work, gate)
    for number in 0..<9 { work.add(key("\(number)")) { await gate.pass() } }
    #expect(work.count == 4)
    gate.open()
    await rest(work)
    let text = metrics.render()
    #expect(text.contains("usher_background_total{outcome=\"dropped\"} 6"))
    #expect(text.contains("usher_background_total{outcome=\"done\"} 4"))
  }

  @Test func afterItsEndNothingIsBegun() async {
    let work = BackgroundWork(concurrent: 1, metrics: metrics)
    let gate = Gate()
    let done = Lock(0)
    await begin(work, gate)
    work.add(key("waiting")) { done.withLock { $0 += 1 } }
    work.close()
    work.add(key("late")) { done.withLock { $0 += 1 } }
    gate.open()
    while metrics.render().contains("outcome=\"done\"} 0") {
      try? await Task.sleep(for: .milliseconds(1))
    }
    #expect(done.withLock { $0 } == 0)
  }
}
