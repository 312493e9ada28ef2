import Support

/// Where tests that block run: one after the other on a thread of their own, so that those which run in tasks beside
/// them keep their threads.
@globalActor public actor OwnThread {
  public static let shared = OwnThread()

  private let executor = OneThreadExecutor()

  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
}

/// Runs jobs in order on one thread.
public final class OneThreadExecutor: SerialExecutor {
  private let jobs = Lock<[UnownedJob]>([])
  private let work = Semaphore()

  init() {
    Thread.start("own thread", stackBytes: 8 << 20) { [self] in
      while true {
        work.wait()
        let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?.runSynchronously(on: asUnownedSerialExecutor())
      }
    }
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    work.signal()
  }
}
