import PlexServers

/// The pages of a library's walk, beside the catalogue: what changed, and which keys came.
///
/// The items of a library's first walk are written where they belong at once: nobody sees items of a library that was
/// never synced to the end.
struct WalkStaging {
  let database: CatalogueDatabase
  let library: Int64
  /// No walk of the library has come to its end yet.
  let isFirst: Bool
  /// The library has no items that a page must be compared with.
  let isEmpty: Bool

  /// A walk that is older than a day is not taken up again.
  static let lifetime: Int64 = 86_400_000

  /// Makes ready for a walk; what an interrupted one left stays when it is young.
  static func open(
    _ database: CatalogueDatabase, library: CatalogueLibrary, now: Int64, keepsOld: Bool
  ) throws(PlexError) -> WalkStaging {
    let (isFirst, library) = (library.syncedAt == nil, library.id)
    let started = try database.integer("SELECT started_at FROM walk WHERE library = ?", [.integer(library)])
    let known = try database.integer("SELECT 1 FROM item WHERE library = ? LIMIT 1", [.integer(library)])
    let staging = WalkStaging(database: database, library: library, isFirst: isFirst, isEmpty: isFirst || known == nil)
    let isYoung = started.map { $0 <= now && now - $0 < lifetime } ?? false
    if !keepsOld || !isYoung {
      try staging.forgetAll()
      try database.run("INSERT INTO walk (library, started_at) VALUES (?, ?)", [.integer(library), .integer(now)])
    }
    return staging
  }

  func forgetAll() throws(PlexError) {
    try database.transaction { () throws(PlexError) in
      if isFirst {
        try database.run("DELETE FROM file WHERE library = ?", [.integer(library)])
        try database.run("DELETE FROM item WHERE library = ?", [.integer(library)])
      }
      try database.run("DELETE FROM page WHERE library = ?", [.integer(library)])
      try database.run("DELETE FROM walk WHERE library = ?", [.integer(library)])
    }
  }

  func forget(_ kind: PlexItemKind) throws(PlexError) {
    try database.transaction { () throws(PlexError) in
      if isFirst {
        try database.run(
          """
          DELETE FROM file WHERE library = ?1 AND key IN (SELECT key FROM item WHERE library = ?1 AND kind = ?2)
          """, scope(kind))
        try database.run("DELETE FROM item WHERE library = ? AND kind = ?", scope(kind))
      }
      try database.run("DELETE FROM page WHERE library = ? AND kind = ?", scope(kind))
    }
  }

  private func scope(_ kind: PlexItemKind) -> [CatalogueValue] {
    [.integer(library), .integer(Int64(kind.rawValue))]
  }

  func pages(_ kind: PlexItemKind) throws(PlexError) -> Int {
    Int(try database.integer("SELECT count(*) FROM page WHERE library = ? AND kind = ?", scope(kind)) ?? 0)
  }

  /// Rows that came so far.
  func received(_ kind: PlexItemKind) throws(PlexError) -> Int {
    Int(try database.integer("SELECT sum(received) FROM page WHERE library = ? AND kind = ?", scope(kind)) ?? 0)
  }

  /// What the server said of the list's length; nil when it said nothing, or no page came.
  func total(_ kind: PlexItemKind) throws(PlexError) -> Int? {
    try database.integer("SELECT max(total) FROM page WHERE library = ? AND kind = ?", scope(kind)).map { Int($0) }
  }

  /// Keys in the order in which they came.
  func keys(_ kind: PlexItemKind) throws(PlexError) -> [Int64] {
    let query = try database.query("SELECT keys FROM page WHERE library = ? AND kind = ? ORDER BY place", scope(kind))
    var keys: [Int64] = []
    while try query.next() {
      query.bytes(0).withUnsafeBytes { bytes in
        for place in stride(from: 0, to: bytes.count - 7, by: 8) {
          keys.append(bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
        }
      }
    }
    return keys
  }

  /// Compares a page with the catalogue and keeps what is new or different: by difference of time or digest, never by
  /// order, since clocks go back when databases are restored.
  func keep(
    _ page: ItemPage, keys: [Int64], kind: PlexItemKind, place: Int
  ) throws(PlexError) {
    let wanted = keys.count == page.items.count ? nil : Set(keys)
    if isFirst {
      try database.transaction { () throws(PlexError) in
        var writer = try ItemWriter(database, library: library)
        for var item in page.items where wanted?.contains(item.ratingKey) ?? true {
          item.kind = kind
          try writer.write(item, digest: item.digest, isNew: true)
        }
        try keep(page, keys, kind, place, Changes(added: keys.count))
      }
      return
    }
    var changes = Changes()
    for var item in page.items where wanted?.contains(item.ratingKey) ?? true {
      item.kind = kind
      let digest = item.digest
      let known = isEmpty ? nil : try stored(item.ratingKey)
      if let known, known.digest == digest, known.updatedAt == item.updatedAt, !known.isMissing { continue }
      changes.items.add(item, digest: digest, isNew: known == nil)
      if known == nil { changes.added += 1 } else { changes.updated += 1 }
    }
    try keep(page, keys, kind, place, changes)
  }

  /// What of a page is new or different, and the items that wait for the walk's end.
  private struct Changes {
    var added = 0
    var updated = 0
    var items = ItemPacker()
  }

  private func keep(
    _ page: ItemPage, _ keys: [Int64], _ kind: PlexItemKind, _ place: Int, _ changes: Changes
  ) throws(PlexError) {
    let bytes = keys.withUnsafeBytes { [UInt8]($0) }
    try database.run(
      """
      INSERT OR REPLACE INTO page (library, kind, place, received, total, added, updated, unreadable, keys, items)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      scope(kind) + [
        .integer(Int64(place)), .integer(Int64(page.received)), CatalogueValue(page.total.map { Int64($0) }),
        .integer(Int64(changes.added)), .integer(Int64(changes.updated)), .integer(Int64(page.unreadable)),
        .bytes(bytes), .bytes(changes.items.bytes),
      ])
  }

  private struct Stored {
    var updatedAt: Int64?
    var digest: Int64
    var isMissing: Bool
  }

  private func stored(_ key: Int64) throws(PlexError) -> Stored? {
    let query = try database.statement(
      "SELECT updated_at, digest, missing_since FROM item WHERE library = ? AND key = ?")
    query.bind(1, library)
    query.bind(2, key)
    guard try query.next() else { return nil }
    defer { query.reset() }
    return Stored(
      updatedAt: query.optionalInteger(0), digest: query.integer(1), isMissing: query.optionalInteger(2) != nil)
  }

  /// Rows of a kind that the catalogue does not have.
  func added(_ kind: PlexItemKind) throws(PlexError) -> Int {
    Int(try database.integer("SELECT sum(added) FROM page WHERE library = ? AND kind = ?", scope(kind)) ?? 0)
  }

  /// Rows of the walk that were new and that had changed.
  func counts() throws(PlexError) -> (added: Int, updated: Int) {
    let query = try database.query(
      "SELECT coalesce(sum(added), 0), coalesce(sum(updated), 0) FROM page WHERE library = ?", [.integer(library)])
    defer { query.reset() }
    guard try query.next() else { return (0, 0) }
    return (Int(query.integer(0)), Int(query.integer(1)))
  }
}
