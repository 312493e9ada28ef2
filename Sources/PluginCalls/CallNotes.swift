import Support

/// What came up at the services while a source worked on one operation: for whoever judges its answer. From every thread.
public final class CallNotes: Sendable {
  private struct State {
    var underWay = 0
    var hasStale = false
    var hasFailures = false
    var forgetting: [@Sendable () async -> Void] = []
  }

  private let state = Lock(State())

  public init() {}

  /// True when an old response stood in for a service that failed: what was made of it is not to be called fresh.
  public var hasStale: Bool { state.withLock { $0.hasStale } }

  public func noteStale() { state.withLock { $0.hasStale = true } }

  /// A request begins; one of the next two must follow.
  public func begin() { state.withLock { $0.underWay += 1 } }

  /// It failed, or its response said that the service does.
  public func endWithFailure() {
    state.withLock { state in
      state.underWay -= 1
      state.hasFailures = true
    }
  }

  /// It was answered; `forget` undoes that the response was kept for others.
  public func end(forget: (@Sendable () async -> Void)? = nil) {
    state.withLock { state in
      state.underWay -= 1
      if let forget { state.forgetting.append(forget) }
    }
  }

  /// The source could give no answer. Where every service answered, the answers were no good, so they are not kept
  /// either: the next one who asks should not get the same ones for a day.
  public func disownResponses() async {
    let forgetting = state.withLock { state in
      defer { state.forgetting = [] }
      return state.hasFailures || state.underWay > 0 ? [] : state.forgetting
    }
    for forget in forgetting { await forget() }
  }
}
