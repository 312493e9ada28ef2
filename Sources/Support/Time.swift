import Glibc

/// The clock, by argument, so that tests can set it. All members may be called from every thread.
public protocol TimeSource: Sendable {
  /// Milliseconds since 1970.
  var wallMilliseconds: Int64 { get }
  /// Nanoseconds since some moment; never goes back.
  var monotonicNanoseconds: Int64 { get }
}

/// The machine's clocks.
public struct SystemTime: TimeSource {
  public init() {}
  public var wallMilliseconds: Int64 { Self.nanoseconds(of: CLOCK_REALTIME) / 1_000_000 }
  public var monotonicNanoseconds: Int64 { Self.nanoseconds(of: CLOCK_MONOTONIC) }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}

/// A clock for tests: stands still until moved.
public final class ManualTime: TimeSource {
  private let elapsed: Lock<Int64>
  private let startMilliseconds: Int64

  /// Starts at `wallMilliseconds` since 1970.
  public init(wallMilliseconds: Int64 = 1_700_000_000_000) {
    startMilliseconds = wallMilliseconds
    elapsed = Lock(0)
  }

  public var wallMilliseconds: Int64 { startMilliseconds + monotonicNanoseconds / 1_000_000 }
  public var monotonicNanoseconds: Int64 { elapsed.withLock { $0 } }

  public func advance(milliseconds: Int64) { elapsed.withLock { $0 += milliseconds * 1_000_000 } }
}

/// The moment after which nobody waits for an answer any more.
public struct Deadline: Hashable, Sendable, Comparable {
  public let monotonicNanoseconds: Int64

  public init(monotonicNanoseconds: Int64) { self.monotonicNanoseconds = monotonicNanoseconds }

  public static func after(milliseconds: Int64, _ time: some TimeSource) -> Deadline {
    Deadline(monotonicNanoseconds: time.monotonicNanoseconds + milliseconds * 1_000_000)
  }

  /// Milliseconds left, 0 once it has passed.
  public func remainingMilliseconds(_ time: some TimeSource) -> Int64 {
    max(0, (monotonicNanoseconds - time.monotonicNanoseconds) / 1_000_000)
  }

  public static func < (left: Deadline, right: Deadline) -> Bool {
    left.monotonicNanoseconds < right.monotonicNanoseconds
  }
}
