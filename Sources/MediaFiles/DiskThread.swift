import Support

/// One thread for reading disks, which may sleep, hang or be far away; nothing that waits for it blocks a Task.
final class DiskThread: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var isRunning = false
  }

  private let state = Lock(State())
  private let timer = DeadlineTimer(time: SystemTime())
  private let maximumWaiting: Int

  /// More that waits than `maximumWaiting` is refused.
  init(maximumWaiting: Int = 256) { self.maximumWaiting = maximumWaiting }

  /// What `body` gives on the thread; nil when too much waits already, or after so long. A late `body` runs to its end,
  /// and nobody hears of it.
  func run<Value: Sendable>(milliseconds: Int64, _ body: @escaping @Sendable () -> Value?) async -> Value? {
    let pending = Lock<CheckedContinuation<Value?, Never>?>(nil)
    let give: @Sendable (Value?) -> Void = { value in
      let continuation = pending.withLock { pending in
        defer { pending = nil }
        return pending
      }
      continuation?.resume(returning: value)
    }
    return await withCheckedContinuation { continuation in
      pending.withLock { $0 = continuation }
      let patience = timer.schedule(.after(milliseconds: milliseconds, SystemTime())) { give(nil) }
      let isTaken = enqueue {
        give(body())
        self.timer.cancel(patience)
      }
      if !isTaken {
        give(nil)
        timer.cancel(patience)
      }
    }
  }

  private func enqueue(_ work: @escaping @Sendable () -> Void) -> Bool {
    let (isTaken, starts) = state.withLock { state in
      guard state.waiting.count < maximumWaiting else { return (false, false) }
      state.waiting.append(work)
      defer { state.isRunning = true }
      return (true, !state.isRunning)
    }
    if starts { Thread.start("disk") { self.workOff() } }
    return isTaken
  }

  /// The thread ends when nothing waits.
  private func workOff() {
    while let work = next() { work() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isRunning = false
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}
