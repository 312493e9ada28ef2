public import MetadataModel
import Storage

extension WorkStore {
  /// Fixes a match. A pin of the same target keeps its number and gets the new key.
  public func pin(_ target: PinTarget, shown: String, to key: ItemID, provider: String) async throws -> Pin {
    let now = time.wallMilliseconds
    return try await database.write { connection in
      try PinRows(connection: connection).set(target, shown: shown, to: key, provider: provider, at: now)
    }
  }

  /// Gives back the pin that was taken away; nil when there is none of this number.
  public func unpin(_ number: Int64) async throws -> Pin? {
    try await database.write { try PinRows(connection: $0).remove(number) }
  }

  /// All pins, in the order in which they were made.
  public func pins() async throws -> [Pin] { try await database.read { try PinRows(connection: $0).all() } }

  /// The pin that fits best: a file's before a title's, a longer path before a shorter one (a pinned folder holds for
  /// all below it), a title's with a year before one without. `targets` is the question: the file's whole path, the
  /// title with the year, the title alone.
  public func pin(for targets: [PinTarget], provider: String) async -> Pin? {
    await known { connection in
      let rows = PinRows(connection: connection)
      for target in Self.candidates(for: targets) {
        if let pin = try rows.find(target, provider) { return pin }
      }
      return nil
    } ?? nil
  }

  /// Everything that may have been pinned, the best first.
  static func candidates(for targets: [PinTarget]) -> [PinTarget] {
    var files: [PinTarget] = []
    var titles: [(target: PinTarget, hasYear: Bool)] = []
    for target in targets {
      switch target {
      case .file(let path):
        // No file system has more parts in a path.
        let parts = path.split(separator: "/").prefix(maximumPathParts)
        files += (0..<parts.count).map { .file(parts.dropLast($0).joined(separator: "/")) }
      case .title(_, let year): titles.append((target, year != nil))
      }
    }
    return files + titles.filter(\.hasYear).map(\.target) + titles.filter { !$0.hasYear }.map(\.target)
  }

  private static let maximumPathParts = 128
}

/// The table of pins.
struct PinRows {
  let connection: Connection
  private static let columns = "number, provider, form, target, year, shown, key, pinned_at"

  func set(
    _ target: PinTarget, shown: String, to key: ItemID, provider: String, at now: Int64
  ) throws(StorageError) -> Pin {
    let pin = try connection.firstRow(
      """
      INSERT INTO pins (provider, form, target, year, shown, key, pinned_at) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (provider, form, target, ifnull(year, -1)) DO UPDATE SET
        shown = excluded.shown, key = excluded.key, pinned_at = excluded.pinned_at
      RETURNING \(Self.columns)
      """, .text(provider), .text(target.form), .text(target.text), .optional(target.year), .text(shown), .id(key),
      .integer(now), read: Self.pin)
    guard let pin, let pin else { throw .failed(path: "works.sqlite", reason: "the pin was not kept") }
    return pin
  }

  func remove(_ number: Int64) throws(StorageError) -> Pin? {
    try connection.firstRow(
      "DELETE FROM pins WHERE number = ? RETURNING \(Self.columns)", .integer(number), read: Self.pin) ?? nil
  }

  func all() throws(StorageError) -> [Pin] {
    try connection.rows("SELECT \(Self.columns) FROM pins ORDER BY number", read: Self.pin).compactMap { $0 }
  }

  func find(_ target: PinTarget, _ provider: String) throws(StorageError) -> Pin? {
    try connection.firstRow(
      """
      SELECT \(Self.columns) FROM pins
      WHERE provider = ? AND form = ? AND target = ? AND ifnull(year, -1) = ifnull(?, -1)
      """, .text(provider), .text(target.form), .text(target.text), .optional(target.year), read: Self.pin) ?? nil
  }

  private static func pin(_ row: Statement) -> Pin? {
    guard let key = ItemID(row.text(6)) else { return nil }
    let text = row.text(3)
    let target: PinTarget = row.text(2) == "file" ? .file(text) : .title(text, year: row.optionalInteger(4))
    return Pin(
      number: row.integer(0), provider: row.text(1), target: target, shown: row.text(5), key: key,
      pinnedAt: row.integer(7))
  }
}

extension PinTarget {
  fileprivate var form: String {
    switch self {
    case .file: "file"
    case .title: "title"
    }
  }

  fileprivate var text: String {
    switch self {
    case .file(let text), .title(let text, _): text
    }
  }

  fileprivate var year: Int? {
    switch self {
    case .file: nil
    case .title(_, let year): year
    }
  }
}
