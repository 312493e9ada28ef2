import Support
import Testing

@testable import PluginHosting

/// Who gets a thread when there are not enough for all.
struct WorkerSharingTests {
  /// Jobs that hold their thread until the test says go, and their order.
  private final class Stage: Sendable {
    let pool: WorkerPool
    let gate = Semaphore()
    let names = Lock<[String]>([])
    private let held = Counter()

    init(threads: Int, waiting: Int = 100) {
      pool = WorkerPool(name: "pool", threads: threads, waiting: waiting, idleMilliseconds: 1000)
    }

    /// So many jobs that hold their thread; gives how many were accepted.
    @discardableResult
    func hold(
      _ count: Int, _ urgency: Urgency = .normal, owner: String? = nil,
      isWanted: @escaping @Sendable () -> Bool = { true }
    ) -> Int {
      (0..<count).filter { _ in
        let job = WorkerPool.Job(urgency: SharedUrgency(urgency), owner: owner, isWanted: isWanted) {
          if isWanted() { self.gate.wait() }
        }
        guard pool.enqueue(job) else { return false }
        held.add()
        return true
      }.count
    }

    func note(_ name: String, _ urgency: SharedUrgency, owner: String? = nil) -> Bool {
      pool.enqueue(WorkerPool.Job(urgency: urgency, owner: owner) { self.names.withLock { $0.append(name) } })
    }

    /// Lets all go and gives the names in the order in which they ran.
    func end() async -> [String] {
      for _ in 0..<held.value { gate.signal() }
      #expect(await blocking { self.pool.close(milliseconds: 5000) })
      return names.withLock { $0 }
    }
  }

  @Test func aPersonComesBeforeAProgramAndAProgramBeforeWhatNobodyWaitsFor() async {
    let stage = Stage(threads: 1)
    stage.hold(1)
    for (name, urgency) in [
      ("background", Urgency.background), ("first", .normal), ("second", .normal), ("person", .interactive),
    ] { #expect(stage.note(name, SharedUrgency(urgency))) }
    #expect(await stage.end() == ["person", "first", "second", "background"])
  }

  @Test func whoeverBecomesUrgentWhileItWaitsMovesUp() async {
    let stage = Stage(threads: 1)
    stage.hold(1)
    let joined = SharedUrgency(.background)
    #expect(stage.note("program", SharedUrgency(.normal)))
    #expect(stage.note("joined", joined))
    joined.raise(to: .interactive)
    #expect(await stage.end() == ["joined", "program"])
  }

  @Test func theLastThreadsAreForThoseWhoMindWaiting() async {
    let stage = Stage(threads: 16)
    // A thread is made for each job that may run, at once.
    stage.hold(20, .background)
    #expect(stage.pool.threads == 12)
    stage.hold(20, .normal)
    #expect(stage.pool.threads == 14)
    stage.hold(1, .interactive)
    #expect(stage.pool.threads == 15)
    _ = await stage.end()
  }

  @Test func oneProviderLeavesThreadsToTheOthers() async {
    let stage = Stage(threads: 64)
    stage.hold(100, owner: "a")
    #expect(stage.pool.threads == 32)
    for owner in ["b", "c", "d", "e"] {
      let before = stage.pool.threads
      stage.hold(1, owner: owner)
      #expect(stage.pool.threads == before + 1, "\(owner) found none")
    }
    _ = await stage.end()
  }

  @Test func aThreadThatGetsFreeGoesToWhoeverMayHaveIt() async {
    let stage = Stage(threads: 4)
    stage.hold(2, owner: "a")
    #expect(stage.note("a", SharedUrgency(), owner: "a"))
    #expect(stage.note("b", SharedUrgency(), owner: "b"))
    for _ in 0..<2000 where stage.names.withLock({ $0 }) != ["b"] { try? await Task.sleep(for: .milliseconds(5)) }
    #expect(stage.names.withLock { $0 } == ["b"], "a holds its share, b none")
    stage.gate.signal()
    for _ in 0..<2000 where stage.names.withLock({ $0.count }) < 2 { try? await Task.sleep(for: .milliseconds(5)) }
    #expect(await stage.end() == ["b", "a"])
  }

  @Test func whoeverGaveUpHoldsNoPlaceAgainstOthers() async {
    let stage = Stage(threads: 1, waiting: 3)
    stage.hold(1)
    let isWanted = Lock(true)
    #expect(stage.hold(3, isWanted: { isWanted.withLock { $0 } }) == 3)
    #expect(!stage.note("refused", SharedUrgency()))
    isWanted.withLock { $0 = false }
    #expect(stage.note("taken", SharedUrgency()))
    #expect(await stage.end() == ["taken"])
  }

  @Test func everyJobOfEveryKindRunsOnceWithoutAnyMoreComing() async throws {
    let stage = Stage(threads: 6, waiting: 8000)
    let ran = Counter()
    for number in 0..<6000 {
      let urgency = Urgency.allCases[number % 3]
      let owner = number % 4 == 0 ? nil : "provider \(number % 4)"
      #expect(stage.pool.enqueue(WorkerPool.Job(urgency: SharedUrgency(urgency), owner: owner) { ran.add() }))
    }
    for _ in 0..<2000 where ran.value < 6000 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(ran.value == 6000)
    _ = await stage.end()
  }
}

extension WorkerPool {
  /// A job of a program that is for no provider.
  func enqueue(_ run: @escaping @Sendable () -> Void) -> Bool { enqueue(Job(run: run)) }
}
