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
  }

  /// Removes what has been stale for longer than so many milliseconds, and gives how many entries that was.
  public func prune(staleForMilliseconds: Int64) throws -> Int {
    let (limit, isTooOld) = time.wallMilliseconds.subtractingReportingOverflow(max(0, staleForMilliseconds))
    guard !isTooOld else { return 0 }
    var total = 0
    while true {
      let removed = try removeStep(.staleBefore(limit))
      total += removed
      try shrink()
      if removed < Self.step { return total }
    }
  }

  /// Removes everything that is in `space`, or in all spaces when it is nil, and gives how many entries that was.
  public func clear(space: String?) throws -> Int {
    var (place, total) = (Int64.min, 0)
    while let last = try database.readNow({ try Self.endOfStep(from: place, $0) }) {
      let first = place
      total += try database.writeNow { connection in
        try connection.run(
          "DELETE FROM entries WHERE hash BETWEEN ?1 AND ?2 AND (?3 IS NULL OR space = ?3)",
          .integer(first), .integer(last), space.map { .text($0) } ?? .null)
      }
      try shrink()
      guard last < .max else { break }
      place = last + 1
    }
    return total
  }

  /// Where the next `step` entries from this place on end; nil when there are none.
  private static func endOfStep(from place: Int64, _ connection: Connection) throws(StorageError) -> Int64? {
    let last = "SELECT MAX(hash) FROM (SELECT hash FROM entries WHERE hash >= ? ORDER BY hash LIMIT ?)"
    return try connection.firstRow(last, .integer(place), .integer(Int64(step))) { row in
      row.isNull(0) ? nil : row.integer(0)
    } ?? nil
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
          DELETE FROM entries WHERE hash IN
            (SELECT hash FROM entries WHERE fresh_until < ? ORDER BY fresh_until LIMIT ?)
          """, .integer(moment), step)
      case .firstToBeStale:
        try connection.run(
          "DELETE FROM entries WHERE hash IN (SELECT hash FROM entries ORDER BY fresh_until LIMIT ?)",
          .integer(Int64(Self.evictionStep)))
      }
    }
  }

  /// Gives all free pages back to the disk.
  private func shrink() throws {
    while try shrinkStep() > 0 {}
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
}
