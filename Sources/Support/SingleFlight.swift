/// Many who ask for the same thing at the same time get the answer of one piece of work.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Flight {
    let task: Task<Value, any Error>
    let urgency: SharedUrgency
  }

  private let underWay = Lock<[Key: Flight]>([:])

  public init() {}

  /// How many pieces of work are under way.
  public var count: Int { underWay.withLock { $0.count } }

  /// The result of the work under way for `key`, or of `work` started now. The work goes on when an asker gives up, so
  /// that its result can be kept for the next one.
  ///
  /// `urgency` is the work's for the asker who starts it; one who joins raises it to the own, also when that rises while
  /// waiting.
  public func run(
    _ key: Key, urgency: SharedUrgency = SharedUrgency(), _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let (task, joined) = underWay.withLock { underWay -> (Task<Value, any Error>, SharedUrgency?) in
      if let flight = underWay[key] { return (flight.task, flight.urgency) }
      let task = Task.detached {
        defer { _ = self.underWay.withLock { $0.removeValue(forKey: key) } }
        return try await work()
      }
      underWay[key] = Flight(task: task, urgency: urgency)
      return (task, nil)
    }
    let following = joined?.follow(urgency)
    defer { if let following { urgency.unwatch(following) } }
    return try await task.value
  }
}
