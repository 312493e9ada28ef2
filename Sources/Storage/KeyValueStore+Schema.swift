import Support

/// The table of a `KeyValueStore`.
extension KeyValueStore {
  /// Brings the table; goes into `Database.init`.
  public static let migrations = [
    Migration(
      """
      CREATE TABLE entries (
        number INTEGER PRIMARY KEY,
        space TEXT NOT NULL,
        key BLOB NOT NULL,
        stored_at INTEGER NOT NULL,
        fresh_until INTEGER NOT NULL,
        value BLOB NOT NULL,
        UNIQUE (space, key)
      );
      CREATE INDEX entries_by_age ON entries (fresh_until);
      """),
    Migration(
      """
      CREATE TABLE lookups (
        space TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        hits INTEGER NOT NULL,
        misses INTEGER NOT NULL,
        PRIMARY KEY (space, endpoint)
      ) WITHOUT ROWID
      """),
    Migration(
      """
      ALTER TABLE entries RENAME TO numbered_entries;
      DROP INDEX entries_by_age;
      CREATE TABLE entries (
        hash INTEGER PRIMARY KEY,
        space TEXT NOT NULL,
        key BLOB NOT NULL,
        stored_at INTEGER NOT NULL,
        fresh_until INTEGER NOT NULL,
        value BLOB NOT NULL
      );
      CREATE INDEX entries_by_age ON entries (fresh_until);
      """),
    Migration(inParts: moveNumberedEntries),
  ]

  /// What an entry has as its row's number, so that a lookup goes through one b-tree instead of an index and then the
  /// table: measured among 5,000,000 entries, that takes three quarters of the time. Of two keys with the same number,
  /// once in a million stores as large as that, the later one is kept.
  ///
  /// A rowid table, not WITHOUT ROWID: measured with 20,000 values of 8 KB, a read takes 13 µs against 47 µs and a write
  /// 65 µs against 130 µs, because an index b-tree has room for few large rows per page.
  static func hash(_ key: [UInt8], _ space: String) -> BoundValue {
    var hash = StableHash()
    hash.add(space.utf8)
    // No byte of UTF-8: keeps "a" with "bc" apart from "ab" with "c".
    hash.add(CollectionOfOne(0xFF))
    hash.add(key)
    return .integer(Int64(bitPattern: hash.value))
  }

  /// Rows of the first form of the table that are moved at a time.
  static let rowsAPart = 500

  /// Moves some rows of the first form of the table, and removes it after the last one.
  private static func moveNumberedEntries(_ connection: Connection) throws(StorageError) -> Bool {
    let rows = try connection.rows(
      "SELECT number, space, key, stored_at, fresh_until, value FROM numbered_entries ORDER BY number LIMIT ?",
      .integer(Int64(rowsAPart))
    ) { row in
      let value = StoredValue(bytes: row.bytes(5), storedAt: row.integer(3), freshUntil: row.integer(4))
      return (number: row.integer(0), space: row.text(1), key: row.bytes(2), value: value)
    }
    guard let last = rows.last else {
      try connection.execute("DROP TABLE numbered_entries")
      return false
    }
    for row in rows { try keep(row.value, row.key, row.space, connection) }
    try connection.run("DELETE FROM numbered_entries WHERE number <= ?", .integer(last.number))
    return true
  }
}
