import Support

/// Work that waits for a storage thread.
final class JobQueue<Job: Sendable>: Sendable {
  private struct State {
    var waiting: [Job] = []
    var isClosed = false
  }

  private let path: String
  private let limit: Int
  private let state = Lock(State())
  private let changed = Semaphore()

  /// At most `limit` jobs wait; more are refused, so that a dead disk cannot fill the memory.
  init(path: String, limit: Int = 10_000) {
    self.path = path
    self.limit = limit
  }

  var count: Int { state.withLock { $0.waiting.count } }

  /// Puts a job at the end. From every thread; does not block.
  func add(_ job: Job) throws(StorageError) {
    try state.withLock { state throws(StorageError) in
      guard !state.isClosed else { throw .closed(path: path) }
      guard state.waiting.count < limit else { throw .overloaded(path: path) }
      state.waiting.append(job)
    }
    changed.signal()
  }

  /// Waits for jobs and takes the first ones; none once the queue is closed and empty. For storage threads.
  func take(atMost count: Int) -> [Job] {
    while true {
      changed.wait()
      let (jobs, isOver) = state.withLock { state in
        let jobs = Array(state.waiting.prefix(count))
        state.waiting.removeFirst(jobs.count)
        return (jobs, state.isClosed && jobs.isEmpty)
      }
      if !jobs.isEmpty { return jobs }
      if isOver {
        // The next thread has to see it too.
        changed.signal()
        return []
      }
      // Somebody else took the job of this signal together with its own.
    }
  }

  /// Takes no more jobs. Those that wait are still done.
  func close() {
    state.withLock { $0.isClosed = true }
    changed.signal()
  }
}
