/// What one space of a `KeyValueStore` holds.
public struct SpaceStatistics: Hashable, Sendable {
  public var space: String
  public var entries: Int
  public var fresh: Int
  public var stale: Int
  /// Bytes of the values.
  public var bytes: Int

  public init(space: String, entries: Int, fresh: Int, stale: Int, bytes: Int) {
    self.space = space
    self.entries = entries
    self.fresh = fresh
    self.stale = stale
    self.bytes = bytes
  }
}

/// Looking after a store. These functions throw, unlike those of `ByteStore`: a person asked.
extension KeyValueStore {
  /// Rows removed per transaction; others' writes go in between.
  static let step = 500

  /// A row per space, by name.
  public func statistics() async throws -> [SpaceStatistics] {
    let now = time.wallMilliseconds
    return try await database.read { connection in
      try connection.rows(
        """
        SELECT space, COUNT(*), SUM(fresh_until > ?), SUM(LENGTH(value)) FROM entries GROUP BY space ORDER BY space
        """, .integer(now)
      ) { row in
        let (entries, fresh) = (Int(row.integer(1)), Int(row.integer(2)))
        return SpaceStatistics(
          space: row.text(0), entries: entries, fresh: fresh, stale: entries - fresh, bytes: Int(row.integer(3)))
      }
    }
  }

  /// Removes what has been stale for longer than so many milliseconds, and gives how many entries that was.
  public func prune(staleForMilliseconds: Int64) async throws -> Int {
    let (limit, isTooOld) = time.wallMilliseconds.subtractingReportingOverflow(max(0, staleForMilliseconds))
    guard !isTooOld else { return 0 }
    return try await removeInSteps { connection throws(StorageError) in
      try connection.run(
        """
        DELETE FROM entries WHERE number IN
          (SELECT number FROM entries WHERE fresh_until < ? ORDER BY fresh_until LIMIT ?)
        """, .integer(limit), .integer(Int64(Self.step)))
    }
  }

  /// Removes everything in `space`, or in all spaces when it is nil, and gives how many entries that was.
  public func clear(space: String?) async throws -> Int {
    // What is added meanwhile stays, or a busy host would keep this going for ever.
    let last = try await database.read { try $0.firstRow("SELECT MAX(number) FROM entries") { $0.integer(0) } } ?? 0
    return try await removeInSteps { connection throws(StorageError) in
      try connection.run(
        """
        DELETE FROM entries WHERE number IN
          (SELECT number FROM entries WHERE (?1 IS NULL OR space = ?1) AND number <= ?2 LIMIT ?3)
        """, space.map { .text($0) } ?? .null, .integer(last), .integer(Int64(Self.step)))
    }
  }

  private func removeInSteps(
    _ remove: @escaping @Sendable (Connection) throws(StorageError) -> Int
  ) async throws -> Int {
    var total = 0
    while true {
      let removed = try await database.write { connection in
        let removed = try remove(connection)
        // Gives the room back to the disk.
        try connection.execute("PRAGMA incremental_vacuum")
        return removed
      }
      total += removed
      if removed < Self.step { return total }
    }
  }
}
