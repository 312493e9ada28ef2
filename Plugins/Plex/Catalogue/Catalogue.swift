public import PlexServers

/// What is known of the servers' libraries and of every item in them, each with its files.
public final class Catalogue {
  public static let fileName = "plex.sqlite"

  /// The tables of the other parts of the plugin stand in it too.
  public let database: CatalogueDatabase

  /// Opens the catalogue of a data folder.
  public init(folder: String) throws(PlexError) {
    database = try CatalogueDatabase(path: folder + "/" + Self.fileName)
  }

  /// Opens the catalogue of a data folder for reading alone. Throws when there is none.
  public init(reading folder: String) throws(PlexError) {
    database = try CatalogueDatabase(reading: folder + "/" + Self.fileName)
  }

  /// Libraries of a server, or of all, in the order of their keys.
  public func libraries(server: String? = nil) throws(PlexError) -> [CatalogueLibrary] {
    let query = try database.query(
      """
      SELECT id, server, uuid, key, type, title, agent, roots, enabled, available, content_changed, updated_at,
        scanned_at, walked_at, watermark, synced_at FROM library WHERE ?1 IS NULL OR server = ?1 ORDER BY server, id
      """, [CatalogueValue(server)])
    var found: [CatalogueLibrary] = []
    while try query.next() { found.append(CatalogueLibrary(query)) }
    return found
  }

  /// Takes the server's present list of libraries: new ones are enabled, those that are gone become unavailable, and
  /// nothing of their items is touched. Gives the libraries that are there.
  public func keep(_ libraries: [PlexLibrary], of server: String) throws(PlexError) -> [CatalogueLibrary] {
    try database.transaction { () throws(PlexError) in
      try database.run("UPDATE library SET available = 0 WHERE server = ?", [.text(server)])
      for library in libraries where !library.kinds.isEmpty {
        try database.run(
          """
          INSERT INTO library (server, uuid, key, type, title, agent, roots) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (server, uuid) DO UPDATE SET key = excluded.key, type = excluded.type, title = excluded.title,
            agent = excluded.agent, roots = excluded.roots, available = 1
          """,
          [
            .text(server), .text(library.identity), .text(library.key), .text(library.type), .text(library.title),
            .text(library.agent), .text(library.roots.joined(separator: "\n")),
          ])
      }
    }
    return try self.libraries(server: server).filter(\.isAvailable)
  }

  /// Switches a library's sync on or off.
  public func enable(_ library: Int64, _ isEnabled: Bool) throws(PlexError) {
    try database.run("UPDATE library SET enabled = ? WHERE id = ?", [.integer(isEnabled ? 1 : 0), .integer(library)])
  }

  /// Condition on the library ?1: items of one that was never synced to the end are those of a walk under way.
  static let isSynced = "EXISTS (SELECT 1 FROM library WHERE id = ?1 AND synced_at IS NOT NULL)"

  /// Items that are there, of a kind or all; those that were missing from the last walk left out.
  public func count(_ library: Int64, _ kind: PlexItemKind? = nil) throws(PlexError) -> Int {
    Int(
      try database.integer(
        """
        SELECT count(*) FROM item WHERE library = ?1 AND (?2 IS NULL OR kind = ?2) AND missing_since IS NULL
          AND \(Self.isSynced)
        """,
        [.integer(library), CatalogueValue(kind.map { Int64($0.rawValue) })]) ?? 0)
  }

  /// Removes a server's libraries and items from the catalogue; the server itself is not touched.
  public func forget(server: String) throws(PlexError) {
    try database.transaction { () throws(PlexError) in
      for library in try libraries(server: server) {
        for table in ["item", "file", "page", "walk"] {
          try database.run("DELETE FROM \(table) WHERE library = ?", [.integer(library.id)])
        }
        try database.run("DELETE FROM library WHERE id = ?", [.integer(library.id)])
      }
    }
  }
}

/// A library as the catalogue knows it.
public struct CatalogueLibrary: Sendable, Hashable {
  public var id: Int64
  public var server: String
  public var uuid: String
  public var key: String
  public var type: String
  public var title: String
  public var agent: String
  public var roots: [String]
  public var isEnabled: Bool
  public var isAvailable: Bool
  var contentChangedAt: Int64?
  var updatedAt: Int64?
  var scannedAt: Int64?
  /// Milliseconds since 1970 of the last complete walk.
  public var walkedAt: Int64?
  /// The latest time that the server gave any of its items, in seconds.
  var watermark: Int64?
  /// Milliseconds since 1970.
  public var syncedAt: Int64?

  init(_ row: Query) {
    (id, server, uuid, key) = (row.integer(0), row.text(1), row.text(2), row.text(3))
    (type, title, agent) = (row.text(4), row.text(5), row.text(6))
    roots = row.text(7).split(separator: "\n").map(String.init)
    (isEnabled, isAvailable) = (row.integer(8) != 0, row.integer(9) != 0)
    (contentChangedAt, updatedAt) = (row.optionalInteger(10), row.optionalInteger(11))
    (scannedAt, walkedAt) = (row.optionalInteger(12), row.optionalInteger(13))
    (watermark, syncedAt) = (row.optionalInteger(14), row.optionalInteger(15))
  }
}

extension PlexLibrary {
  /// What a library is remembered by: a very old server gives no uuid.
  public var identity: String { uuid.isEmpty ? "key-\(key)" : uuid }
}
