import PlexServers

/// The tables of the plugin's own file, and how an older file gets them.
enum CatalogueSchema {
  /// Each step is run once, in order; `user_version` says how many a file has behind it.
  private static let steps: [[String]] = [
    [
      """
      CREATE TABLE library (
        id INTEGER PRIMARY KEY, server TEXT NOT NULL, uuid TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL,
        title TEXT NOT NULL, agent TEXT NOT NULL, roots TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1,
        available INTEGER NOT NULL DEFAULT 1, content_changed INTEGER, updated_at INTEGER, scanned_at INTEGER,
        walked_at INTEGER, watermark INTEGER, synced_at INTEGER, UNIQUE (server, uuid))
      """,
      // Identity is the server's own key in this library; a guid may stand in several libraries and servers.
      """
      CREATE TABLE item (
        library INTEGER NOT NULL REFERENCES library, key INTEGER NOT NULL, kind INTEGER NOT NULL, title TEXT NOT NULL,
        year INTEGER, number INTEGER, season INTEGER, parent INTEGER, grandparent INTEGER, show TEXT NOT NULL,
        guid TEXT NOT NULL, ids TEXT NOT NULL, duration INTEGER, added_at INTEGER, updated_at INTEGER,
        deleted_at INTEGER, released TEXT NOT NULL, digest INTEGER NOT NULL, missing_since INTEGER,
        PRIMARY KEY (library, key)) WITHOUT ROWID
      """,
      """
      CREATE TABLE file (
        library INTEGER NOT NULL, key INTEGER NOT NULL, place INTEGER NOT NULL, part INTEGER NOT NULL,
        media INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, duration INTEGER NOT NULL,
        container TEXT NOT NULL, resolution TEXT NOT NULL, PRIMARY KEY (library, key, place)) WITHOUT ROWID
      """,
      // Pages of a walk that is under way: the items are not touched before it is over.
      "CREATE TABLE walk (library INTEGER PRIMARY KEY REFERENCES library, started_at INTEGER NOT NULL)",
      """
      CREATE TABLE page (
        library INTEGER NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL, received INTEGER NOT NULL,
        total INTEGER, added INTEGER NOT NULL, updated INTEGER NOT NULL, unreadable INTEGER NOT NULL,
        keys BLOB NOT NULL, items BLOB NOT NULL, PRIMARY KEY (library, kind, place))
      """,
      """
      CREATE TABLE path_rule (
        id INTEGER PRIMARY KEY, server TEXT NOT NULL, library TEXT, prefix TEXT NOT NULL, local TEXT NOT NULL,
        UNIQUE (server, library, prefix))
      """,
      """
      CREATE TABLE invitation (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, server TEXT NOT NULL, who TEXT NOT NULL, libraries TEXT NOT NULL,
        outcome TEXT NOT NULL, detail TEXT NOT NULL)
      """,
      """
      CREATE TABLE setup (
        server TEXT NOT NULL, library TEXT NOT NULL, provider TEXT NOT NULL, before TEXT NOT NULL,
        PRIMARY KEY (server, library, provider))
      """,
    ]
  ]

  static func update(_ database: CatalogueDatabase) throws(PlexError) {
    let done = Int(try database.integer("PRAGMA user_version") ?? 0)
    guard done <= steps.count else {
      throw PlexError(.badRequest, "the catalogue was made by a newer Usher; use that one, or remove plex.sqlite")
    }
    guard done < steps.count else { return }
    try database.transaction { () throws(PlexError) in
      // Another program may have done it while this one waited for its turn.
      let done = Int(try database.integer("PRAGMA user_version") ?? 0)
      for step in steps.dropFirst(done) {
        for text in step { try database.run(text) }
      }
      try database.run("PRAGMA user_version = \(steps.count)")
    }
  }
}
