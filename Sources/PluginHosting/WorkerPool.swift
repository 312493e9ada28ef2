import Support

/// Threads for the blocking calls of one plugin: made on demand, ended when they have had nothing to do for a while, so
/// many at most; who gets one says `WorkerQueue`. From every thread.
///
/// A job costs one short lock when it comes and one when it is done; these look at each job that waits.
final class WorkerPool: Sendable {
  struct Job: Sendable {
    /// Whose turn it is; may rise while it waits.
    var urgency = SharedUrgency()
    /// The provider that it is for, where a pool is shared by several.
    var owner: String?
    /// False once nobody waits for it: it holds no place against others then, and runs on whatever thread.
    var isWanted: @Sendable () -> Bool = { true }
    let run: @Sendable () -> Void
  }

  private struct State {
    var queue: WorkerQueue
    /// What has been given a thread and is not taken yet.
    var admitted: [Job] = []
    var threads = 0
    /// Threads that wait for work, and threads that are on their way to it.
    var idle = 0
    var coming = 0
    var isClosed = false
  }

  /// Threads that must be woken and made.
  private struct Summons {
    var wakes = 0
    var starts = 0
  }

  private let name: String
  private let idleMilliseconds: Int64
  private let state: Lock<State>
  private let wake = Semaphore()
  private let ended = Semaphore()

  init(name: String, threads: Int, waiting: Int, idleMilliseconds: Int64) {
    self.name = name
    self.idleMilliseconds = idleMilliseconds
    state = Lock(State(queue: WorkerQueue(threads: max(1, threads), maximumWaiting: waiting)))
  }

  /// Threads there are now.
  var threads: Int { state.withLock { $0.threads } }

  /// False when too many wait already, the pool is closed or the system has no thread; `job` may run all the same in
  /// the last case, when a thread gets free.
  func enqueue(_ job: Job) -> Bool {
    let (isTaken, unwanted, summons) = state.withLock { state -> (Bool, [Job], Summons) in
      guard !state.isClosed else { return (false, [], Summons()) }
      let (isTaken, unwanted) = state.queue.append(job)
      Self.admit(&state)
      return (isTaken, unwanted, Self.summons(&state))
    }
    for job in unwanted { job.run() }
    return summon(summons) && isTaken
  }

  private static func admit(_ state: inout State) {
    while let job = state.queue.next(all: state.isClosed) { state.admitted.append(job) }
  }

  /// The threads that must come for what is admitted. A closed pool makes none: those it has do what is left.
  private static func summons(_ state: inout State) -> Summons {
    var summons = Summons()
    while state.coming < state.admitted.count, state.idle > 0 || !state.isClosed {
      state.coming += 1
      if state.idle > 0 {
        state.idle -= 1
        summons.wakes += 1
      } else {
        state.threads += 1
        summons.starts += 1
      }
    }
    return summons
  }

  /// False when the system has no thread, and there is none that could do the work later.
  private func summon(_ summons: Summons) -> Bool {
    for _ in 0..<summons.wakes { wake.signal() }
    var hasThread = true
    for _ in 0..<summons.starts
    where !Thread.start(name, stackBytes: 2 << 20, { CrashRecord.guardingStack { self.run() } }) {
      let isClosed = state.withLock { state in
        state.threads -= 1
        state.coming -= 1
        hasThread = state.threads > 0
        return state.isClosed
      }
      if isClosed { ended.signal() }
    }
    return hasThread
  }

  /// Takes no more jobs and waits for the threads; false when some have not ended in time. Call it once. Blocks.
  func close(milliseconds: Int64) -> Bool {
    let (threads, idle) = state.withLock { state in
      state.isClosed = true
      defer {
        state.coming += state.idle
        state.idle = 0
      }
      return (state.threads, state.idle)
    }
    for _ in 0..<idle { wake.signal() }
    let deadline = Deadline.after(milliseconds: milliseconds, SystemTime())
    return (0..<threads).allSatisfy { _ in ended.wait(milliseconds: deadline.remainingMilliseconds(SystemTime())) }
  }

  private func run() {
    var job = next(.summoned)
    while let done = job {
      done.run()
      job = next(.finished(done))
    }
  }

  /// Whence a thread comes for its next job.
  private enum Arrival {
    case summoned
    case finished(Job)
    /// Has waited for long enough.
    case idle
  }

  /// Nil when the calling thread is to end.
  private func next(_ arrival: Arrival) -> Job? {
    var (job, isOver) = take(arrival)
    while job == nil, !isOver {
      let isWoken = wake.wait(milliseconds: idleMilliseconds)
      if isWoken || !leaveIdle() {
        if !isWoken { wake.wait() }
        (job, isOver) = take(.summoned)
      } else {
        (job, isOver) = take(.idle)
      }
    }
    return job
  }

  /// False when nobody is idle: whoever was has been summoned, the calling thread too.
  private func leaveIdle() -> Bool {
    state.withLock { state in
      guard state.idle > 0 else { return false }
      state.idle -= 1
      return true
    }
  }

  /// A job; or that the thread is over: the pool is closed, or there is nothing and it is not to go idle.
  private func take(_ arrival: Arrival) -> (Job?, isOver: Bool) {
    let (job, isOver, isClosed, summons) = state.withLock { state -> (Job?, Bool, Bool, Summons) in
      var mayIdle = !state.isClosed
      switch arrival {
      // Counted as coming until it takes its job, or whoever comes in between would summon another thread for it.
      case .summoned: state.coming -= 1
      case .finished(let job): state.queue.leave(job)
      case .idle: mayIdle = false
      }
      Self.admit(&state)
      let job = state.admitted.isEmpty ? nil : state.admitted.removeFirst()
      let isOver = job == nil && !mayIdle
      if isOver { state.threads -= 1 } else if job == nil { state.idle += 1 }
      return (job, isOver, state.isClosed, Self.summons(&state))
    }
    _ = summon(summons)
    if isOver, isClosed { ended.signal() }
    return (job, isOver)
  }
}
