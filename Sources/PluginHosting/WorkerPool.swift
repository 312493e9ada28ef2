import Support

/// Threads for the blocking calls of one plugin: made on demand, ended when they have had nothing to do for a while, so
/// many at most. From every thread.
final class WorkerPool: Sendable {
  typealias Job = @Sendable () -> Void

  private struct State {
    var waiting: [Job] = []
    /// Jobs before this place have been taken.
    var taken = 0
    var threads = 0
    var idle = 0
    var isClosed = false

    var count: Int { waiting.count - taken }

    mutating func next() -> Job? {
      guard taken < waiting.count else { return nil }
      let job = waiting[taken]
      taken += 1
      if taken == waiting.count || taken > 1024 {
        waiting.removeFirst(taken)
        taken = 0
      }
      return job
    }
  }

  private enum Step { case refuse, wake, start, wait }

  private let name: String
  private let maximumThreads: Int
  private let maximumWaiting: Int
  private let idleMilliseconds: Int64
  private let state = Lock(State())
  private let wake = Semaphore()
  private let ended = Semaphore()

  init(name: String, threads: Int, waiting: Int, idleMilliseconds: Int64) {
    self.name = name
    maximumThreads = max(1, threads)
    maximumWaiting = waiting
    self.idleMilliseconds = idleMilliseconds
  }

  /// Threads there are now.
  var threads: Int { state.withLock { $0.threads } }

  /// False when too many wait already, the pool is closed or the system has no thread; `job` may run all the same in
  /// the last case, when a thread gets free.
  func enqueue(_ job: @escaping Job) -> Bool {
    let step = state.withLock { state in
      let step = self.step(state)
      if case .refuse = step { return step }
      if case .start = step { state.threads += 1 }
      state.waiting.append(job)
      return step
    }
    switch step {
    case .refuse: return false
    case .wait: return true
    case .wake:
      wake.signal()
      return true
    case .start:
      if Thread.start(name, stackBytes: 2 << 20, { CrashRecord.guardingStack { self.run() } }) { return true }
      let others = state.withLock { state in
        state.threads -= 1
        return state.threads
      }
      return others > 0
    }
  }

  private func step(_ state: State) -> Step {
    if state.isClosed { return .refuse }
    if state.idle > state.count { return .wake }
    if state.threads < maximumThreads { return .start }
    return state.count < maximumWaiting ? .wait : .refuse
  }

  /// Takes no more jobs and waits for the threads; false when some have not ended in time. Call it once. Blocks.
  func close(milliseconds: Int64) -> Bool {
    let threads = state.withLock { state in
      state.isClosed = true
      return state.threads
    }
    for _ in 0..<threads { wake.signal() }
    let deadline = Deadline.after(milliseconds: milliseconds, SystemTime())
    return (0..<threads).allSatisfy { _ in ended.wait(milliseconds: deadline.remainingMilliseconds(SystemTime())) }
  }

  private func run() {
    while let job = next() { job() }
  }

  /// Nil when the calling thread is to end.
  private func next() -> Job? {
    while true {
      let (job, isOver) = take(orIdle: true)
      if isOver { return nil }
      if let job { return job }
      let isWoken = wake.wait(milliseconds: idleMilliseconds)
      state.withLock { $0.idle -= 1 }
      if !isWoken {
        let (job, isOver) = take(orIdle: false)
        if isOver { return nil }
        if let job { return job }
      }
    }
  }

  /// A job; or that the thread is over: the pool is closed, or there is nothing and it is not to go idle.
  private func take(orIdle: Bool) -> (Job?, isOver: Bool) {
    let (job, isOver, isClosed) = state.withLock { state -> (Job?, Bool, Bool) in
      if let job = state.next() { return (job, false, state.isClosed) }
      if orIdle, !state.isClosed {
        state.idle += 1
        return (nil, false, false)
      }
      state.threads -= 1
      return (nil, true, state.isClosed)
    }
    if isOver, isClosed { ended.signal() }
    return (job, isOver)
  }
}
