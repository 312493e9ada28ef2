/// A dictionary bounded by bytes in two segments, each linked from the entry used last to the one used longest ago: what
/// came and was not asked for again, and what was (a segmented LRU). Room is made in the first, so that whoever reads
/// everything once passes through without pushing out what is in use.
///
/// Every operation is a few steps, whatever the size. Slots are numbered, so that an entry costs no object of its own.
@usableFromInline
struct SegmentedRecency<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// Share of the bytes for what was asked for again: the rest is room for what is new.
  @usableFromInline static var protectedShare: Double { 0.8 }

  @usableFromInline
  struct Slot: Sendable {
    @usableFromInline var key: Key
    @usableFromInline var value: Value
    @usableFromInline var bytes: Int
    @usableFromInline var isProtected = false
    @usableFromInline var newer = -1
    @usableFromInline var older = -1

    @inlinable
    init(key: Key, value: Value, bytes: Int) {
      self.key = key
      self.value = value
      self.bytes = bytes
    }
  }

  /// The ends of one segment's chain.
  @usableFromInline
  struct Segment: Sendable {
    @usableFromInline var newest = -1
    @usableFromInline var oldest = -1
    @usableFromInline var bytes = 0

    @inlinable
    init() {}
  }

  @usableFromInline let maximumBytes: Int
  @usableFromInline var slots: [Slot?] = []
  @usableFromInline var free: [Int] = []
  @usableFromInline var places: [Key: Int] = [:]
  @usableFromInline var once = Segment()
  @usableFromInline var again = Segment()
  @usableFromInline var hits = 0
  @usableFromInline var misses = 0

  @inlinable
  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  @inlinable
  var count: Int { places.count }

  @inlinable
  var bytes: Int { once.bytes + again.bytes }

  @inlinable
  mutating func value(for key: Key) -> Value? {
    guard let place = places[key] else {
      misses += 1
      return nil
    }
    hits += 1
    if place != again.newest {
      unlink(place)
      slots[place]?.isProtected = true
      linkAsNewest(place)
      demote()
    }
    return slots[place]?.value
  }

  /// A value that replaces another stays in its segment: what is renewed is in use.
  @inlinable
  mutating func insert(_ value: Value, for key: Key, bytes size: Int) {
    let wasProtected = places[key].flatMap { slots[$0]?.isProtected } ?? false
    remove(key)
    guard size <= maximumBytes else { return }
    while bytes + size > maximumBytes, let key = leastUseful { remove(key) }
    var slot = Slot(key: key, value: value, bytes: size)
    slot.isProtected = wasProtected
    let place: Int
    if let reused = free.popLast() {
      place = reused
      slots[place] = slot
    } else {
      place = slots.count
      slots.append(slot)
    }
    places[key] = place
    linkAsNewest(place)
    demote()
  }

  @inlinable
  mutating func remove(_ key: Key) {
    guard let place = places.removeValue(forKey: key) else { return }
    unlink(place)
    slots[place] = nil
    free.append(place)
  }

  @inlinable
  mutating func removeAll(where isGone: (Key) -> Bool) {
    for key in places.keys.filter(isGone) { remove(key) }
  }

  /// The first to make room.
  @inlinable
  var leastUseful: Key? {
    let place = once.oldest >= 0 ? once.oldest : again.oldest
    return place >= 0 ? slots[place]?.key : nil
  }

  /// What was asked for again longest ago gets another chance among the new ones when there is too much of it.
  @inlinable
  mutating func demote() {
    while Double(again.bytes) > Double(maximumBytes) * Self.protectedShare, again.oldest != again.newest {
      let place = again.oldest
      unlink(place)
      slots[place]?.isProtected = false
      linkAsNewest(place)
    }
  }

  @inlinable
  mutating func unlink(_ place: Int) {
    guard let slot = slots[place] else { return }
    if slot.newer >= 0 { slots[slot.newer]?.older = slot.older }
    if slot.older >= 0 { slots[slot.older]?.newer = slot.newer }
    func shorten(_ segment: inout Segment) {
      if segment.newest == place { segment.newest = slot.older }
      if segment.oldest == place { segment.oldest = slot.newer }
      segment.bytes -= slot.bytes
    }
    if slot.isProtected { shorten(&again) } else { shorten(&once) }
  }

  @inlinable
  mutating func linkAsNewest(_ place: Int) {
    guard let slot = slots[place] else { return }
    var segment = slot.isProtected ? again : once
    slots[place]?.newer = -1
    slots[place]?.older = segment.newest
    if segment.newest >= 0 { slots[segment.newest]?.newer = place }
    segment.newest = place
    if segment.oldest < 0 { segment.oldest = place }
    segment.bytes += slot.bytes
    if slot.isProtected { again = segment } else { once = segment }
  }
}
