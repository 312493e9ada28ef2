import Support
package import Works

/// Looks once a second whether a command has changed the pins, because the host's ready answers know nothing of it.
package final class PinWatch: Sendable {
  private let works: WorkStore
  private let seen: Int64
  private let end = Semaphore()
  private let ended = Semaphore()
  private let isRunning = Lock(false)

  /// Changes count from here on, those before `start` too. Blocks for some microseconds.
  package init(_ works: WorkStore) {
    self.works = works
    seen = works.pinGeneration()
  }

  /// Calls `changed` on a thread of its own, after each change. Call it once.
  package func start(_ changed: @escaping @Sendable () -> Void) {
    let isStarted = Thread.start("pins", stackBytes: 256 << 10) { [works, seen, end, ended] in
      var last = seen
      while !end.wait(milliseconds: 1000) {
        let now = works.pinGeneration()
        guard now != last else { continue }
        last = now
        changed()
      }
      ended.signal()
    }
    isRunning.withLock { $0 = isStarted }
  }

  /// Returns when the thread has ended.
  package func stop() {
    let wasRunning = isRunning.withLock { isRunning in
      defer { isRunning = false }
      return isRunning
    }
    guard wasRunning else { return }
    end.signal()
    ended.wait()
  }
}
