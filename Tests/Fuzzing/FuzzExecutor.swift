import Support
import UsherKit

/// Runs tasks on the thread that waits for them: no run of an input costs a change of threads.
private final class FuzzExecutor: TaskExecutor {
  private let jobs = Guarded<[UnownedJob]>([])
  private let queued = Semaphore()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    queued.signal()
  }

  func runNext() {
    queued.wait()
    let job = jobs.withLock { $0.removeFirst() }
    job.runSynchronously(on: asUnownedTaskExecutor())
  }
}

private let executor = FuzzExecutor()

/// Runs to the end of `work`, on the calling thread.
func run(_ work: @escaping @Sendable () async -> Void) {
  let isDone = Guarded(false)
  Task.detached(executorPreference: executor) {
    await work()
    isDone.withLock { $0 = true }
  }
  while !isDone.withLock({ $0 }) { executor.runNext() }
}
