/// Keeps the values used last and those used more than once, up to a number of bytes. From every thread; one short lock
/// on one of several parts.
///
/// A scan that asks for each of a hundred thousand items once does not push out what is asked for again and again: see
/// `SegmentedRecency`.
///
/// Inlinable, so that the code is made for the very key and value: looking up through generic code costs a microsecond.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  public struct Statistics: Sendable, Equatable {
    public var entries = 0
    public var bytes = 0
    public var hits = 0
    public var misses = 0

    @inlinable
    public init(entries: Int = 0, bytes: Int = 0, hits: Int = 0, misses: Int = 0) {
      self.entries = entries
      self.bytes = bytes
      self.hits = hits
      self.misses = misses
    }
  }

  @usableFromInline let parts: [Lock<SegmentedRecency<Key, Value>>]

  /// `maximumBytes` is shared out evenly over `parts`; one value may take a whole part, never more.
  @inlinable
  public init(maximumBytes: Int, parts: Int = 8) {
    let count = max(1, parts)
    self.parts = (0..<count).map { _ in Lock(SegmentedRecency(maximumBytes: maximumBytes / count)) }
  }

  /// The value kept under `key`, nil when there is none.
  @inlinable
  public func value(for key: Key) -> Value? { part(of: key).withLock { $0.value(for: key) } }

  /// Keeps `value`, which takes about `bytes`; what was used once and longest ago makes
  /// room first. Too large a value is not kept.
  @inlinable
  public func insert(_ value: Value, for key: Key, bytes: Int) {
    part(of: key).withLock { $0.insert(value, for: key, bytes: bytes) }
  }

  @inlinable
  public func remove(_ key: Key) { part(of: key).withLock { $0.remove(key) } }

  /// Forgets everything for whose key `isGone` says true.
  @inlinable
  public func removeAll(where isGone: (Key) -> Bool = { _ in true }) {
    for part in parts { part.withLock { $0.removeAll(where: isGone) } }
  }

  @inlinable
  public var statistics: Statistics {
    parts.reduce(into: Statistics()) { sum, part in
      part.withLock { part in
        sum.entries += part.count
        sum.bytes += part.bytes
        sum.hits += part.hits
        sum.misses += part.misses
      }
    }
  }

  @inlinable
  func part(of key: Key) -> Lock<SegmentedRecency<Key, Value>> {
    // The high bits: the dictionary inside uses the low ones.
    parts[Int(UInt(bitPattern: key.hashValue) >> 32) % parts.count]
  }
}
