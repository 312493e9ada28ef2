import Limits
import Support

/// Keeps over a restart which services are left alone.
struct Suspensions: Sendable {
  private static let space = "suspended"

  let store: any ByteStore
  let log: Log

  /// Keeps what changed, and says it in the log.
  func note(_ change: CircuitBreaker.Change, of source: String, _ breaker: CircuitBreaker) async {
    switch change {
    case .suspended(let suspension):
      log.error(
        "\(source) is left alone for a while", ("source", source),
        ("after", suspension.reason), ("tries_since", "\(suspension.probes)"))
    case .resumed: log.info("\(source) answers again", ("source", source))
    }
    // Changes that come close together may be stored in another order, so whoever stored one looks whether it still holds.
    var kept: Suspension?
    repeat {
      kept = breaker.suspension
      if let kept {
        await store.store(kept.stored, for: source, in: Self.space)
      } else {
        await store.remove(source, in: Self.space)
      }
    } while breaker.suspension != kept
  }

  /// What an earlier process kept.
  func load(_ source: String) async -> Suspension? {
    await store.value(for: source, in: Self.space).flatMap { Suspension($0) }
  }
}

/// A service that is left alone, for people.
public struct ServiceTrouble: Sendable, Equatable {
  /// The last failure, as a part of a sentence.
  public var reason: String
  /// Milliseconds since 1970; the next request after it tries the service.
  public var nextTry: Int64
}
