/// What one endpoint of a `KeyValueStore` holds: the entries of a space whose keys begin with the same word.
public struct StoreStatistics: Hashable, Sendable {
  public var space: String
  /// `fetch` for keys like `fetch|…`, empty for keys without such a word.
  public var endpoint: String
  public var entries = 0
  /// Entries still fresh; the others have expired.
  public var active = 0
  /// Bytes of the values.
  public var bytes = 0
  /// Lookups of hosts that found something, and that did not; a host writes them down once a minute.
  public var hits = 0
  public var misses = 0

  public var expired: Int { entries - active }
}

extension KeyValueStore {
  /// A row per space and endpoint, by name. Looks at every entry. Blocks.
  public func statistics() throws -> [StoreStatistics] {
    let now = time.wallMilliseconds
    return try database.readNow { connection in
      var rows: [Endpoint: StoreStatistics] = [:]
      _ = try connection.rows(Self.countEntries, .integer(now)) { row in
        let endpoint = Endpoint(space: row.text(0), key: row.bytes(1))
        var sum = rows[endpoint] ?? StoreStatistics(space: endpoint.space, endpoint: endpoint.name)
        sum.entries += Int(row.integer(2))
        sum.active += Int(row.integer(3))
        sum.bytes += Int(row.integer(4))
        rows[endpoint] = sum
      }
      _ = try connection.rows("SELECT space, endpoint, hits, misses FROM lookups") { row in
        let endpoint = Endpoint(space: row.text(0), key: row.bytes(1) + [UInt8(ascii: "|")])
        var sum = rows[endpoint] ?? StoreStatistics(space: endpoint.space, endpoint: endpoint.name)
        sum.hits = Int(row.integer(2))
        sum.misses = Int(row.integer(3))
        rows[endpoint] = sum
      }
      return rows.values.sorted { ($0.space, $0.endpoint) < ($1.space, $1.endpoint) }
    }
  }

  /// Groups by what may be an endpoint's word: the key up to its first `|`, when that comes early.
  private static let countEntries = """
    SELECT space, CASE WHEN INSTR(key, x'7C') BETWEEN 1 AND 17 THEN SUBSTR(key, 1, INSTR(key, x'7C')) ELSE x'' END AS word,
      COUNT(*), SUM(fresh_until > ?), SUM(LENGTH(value))
    FROM entries GROUP BY space, word
    """

  /// Adds to what is written down of lookups. Blocks.
  func writeDown(_ counts: [Endpoint: LookupCounts.Count]) throws {
    try database.writeNow { connection in
      for (endpoint, count) in counts {
        try connection.run(
          """
          INSERT INTO lookups (space, endpoint, hits, misses) VALUES (?, ?, ?, ?)
          ON CONFLICT (space, endpoint) DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses
          """,
          .text(endpoint.space), .text(endpoint.name), .integer(Int64(count.hits)), .integer(Int64(count.misses)))
      }
    }
  }
}
