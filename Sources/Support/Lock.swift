public import Glibc

/// A value that one thread at a time may touch.
///
/// A pthread mutex rather than `Synchronization.Mutex`, which the thread sanitizer misreads on Linux.
public final class Lock<Value>: @unchecked Sendable {
  // Sendable is right because `value` is reached only inside `withLock`, between lock and unlock of `mutex`; both have
  // fixed addresses of their own.
  @usableFromInline let value: UnsafeMutablePointer<Value>
  @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>

  public init(_ value: sending Value) {
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    value.deinitialize(count: 1)
    value.deallocate()
  }

  /// Runs `body` alone. Never suspend, block or take the same lock inside.
  @inlinable
  public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value.pointee)
  }
}
