import PlexServers

/// Takes a finished walk into the catalogue: in one transaction, all or nothing.
struct WalkApplying {
  let database: CatalogueDatabase
  let library: CatalogueLibrary
  /// Milliseconds since 1970.
  let now: Int64
  /// The walk is the library's first: nothing of it can have gone.
  let isFirst: Bool

  /// What became of the items that the walk did not see.
  struct Orphans {
    var removed = 0
    var missing = 0
    var isHeld = false
    /// Items that would have gone, and those that there were.
    var wouldGo = (0, 0)
  }

  /// Writes the walk's items. `seen` has the keys of the kinds whose walk was complete: only of those anything is
  /// removed, and only what an earlier walk missed too. More than a fifth gone at once is held back unless confirmed.
  func apply(
    seen: [PlexItemKind: Set<Int64>], remote: PlexLibrary, isFull: Bool, isConfirmed: Bool
  ) throws(PlexError) -> Orphans {
    try database.transaction { () throws(PlexError) in
      try write()
      // A library that had nothing has lost nothing.
      let orphans = try isFirst ? Orphans() : judge(seen, isConfirmed: isConfirmed)
      try database.run("DELETE FROM page WHERE library = ?", [.integer(library.id)])
      try database.run("DELETE FROM walk WHERE library = ?", [.integer(library.id)])
      try keepCounters(remote, isWalked: isFull && !seen.isEmpty, isHeld: orphans.isHeld)
      return orphans
    }
  }

  private func write() throws(PlexError) {
    let pages = try database.query(
      "SELECT items FROM page WHERE library = ? ORDER BY kind, place", [.integer(library.id)])
    var writer = try ItemWriter(database, library: library.id)
    while try pages.next() {
      var items = ItemUnpacker(pages.bytes(0))
      while let packed = try items.next() {
        try writer.write(packed.item, digest: packed.digest, isNew: packed.isNew)
      }
    }
  }

  private func judge(_ seen: [PlexItemKind: Set<Int64>], isConfirmed: Bool) throws(PlexError) -> Orphans {
    var orphans = Orphans()
    var unseen: [(key: Int64, wasMissing: Bool)] = []
    var there = 0
    for (kind, keys) in seen {
      let query = try database.query(
        "SELECT key, missing_since FROM item WHERE library = ? AND kind = ?",
        [.integer(library.id), .integer(Int64(kind.rawValue))])
      while try query.next() {
        there += 1
        if !keys.contains(query.integer(0)) { unseen.append((query.integer(0), query.optionalInteger(1) != nil)) }
      }
    }
    orphans.wouldGo = (unseen.count, there)
    // An unmounted disk looks just like a library that somebody emptied.
    guard isConfirmed || unseen.count * 5 <= there else {
      orphans.isHeld = true
      return orphans
    }
    for (key, wasMissing) in unseen {
      let place: [CatalogueValue] = [.integer(library.id), .integer(key)]
      if wasMissing {
        try database.run("DELETE FROM file WHERE library = ? AND key = ?", place)
        try database.run("DELETE FROM item WHERE library = ? AND key = ?", place)
        orphans.removed += 1
      } else {
        try database.run("UPDATE item SET missing_since = ? WHERE library = ? AND key = ?", [.integer(now)] + place)
        orphans.missing += 1
      }
    }
    return orphans
  }

  /// The counters are kept only once nothing is open: the next sync must look again at what is missing.
  private func keepCounters(_ remote: PlexLibrary, isWalked: Bool, isHeld: Bool) throws(PlexError) {
    let missing =
      isFirst
      ? nil
      : try database.integer(
        "SELECT 1 FROM item WHERE library = ? AND missing_since IS NOT NULL LIMIT 1", [.integer(library.id)])
    let isOpen = isHeld || missing != nil
    try database.run(
      """
      UPDATE library SET content_changed = ?2, updated_at = ?3, scanned_at = ?4, synced_at = ?5,
        walked_at = CASE WHEN ?6 THEN ?5 ELSE walked_at END,
        watermark = (SELECT max(max(coalesce(updated_at, 0), coalesce(added_at, 0))) FROM item WHERE library = ?1)
      WHERE id = ?1
      """,
      [
        .integer(library.id), isOpen ? .null : .integer(Int64(remote.contentChangedAt)),
        .integer(Int64(remote.updatedAt)), .integer(Int64(remote.scannedAt)), .integer(now),
        .integer(isWalked ? 1 : 0),
      ])
  }
}
