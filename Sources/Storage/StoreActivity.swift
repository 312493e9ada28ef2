import Support
import Synchronization

/// What happened in a store since it was last looked after, and the bell that calls for that.
final class StoreActivity: Sendable {
  let lookups = LookupCounts()
  private let written = Atomic<Int>(0)
  private let alarm = Atomic<Int>(.max)
  private let bell = Semaphore()

  /// Rings once so many more bytes have been written.
  func ring(afterBytes count: Int) {
    written.store(0, ordering: .relaxed)
    alarm.store(count, ordering: .relaxed)
  }

  func wrote(_ count: Int) {
    let total = written.add(count, ordering: .relaxed).newValue
    let limit = alarm.load(ordering: .relaxed)
    if total >= limit, total - count < limit { bell.signal() }
  }

  func ring() { bell.signal() }

  /// Waits for the bell, at most so long.
  func wait(milliseconds: Int64) { _ = bell.wait(milliseconds: milliseconds) }
}
