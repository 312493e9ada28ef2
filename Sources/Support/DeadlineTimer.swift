/// Runs actions at moments, on one thread of its own; for work that takes next to no time. From every thread.
///
/// A Task sleeping per call would cost a task and a runtime timer for each, which stays until it is due even when the task
/// is cancelled; this costs a place in a heap.
public final class DeadlineTimer: Sendable {
  private let thread: TimerThread

  public init(time: any TimeSource) { thread = TimerThread(time: time) }

  /// The thread ends with the last one who uses it; actions that are left never run.
  deinit { thread.stop() }

  /// How many actions are still to run.
  public var count: Int { thread.count }

  /// The number to cancel it by. The thread starts with the first one.
  @discardableResult
  public func schedule(_ deadline: Deadline, _ action: @escaping @Sendable () -> Void) -> Int {
    thread.schedule(deadline, action)
  }

  /// Nothing happens when it has run already.
  public func cancel(_ number: Int) { thread.cancel(number) }
}

/// The thread, and what it has to do; kept by the thread itself as long as it runs.
private final class TimerThread: Sendable {
  private struct State {
    var heap = Heap()
    var actions: [Int: @Sendable () -> Void] = [:]
    var last = 0
    var isRunning = false
    var isStopped = false
  }

  private let state = Lock(State())
  private let changed = Semaphore()
  private let time: any TimeSource

  init(time: any TimeSource) { self.time = time }

  var count: Int { state.withLock { $0.actions.count } }

  func schedule(_ deadline: Deadline, _ action: @escaping @Sendable () -> Void) -> Int {
    let (number, isFirst, starts) = state.withLock { state in
      state.last += 1
      state.actions[state.last] = action
      let isFirst = state.heap.insert(Heap.Entry(deadline: deadline, number: state.last))
      let starts = !state.isRunning && !state.isStopped
      if starts { state.isRunning = true }
      return (state.last, isFirst, starts)
    }
    if starts, !Thread.start("deadlines", { self.run() }) { state.withLock { $0.isRunning = false } }
    if isFirst { changed.signal() }
    return number
  }

  func cancel(_ number: Int) {
    state.withLock { state in
      state.actions[number] = nil
      // Cancelled places stay in the heap until they are many.
      if state.heap.count > 2 * state.actions.count + 64 { state.heap.keep { state.actions[$0] != nil } }
    }
  }

  func stop() {
    state.withLock { state in
      state.isStopped = true
      state.actions = [:]
    }
    changed.signal()
  }

  private func run() {
    while true {
      let (due, next, isStopped) = state.withLock { state in
        let due = state.heap.removeAll(until: Deadline(monotonicNanoseconds: time.monotonicNanoseconds))
          .compactMap { state.actions.removeValue(forKey: $0.number) }
        return (due, state.heap.first, state.isStopped)
      }
      if isStopped { return }
      for action in due { action() }
      if !due.isEmpty { continue }
      if let next {
        _ = changed.wait(milliseconds: next.deadline.remainingMilliseconds(time) + 1)
      } else {
        changed.wait()
      }
    }
  }

  /// Entries, the earliest first.
  private struct Heap {
    struct Entry {
      let deadline: Deadline
      let number: Int
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }
    var first: Entry? { entries.first }

    /// True when it is the earliest now.
    mutating func insert(_ entry: Entry) -> Bool {
      var place = entries.count
      entries.append(entry)
      while place > 0, entry.deadline < entries[(place - 1) / 2].deadline {
        entries.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
      return place == 0
    }

    mutating func removeAll(until moment: Deadline) -> [Entry] {
      var removed: [Entry] = []
      while let first, first.deadline <= moment {
        removed.append(first)
        removeFirst()
      }
      return removed
    }

    mutating func keep(_ isWanted: (Int) -> Bool) {
      let wanted = entries.filter { isWanted($0.number) }
      // A sorted list is a heap.
      entries = wanted.sorted { $0.deadline < $1.deadline }
    }

    private mutating func removeFirst() {
      entries.swapAt(0, entries.count - 1)
      entries.removeLast()
      var place = 0
      while true {
        var least = place
        for child in [2 * place + 1, 2 * place + 2]
        where child < entries.count && entries[child].deadline < entries[least].deadline { least = child }
        if least == place { return }
        entries.swapAt(place, least)
        place = least
      }
    }
  }
}
