import Synchronization

/// The urgency of work that several may wait for: that of the most urgent of them. From every thread.
///
/// A queue that work waits in watches its urgency, because whoever may go now that it is urgent must not wait for the
/// next one to leave.
public final class SharedUrgency: Sendable {
  private struct Watchers {
    var actions: [Int: @Sendable (Urgency) -> Void] = [:]
    var last = 0
  }

  private let value: Atomic<Int>
  private let watchers = Lock(Watchers())

  public init(_ urgency: Urgency = .normal) { value = Atomic(urgency.rawValue) }

  public var current: Urgency { Urgency(rawValue: value.load(ordering: .relaxed)) ?? .normal }

  /// Somebody joined who is as urgent as this; work that waits in a queue moves up. Not to be called inside a lock, because
  /// those who watch may take theirs.
  public func raise(to urgency: Urgency) {
    guard value.max(urgency.rawValue, ordering: .relaxed).oldValue < urgency.rawValue else { return }
    for action in watchers.withLock({ Array($0.actions.values) }) { action(urgency) }
  }

  /// Runs `action` after each rise from now on, on the thread of who raises; it must take next to no time. The number to
  /// end that by. Who looks at `current` afterwards misses no rise.
  public func watch(_ action: @escaping @Sendable (Urgency) -> Void) -> Int {
    watchers.withLock { watchers in
      watchers.last += 1
      watchers.actions[watchers.last] = action
      return watchers.last
    }
  }

  /// Ends what `watch` or `follow` began; an action that is under way may still run.
  public func unwatch(_ number: Int) { watchers.withLock { $0.actions[number] = nil } }

  /// Somebody joined who is as urgent as `other`, now and when that rises. The number for `other.unwatch`.
  public func follow(_ other: SharedUrgency) -> Int {
    let number = other.watch { self.raise(to: $0) }
    raise(to: other.current)
    return number
  }
}
