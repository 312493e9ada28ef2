/// Many who ask for the same thing at the same time get the answer of one piece of work.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Flight {
    let number: Int
    let task: Task<Value, any Error>
    let urgency: SharedUrgency
    var askers: Int
  }

  private struct State {
    var flights: [Key: Flight] = [:]
    var last = 0
  }

  private let state = Lock(State())

  public init() {}

  /// How many pieces of work are under way.
  public var count: Int { state.withLock { $0.flights.count } }

  /// The result of the work under way for `key`, or of `work` started now. The work goes on while anybody asks for it;
  /// it is cancelled when the Task of the last asker is. Who only has no more time to wait must not cancel the Task: then
  /// the work ends, and its result can be kept for the next one.
  ///
  /// `urgency` is the work's for the asker who starts it; one who joins raises it to the own, also when that rises while
  /// waiting.
  public func run(
    _ key: Key, urgency: SharedUrgency = SharedUrgency(), _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let (number, task, joined) = state.withLock { state -> (Int, Task<Value, any Error>, SharedUrgency?) in
      if let flight = state.flights[key] {
        state.flights[key]?.askers += 1
        return (flight.number, flight.task, flight.urgency)
      }
      state.last += 1
      let number = state.last
      let task = Task.detached {
        defer { self.end(key, number) }
        return try await work()
      }
      state.flights[key] = Flight(number: number, task: task, urgency: urgency, askers: 1)
      return (number, task, nil)
    }
    let following = joined?.follow(urgency)
    defer { if let following { urgency.unwatch(following) } }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      leave(key, number)
    }
  }

  /// One that was given up may end when another for the same key is under way.
  private func end(_ key: Key, _ number: Int) {
    state.withLock { state in
      if state.flights[key]?.number == number { state.flights[key] = nil }
    }
  }

  private func leave(_ key: Key, _ number: Int) {
    let abandoned = state.withLock { state -> Task<Value, any Error>? in
      guard let flight = state.flights[key], flight.number == number else { return nil }
      state.flights[key]?.askers -= 1
      guard flight.askers == 1 else { return nil }
      state.flights[key] = nil
      return flight.task
    }
    abandoned?.cancel()
  }
}
