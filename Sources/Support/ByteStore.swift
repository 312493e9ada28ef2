/// Bytes kept with the times that say how long they are good.
public struct StoredValue: Sendable, Equatable {
  public var bytes: [UInt8]
  /// Milliseconds since 1970.
  public var storedAt: Int64
  /// Milliseconds since 1970; from then on the value is stale, but not gone.
  public var freshUntil: Int64

  public init(bytes: [UInt8], storedAt: Int64, freshUntil: Int64) {
    self.bytes = bytes
    self.storedAt = storedAt
    self.freshUntil = freshUntil
  }
}

/// Keeps bytes by space and key, over restarts in the real one. A store that fails answers "nothing kept" and logs:
/// serving goes on without it.
public protocol ByteStore: Sendable {
  /// What is kept, fresh or stale.
  func value(for key: String, in space: String) async -> StoredValue?
  func store(_ value: StoredValue, for key: String, in space: String) async
  func remove(_ key: String, in space: String) async
}

/// Keeps bytes in memory without limit, for tests.
public final class MemoryByteStore: ByteStore {
  private let values = Lock<[String: [String: StoredValue]]>([:])

  public init() {}

  public func value(for key: String, in space: String) async -> StoredValue? { values.withLock { $0[space]?[key] } }

  public func store(_ value: StoredValue, for key: String, in space: String) async {
    values.withLock { $0[space, default: [:]][key] = value }
  }

  public func remove(_ key: String, in space: String) async {
    _ = values.withLock { $0[space]?.removeValue(forKey: key) }
  }
}
