import Support
import Testing

@testable import PluginHosting

struct WorkerPoolTests {
  @Test func threadsAreMadeOnDemandAndEndWhenIdle() async throws {
    let pool = WorkerPool(name: "pool", threads: 4, waiting: 10, idleMilliseconds: 20)
    #expect(pool.threads == 0)
    let gate = Semaphore()
    for _ in 0..<3 { #expect(pool.enqueue { gate.wait() }) }
    #expect(pool.threads == 3)
    for _ in 0..<3 { gate.signal() }
    for _ in 0..<400 where pool.threads > 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(pool.threads == 0)
    // It begins anew.
    #expect(pool.enqueue {})
    #expect(await blocking { pool.close(milliseconds: 2000) })
  }

  @Test func jobsBeyondThreadsWaitAndBeyondTheQueueAreRefused() async {
    let pool = WorkerPool(name: "pool", threads: 2, waiting: 3, idleMilliseconds: 1000)
    let gate = Semaphore()
    let ran = Counter()
    let accepted = (0..<7).filter { _ in
      pool.enqueue {
        gate.wait()
        ran.add()
      }
    }
    // Two run once their threads have taken them; until then they take places in the queue.
    #expect((3...5).contains(accepted.count))
    for _ in accepted { gate.signal() }
    #expect(await blocking { pool.close(milliseconds: 2000) })
    #expect(ran.value == accepted.count)
    #expect(!pool.enqueue {})
  }

  @Test func everyJobOfManyRunsOnce() async {
    let pool = WorkerPool(name: "pool", threads: 8, waiting: 5000, idleMilliseconds: 1)
    let ran = Counter()
    for _ in 0..<5000 { #expect(pool.enqueue { ran.add() }) }
    #expect(await blocking { pool.close(milliseconds: 5000) })
    #expect(ran.value == 5000)
  }

  @Test func closingDoesNotWaitForEverForAJobThatHangs() async {
    let pool = WorkerPool(name: "pool", threads: 1, waiting: 1, idleMilliseconds: 1000)
    let gate = Semaphore()
    #expect(pool.enqueue { gate.wait() })
    #expect(await blocking { pool.close(milliseconds: 20) } == false)
    gate.signal()
  }
}
