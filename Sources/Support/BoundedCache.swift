/// Keeps the values used last, up to a number of bytes. From every thread; one short lock on one of several parts.
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

  @usableFromInline let parts: [Lock<RecencyList<Key, Value>>]

  /// `maximumBytes` is shared out evenly over `parts`; one value may take a whole part, never more.
  @inlinable
  public init(maximumBytes: Int, parts: Int = 8) {
    let count = max(1, parts)
    self.parts = (0..<count).map { _ in Lock(RecencyList(maximumBytes: maximumBytes / count)) }
  }

  /// The value kept under `key`, nil when there is none.
  @inlinable
  public func value(for key: Key) -> Value? { part(of: key).withLock { $0.value(for: key) } }

  /// Keeps `value`, which takes about `bytes`; what was used longest ago makes room. Too large a value is not kept.
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
      let one = part.withLock { $0.statistics }
      sum.entries += one.entries
      sum.bytes += one.bytes
      sum.hits += one.hits
      sum.misses += one.misses
    }
  }

  @inlinable
  func part(of key: Key) -> Lock<RecencyList<Key, Value>> {
    // The high bits: the dictionary inside uses the low ones.
    parts[Int(UInt(bitPattern: key.hashValue) >> 32) % parts.count]
  }

  /// A dictionary whose entries are linked from the one used last to the one used longest ago, by slot numbers.
  @usableFromInline
  struct RecencyList<K: Hashable & Sendable, V: Sendable>: Sendable {
    @usableFromInline
    struct Slot: Sendable {
      @usableFromInline var key: K
      @usableFromInline var value: V
      @usableFromInline var bytes: Int
      @usableFromInline var newer: Int
      @usableFromInline var older: Int

      @inlinable
      init(key: K, value: V, bytes: Int, newer: Int, older: Int) {
        self.key = key
        self.value = value
        self.bytes = bytes
        self.newer = newer
        self.older = older
      }
    }

    @usableFromInline let maximumBytes: Int
    @usableFromInline var slots: [Slot?] = []
    @usableFromInline var free: [Int] = []
    @usableFromInline var places: [K: Int] = [:]
    @usableFromInline var newest = -1
    @usableFromInline var oldest = -1
    @usableFromInline var bytes = 0
    @usableFromInline var hits = 0
    @usableFromInline var misses = 0

    @inlinable
    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    @inlinable
    var statistics: Statistics { Statistics(entries: places.count, bytes: bytes, hits: hits, misses: misses) }

    @inlinable
    mutating func value(for key: K) -> V? {
      guard let place = places[key] else {
        misses += 1
        return nil
      }
      hits += 1
      if place != newest {
        unlink(place)
        linkAsNewest(place)
      }
      return slots[place]?.value
    }

    @inlinable
    mutating func insert(_ value: V, for key: K, bytes size: Int) {
      remove(key)
      guard size <= maximumBytes else { return }
      while bytes + size > maximumBytes, oldest >= 0, let key = slots[oldest]?.key { remove(key) }
      let slot = Slot(key: key, value: value, bytes: size, newer: -1, older: -1)
      let place: Int
      if let reused = free.popLast() {
        place = reused
        slots[place] = slot
      } else {
        place = slots.count
        slots.append(slot)
      }
      places[key] = place
      bytes += size
      linkAsNewest(place)
    }

    @inlinable
    mutating func remove(_ key: K) {
      guard let place = places.removeValue(forKey: key) else { return }
      unlink(place)
      bytes -= slots[place]?.bytes ?? 0
      slots[place] = nil
      free.append(place)
    }

    @inlinable
    mutating func removeAll(where isGone: (K) -> Bool) {
      for key in places.keys.filter(isGone) { remove(key) }
    }

    @inlinable
    mutating func unlink(_ place: Int) {
      guard let slot = slots[place] else { return }
      if slot.newer >= 0 { slots[slot.newer]?.older = slot.older } else { newest = slot.older }
      if slot.older >= 0 { slots[slot.older]?.newer = slot.newer } else { oldest = slot.newer }
    }

    @inlinable
    mutating func linkAsNewest(_ place: Int) {
      slots[place]?.newer = -1
      slots[place]?.older = newest
      if newest >= 0 { slots[newest]?.newer = place }
      newest = place
      if oldest < 0 { oldest = place }
    }
  }
}
