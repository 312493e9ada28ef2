import Glibc
import Support

/// A fake service as it is seen over a network: each answer takes its time, and whoever asks more often than the service
/// allows is refused with 429. Notes when each request came. From every thread.
public final class WatchedService: Sendable {
  /// What the service allows an address.
  public struct Limit: Sendable {
    public var count: Int
    public var milliseconds: Int64
    /// At the same time.
    public var connections: Int

    public init(count: Int, milliseconds: Int64, connections: Int = .max) {
      (self.count, self.milliseconds, self.connections) = (count, milliseconds, connections)
    }
  }

  private struct State {
    /// Monotonic nanoseconds, ascending.
    var arrivals: [Int64] = []
    /// The first arrival that the limit still counts.
    var counted = 0
    var refused = 0
    var underWay = 0
    var atOnce = 0
    var targets: [String: Int] = [:]
  }

  private let latencyMilliseconds: Int
  private let limit: Limit
  private let time = SystemTime()
  private let service: @Sendable (LoopbackRequest) -> LoopbackReply
  private let state = Lock(State())

  public init(
    latencyMilliseconds: Int, limit: Limit, _ service: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
  ) {
    self.latencyMilliseconds = latencyMilliseconds
    self.limit = limit
    self.service = service
  }

  /// Blocks for as long as the service takes.
  public func reply(to request: LoopbackRequest) -> LoopbackReply {
    let arrival = time.monotonicNanoseconds
    let isAllowed = note(request)
    defer { state.withLock { $0.underWay -= 1 } }
    let reply = isAllowed ? service(request) : .response(status: 429, headers: [("Content-Type", "text/html")])
    let spent = (time.monotonicNanoseconds - arrival) / 1_000_000
    Self.wait(milliseconds: Int64(latencyMilliseconds) - spent)
    return reply
  }

  private func note(_ request: LoopbackRequest) -> Bool {
    state.withLock { state in
      let now = time.monotonicNanoseconds
      state.arrivals.append(now)
      while now - state.arrivals[state.counted] >= limit.milliseconds * 1_000_000 { state.counted += 1 }
      state.targets[request.target, default: 0] += 1
      state.underWay += 1
      state.atOnce = max(state.atOnce, state.underWay)
      let isAllowed = state.arrivals.count - state.counted <= limit.count && state.underWay <= limit.connections
      if !isAllowed { state.refused += 1 }
      return isAllowed
    }
  }

  /// Requests so far, refused ones too.
  public var calls: Int { state.withLock { $0.arrivals.count } }
  /// Requests so far that were answered with 429.
  public var refused: Int { state.withLock { $0.refused } }
  /// The most requests that were under way at the same time.
  public var atOnce: Int { state.withLock { $0.atOnce } }
  /// What was asked for more than once, and how often.
  public var repeated: [String: Int] { state.withLock { $0.targets.filter { $0.value > 1 } } }

  /// The most requests that came within any span of so long.
  public func most(withinMilliseconds span: Int64) -> Int {
    let arrivals = state.withLock { $0.arrivals }
    var (first, most) = (0, 0)
    for (last, arrival) in arrivals.enumerated() {
      while arrival - arrivals[first] >= span * 1_000_000 { first += 1 }
      most = max(most, last - first + 1)
    }
    return most
  }

  /// Returns when nobody has asked for so long.
  public func waitUntilQuiet(milliseconds: Int64) {
    while true {
      let last = state.withLock { $0.arrivals.last } ?? .min
      let left = milliseconds - (last == .min ? milliseconds : (time.monotonicNanoseconds - last) / 1_000_000)
      if left <= 0 { return }
      Self.wait(milliseconds: left)
    }
  }

  private static func wait(milliseconds: Int64) {
    if milliseconds > 0 { usleep(UInt32(milliseconds * 1000)) }
  }
}
