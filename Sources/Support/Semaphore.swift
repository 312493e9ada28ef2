import CSupport
import Glibc

/// Lets a thread of our own wait for work done elsewhere. Never wait on it inside a Task.
public final class Semaphore: @unchecked Sendable {
  // Sendable is right because POSIX semaphores may be posted and awaited from every thread; `handle` never moves.
  private let handle: UnsafeMutablePointer<sem_t>

  public init(_ value: UInt32 = 0) {
    handle = .allocate(capacity: 1)
    sem_init(handle, 0, value)
  }

  deinit {
    sem_destroy(handle)
    handle.deallocate()
  }

  public func signal() { sem_post(handle) }

  public func wait() {
    while sem_wait(handle) != 0 {}
  }

  /// False when nobody signalled within `milliseconds`.
  public func wait(milliseconds: Int64) -> Bool {
    var limit = timespec()
    clock_gettime(CLOCK_MONOTONIC, &limit)
    let nanoseconds = Int64(limit.tv_nsec) + max(0, min(milliseconds, 86_400_000)) * 1_000_000
    let seconds = Int64(limit.tv_sec) + nanoseconds / 1_000_000_000
    while usher_semaphore_wait_until(handle, seconds, nanoseconds % 1_000_000_000) != 0 {
      if errno == ETIMEDOUT { return false }
    }
    return true
  }
}
