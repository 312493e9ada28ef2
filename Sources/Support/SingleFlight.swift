/// Many who ask for the same thing at the same time get the answer of one piece of work.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let underWay = Lock<[Key: Task<Value, any Error>]>([:])

  public init() {}

  /// How many pieces of work are under way.
  public var count: Int { underWay.withLock { $0.count } }

  /// The result of the work under way for `key`, or of `work` started now. The work goes on when an asker gives up, so
  /// that its result can be kept for the next one.
  public func run(_ key: Key, _ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = underWay.withLock { underWay in
      if let task = underWay[key] { return task }
      let task = Task.detached {
        defer { _ = self.underWay.withLock { $0.removeValue(forKey: key) } }
        return try await work()
      }
      underWay[key] = task
      return task
    }
    return try await task.value
  }
}
