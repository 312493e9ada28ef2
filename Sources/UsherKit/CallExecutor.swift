import Glibc

/// Runs one async function on the thread that calls `run`: the thread that the host lent for the call.
///
/// The function itself, `async let`, task groups and default actors stay on that thread; `Task { }` and
/// `Task.detached` do not, and must be over when the function ends.
final class CallExecutor: TaskExecutor, @unchecked Sendable {
  // Sendable is right because `jobs` and `isOver` are touched only between lock and unlock of `mutex`, and `mutex` and
  // `arrival` have fixed addresses of their own.
  private var jobs: [UnownedJob] = []
  private var isOver = false
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let lentThread = pthread_self()

  /// How often a waiting call looks whether somebody still waits for it, in nanoseconds.
  private static let patience: Int = 50_000_000

  /// Belongs to the current thread, which must be the one that calls `run`.
  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(arrival, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(mutex)
    arrival.deallocate()
    mutex.deallocate()
  }

  /// True on the thread that the host lent.
  var isCurrentThread: Bool { pthread_equal(pthread_self(), lentThread) != 0 }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pthread_mutex_lock(mutex)
    let isLate = isOver
    if !isLate {
      jobs.append(job)
      pthread_cond_signal(arrival)
    }
    pthread_mutex_unlock(mutex)
    // An actor shared by several calls may leave one of its own jobs behind when a call has ended.
    if isLate { globalConcurrentExecutor.enqueue(job) }
  }

  /// Runs `body` to its end on this thread and gives its outcome. The task of `body` is cancelled once `isCancelled`
  /// says so.
  func run<Value: Sendable>(
    isCancelled: () -> Bool, _ body: @escaping @Sendable () async throws -> Value
  ) -> Result<Value, any Error> {
    let outcome = Guarded<Result<Value, any Error>?>(nil)
    let task = Task(executorPreference: self) {
      let result: Result<Value, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      outcome.withLock { $0 = result }
    }
    while true {
      for job in take() { job.runSynchronously(on: asUnownedTaskExecutor()) }
      if let result = outcome.withLock({ $0 }) {
        for job in takeLast() { job.runSynchronously(on: asUnownedTaskExecutor()) }
        return result
      }
      if !task.isCancelled, isCancelled() { task.cancel() }
    }
  }

  /// The jobs that are ready, after waiting a moment for one.
  private func take() -> [UnownedJob] {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if jobs.isEmpty {
      var limit = timespec()
      clock_gettime(CLOCK_MONOTONIC, &limit)
      let nanoseconds = limit.tv_nsec + Self.patience
      limit.tv_sec += nanoseconds / 1_000_000_000
      limit.tv_nsec = nanoseconds % 1_000_000_000
      pthread_cond_timedwait(arrival, mutex, &limit)
    }
    defer { jobs.removeAll(keepingCapacity: true) }
    return jobs
  }

  private func takeLast() -> [UnownedJob] {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isOver = true
    defer { jobs.removeAll() }
    return jobs
  }
}
