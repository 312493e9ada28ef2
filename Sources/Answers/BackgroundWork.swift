package import Support

/// Work that nobody waits for, such as renewing and fetching ahead: a few pieces at a time, each key once, and no more
/// waiting than a bound. From every thread; a piece costs one short lock to add.
public final class BackgroundWork: Sendable {
  private struct Piece: Sendable {
    let key: CacheKey
    let work: @Sendable () async -> Void
  }

  private struct State {
    var waiting: [Piece] = []
    /// Of what waits and what is under way.
    var keys: Set<CacheKey> = []
    var running = 0
    var isClosed = false
  }

  private let state = Lock(State())
  private let concurrent: Int
  private let maximumWaiting: Int
  private let done: Counter
  private let dropped: Counter

  /// `concurrent` pieces go on at a time; what finds `maximumWaiting` waiting already is left undone.
  package init(concurrent: Int = 4, maximumWaiting: Int = 2_000, metrics: Metrics) {
    self.concurrent = max(1, concurrent)
    self.maximumWaiting = maximumWaiting
    func counter(_ outcome: String) -> Counter {
      metrics.counter(
        "usher_background_total", help: "Pieces of work that nobody waits for, by outcome.",
        labels: ["outcome": outcome])
    }
    done = counter("done")
    dropped = counter("dropped")
    let state = state
    metrics.gauge("usher_background_waiting", help: "Pieces of work that nobody waits for, not yet begun.") {
      Double(state.withLock { $0.waiting.count })
    }
  }

  /// Pieces that wait or are under way.
  package var count: Int { state.withLock { $0.keys.count } }

  /// Has `work` done some time, unless the same is about to be done already, too much waits, or all is over.
  package func add(_ key: CacheKey, _ work: @escaping @Sendable () async -> Void) {
    let isStarting: Bool? = state.withLock { state in
      guard !state.isClosed, !state.keys.contains(key) else { return false }
      guard state.waiting.count < maximumWaiting else { return nil }
      state.keys.insert(key)
      state.waiting.append(Piece(key: key, work: work))
      guard state.running < concurrent else { return false }
      state.running += 1
      return true
    }
    guard let isStarting else { return dropped.add() }
    if isStarting { Task.detached(priority: .utility) { await self.run() } }
  }

  /// What waits is left undone, and nothing is added any more; what is under way goes on.
  package func close() {
    state.withLock { state in
      state.isClosed = true
      for piece in state.waiting { state.keys.remove(piece.key) }
      state.waiting = []
    }
  }

  private func run() async {
    while let piece = next() {
      await piece.work()
      done.add()
      state.withLock { _ = $0.keys.remove(piece.key) }
    }
  }

  private func next() -> Piece? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}
