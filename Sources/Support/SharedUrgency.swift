import Synchronization

/// The urgency of work that several may wait for: that of the most urgent of them. From every thread.
public final class SharedUrgency: Sendable {
  private let value: Atomic<Int>

  public init(_ urgency: Urgency = .normal) { value = Atomic(urgency.rawValue) }

  public var current: Urgency { Urgency(rawValue: value.load(ordering: .relaxed)) ?? .normal }

  /// Somebody joined who is as urgent as this; work that waits in a queue moves up.
  public func raise(to urgency: Urgency) { value.max(urgency.rawValue, ordering: .relaxed) }
}
