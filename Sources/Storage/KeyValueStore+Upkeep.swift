/// The bytes of a database's file.
public struct StoreSpace: Hashable, Sendable {
  public var fileBytes: Int
  /// Without the pages that are free.
  public var usedBytes: Int
}

/// Looking after a store. These functions throw, unlike those of `ByteStore`: a person asked. All of them block.
extension KeyValueStore {
  /// Rows removed per transaction; others' writes go in between.
  static let step = 500
  /// Fewer where room is made: no more goes than has to.
  static let evictionStep = 50
  /// Pages given back to the disk per transaction.
  static let pageStep = 1000

  /// Which entries go.
  enum Removal: Sendable {
    case staleBefore(Int64)
    case firstToBeStale
    /// Those of one space, or of all, up to this number.
    case space(String?, upTo: Int64)
  }

  /// Removes what has been stale for longer than so many milliseconds, and gives how many entries that was.
  public func prune(staleForMilliseconds: Int64) throws -> Int {
    let (limit, isTooOld) = time.wallMilliseconds.subtractingReportingOverflow(max(0, staleForMilliseconds))
    return isTooOld ? 0 : try removeAll(.staleBefore(limit))
  }

  /// Removes everything in `space`, or in all spaces when it is nil, and gives how many entries that was.
  public func clear(space: String?) throws -> Int {
    // What is added meanwhile stays, or a busy host would keep this going for ever.
    let last = try database.readNow { try $0.firstRow("SELECT MAX(number) FROM entries") { $0.integer(0) } } ?? 0
    return try removeAll(.space(space, upTo: last))
  }

  /// Bytes of the file, and how many are in use. Costs the same for any size.
  public func space() throws -> StoreSpace {
    try database.readNow { connection in
      func number(_ name: String) throws(StorageError) -> Int {
        Int(try connection.firstRow("PRAGMA \(name)") { $0.integer(0) } ?? 0)
      }
      let (pages, free, size) = (try number("page_count"), try number("freelist_count"), try number("page_size"))
      return StoreSpace(fileBytes: pages * size, usedBytes: (pages - free) * size)
    }
  }

  /// Removes up to `step` entries in one transaction and gives how many that was.
  func removeStep(_ removal: Removal) throws -> Int {
    let step = BoundValue.integer(Int64(Self.step))
    return try database.writeNow { connection in
      switch removal {
      case .staleBefore(let moment):
        try connection.run(
          """
          DELETE FROM entries WHERE number IN
            (SELECT number FROM entries WHERE fresh_until < ? ORDER BY fresh_until LIMIT ?)
          """, .integer(moment), step)
      case .firstToBeStale:
        try connection.run(
          "DELETE FROM entries WHERE number IN (SELECT number FROM entries ORDER BY fresh_until LIMIT ?)",
          .integer(Int64(Self.evictionStep)))
      case .space(let space, let last):
        try connection.run(
          """
          DELETE FROM entries WHERE number IN
            (SELECT number FROM entries WHERE (?1 IS NULL OR space = ?1) AND number <= ?2 LIMIT ?3)
          """, space.map { .text($0) } ?? .null, .integer(last), step)
      }
    }
  }

  /// Gives some free pages back to the disk, and how many that was.
  func shrinkStep() throws -> Int {
    try database.writeNow { connection in
      func pages() throws(StorageError) -> Int {
        Int(try connection.firstRow("PRAGMA page_count") { $0.integer(0) } ?? 0)
      }
      let before = try pages()
      try connection.execute("PRAGMA incremental_vacuum(\(Self.pageStep))")
      return before - (try pages())
    }
  }

  private func removeAll(_ removal: Removal) throws -> Int {
    var total = 0
    while true {
      let removed = try removeStep(removal)
      total += removed
      // Gives the room back to the disk.
      while try shrinkStep() > 0 {}
      if removed < Self.step { return total }
    }
  }
}
