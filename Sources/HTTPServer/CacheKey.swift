import Glibc

/// Bytes in memory of their own, filled over and over without being allocated anew.
final class KeyBytes: @unchecked Sendable {
  // Sendable is right because a connection's bytes are touched by its own thread alone, and the copies that a cache
  // holds are never changed.
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 512) {
    self.capacity = max(16, capacity)
    start = .allocate(capacity: self.capacity)
  }

  init(copying other: KeyBytes) {
    capacity = max(16, other.count)
    start = .allocate(capacity: capacity)
    memcpy(start, other.start, other.count)
    count = other.count
  }

  deinit { start.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Empties it, and gives back what a large body took.
  func reset() {
    count = 0
    guard capacity > 4096 else { return }
    start.deallocate()
    capacity = 512
    start = .allocate(capacity: capacity)
  }

  func append(_ source: UnsafeRawPointer?, _ length: Int) {
    guard let source, length > 0 else { return }
    reserve(length)
    memcpy(start + count, source, length)
    count += length
  }

  func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count += 1
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
  }
}

/// A request as the cache knows it: target, the headers that matter, method and body, as raw bytes.
///
/// Its parts cannot be mistaken for each other: the target and the method end with a zero, which they cannot hold, and
/// each header's value follows its length.
struct CacheKey: Hashable, Sendable {
  let storage: KeyBytes
  private let fingerprint: Int

  /// Hashes `storage` (seeded anew for each process, so that nobody can make keys that collide).
  init(_ storage: KeyBytes) {
    self.storage = storage
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(storage.bytes))
    fingerprint = hasher.finalize()
  }

  /// The same key with bytes of its own, for keeping.
  init(copying other: CacheKey) {
    storage = KeyBytes(copying: other.storage)
    fingerprint = other.fingerprint
  }

  static func == (left: CacheKey, right: CacheKey) -> Bool {
    left.fingerprint == right.fingerprint && left.storage.count == right.storage.count
      && memcmp(left.storage.start, right.storage.start, left.storage.count) == 0
  }

  func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
