import Glibc

/// A value that one thread at a time may touch.
///
/// A pthread mutex rather than `Synchronization.Mutex`, which the thread sanitizer misreads on Linux.
package final class Guarded<Value>: @unchecked Sendable {
  // Sendable is right because `value` is reached only inside `withLock`, between lock and unlock of `mutex`, and
  // `mutex` has a fixed address of its own.
  private var value: Value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  package init(_ value: sending Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs `body` alone. Never suspend, block or take the same lock inside.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
