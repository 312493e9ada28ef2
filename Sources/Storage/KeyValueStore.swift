public import Support

/// Keeps bytes by space and key in a database.
///
/// A database that fails counts as "nothing kept" and costs a line in the log, one a minute at most.
public final class KeyValueStore: ByteStore {
  let database: Database
  let time: any TimeSource
  let activity = StoreActivity()
  private let log: Log
  private let nextLine = Lock<Int64>(.min)

  /// `database` has been opened with `migrations`.
  public init(database: Database, time: any TimeSource, log: Log) {
    self.database = database
    self.time = time
    self.log = log
  }

  public func value(for key: String, in space: String) async -> StoredValue? {
    let key = [UInt8](key.utf8)
    return counted(await orLog { try await self.database.read { try Self.find(key, space, $0) } }, key, space)
  }

  public func store(_ value: StoredValue, for key: String, in space: String) async {
    let key = [UInt8](key.utf8)
    let isKept = await orLog { try await self.database.write { try Self.keep(value, key, space, $0) } } != nil
    if isKept { activity.wrote(value.bytes.count + key.count) }
  }

  public func remove(_ key: String, in space: String) async {
    let key = [UInt8](key.utf8)
    _ = await orLog { try await self.database.write { try Self.drop(key, space, $0) } }
  }

  /// What is kept, fresh or stale. Blocks: for threads of their own, like the next two.
  public func valueNow(for key: [UInt8], in space: String) -> StoredValue? {
    counted(orLog { try database.readNow { try Self.find(key, space, $0) } }, key, space)
  }

  /// False when it could not be kept.
  public func storeNow(_ value: StoredValue, for key: [UInt8], in space: String) -> Bool {
    let isKept = orLog { try database.writeNow { try Self.keep(value, key, space, $0) } } != nil
    if isKept { activity.wrote(value.bytes.count + key.count) }
    return isKept
  }

  /// False when the database failed; a key that is not there is no failure.
  public func removeNow(_ key: [UInt8], in space: String) -> Bool {
    orLog { try database.writeNow { try Self.drop(key, space, $0) } } != nil
  }

  private static func find(
    _ key: [UInt8], _ space: String, _ connection: Connection
  ) throws(StorageError) -> StoredValue? {
    try connection.firstRow(
      "SELECT value, stored_at, fresh_until FROM entries WHERE hash = ? AND key = ? AND space = ?",
      hash(key, space), .bytes(key), .text(space)
    ) { row in StoredValue(bytes: row.bytes(0), storedAt: row.integer(1), freshUntil: row.integer(2)) }
  }

  static func keep(
    _ value: StoredValue, _ key: [UInt8], _ space: String, _ connection: Connection
  ) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO entries (hash, space, key, stored_at, fresh_until, value) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (hash) DO UPDATE SET space = excluded.space, key = excluded.key,
        stored_at = excluded.stored_at, fresh_until = excluded.fresh_until, value = excluded.value
      """,
      hash(key, space), .text(space), .bytes(key), .integer(value.storedAt), .integer(value.freshUntil),
      .bytes(value.bytes))
  }

  private static func drop(_ key: [UInt8], _ space: String, _ connection: Connection) throws(StorageError) {
    try connection.run(
      "DELETE FROM entries WHERE hash = ? AND key = ? AND space = ?", hash(key, space), .bytes(key), .text(space))
  }

  /// `found` is nil when the database failed, which is neither a hit nor a miss.
  private func counted(_ found: StoredValue??, _ key: [UInt8], _ space: String) -> StoredValue? {
    guard let value = found else { return nil }
    activity.lookups.add(Endpoint(space: space, key: key), isHit: value != nil)
    return value
  }

  private func orLog<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      report(error)
      return nil
    }
  }

  private func orLog<Value: Sendable>(_ body: @Sendable () async throws -> Value) async -> Value? {
    do {
      return try await body()
    } catch {
      report(error)
      return nil
    }
  }

  private func report(_ error: any Error) {
    let now = time.monotonicNanoseconds
    let isDue = nextLine.withLock { nextLine in
      guard now >= nextLine else { return false }
      nextLine = now + 60_000_000_000
      return true
    }
    if isDue { log.error("nothing can be kept or found for now: \(error)") }
  }
}
