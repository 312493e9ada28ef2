public import MetadataModel
import Storage

/// Something that a media server asked for and that was not found.
public struct Unmatched: Hashable, Sendable {
  public var provider: String
  public var kind: MediaKind
  public var title: String
  public var year: Int?
  /// As the media server wrote it.
  public var file: String?
  /// Milliseconds since 1970.
  public var firstAsked: Int64
  /// Milliseconds since 1970.
  public var lastAsked: Int64
  public var times: Int
  /// What came closest, for people: "Harbor Lights (2014) tvmaze-show-1".
  public var closest: String?
  /// 0 to 1.
  public var closestScore: Double?

  public init(
    provider: String, kind: MediaKind, title: String, year: Int?, file: String?, firstAsked: Int64, lastAsked: Int64,
    times: Int, closest: String?, closestScore: Double?
  ) {
    self.provider = provider
    self.kind = kind
    self.title = title
    self.year = year
    self.file = file
    self.firstAsked = firstAsked
    self.lastAsked = lastAsked
    self.times = times
    self.closest = closest
    self.closestScore = closestScore
  }
}

extension WorkStore {
  /// So many are kept; the oldest go.
  static let unmatchedLimit = 10_000

  /// Notes a question without an answer. One that is there already (provider, kind, title, year and file) counts once
  /// more and gets the new time and what came closest this time.
  public func noteUnmatched(_ unmatched: Unmatched) async {
    await kept { try UnmatchedRows(connection: $0).note(unmatched) }
  }

  /// It has been found since.
  public func forgetUnmatched(provider: String, kind: MediaKind, title: String, year: Int?, file: String?) async {
    // Nearly every question has an answer: a look costs no commit.
    let isThere = await known {
      try UnmatchedRows(connection: $0).number(provider: provider, kind, title, year, file) != nil
    }
    guard isThere == true else { return }
    await kept { connection in
      let rows = UnmatchedRows(connection: connection)
      guard let number = try rows.number(provider: provider, kind, title, year, file) else { return }
      try connection.run("DELETE FROM unmatched WHERE number = ?", .integer(number))
    }
  }

  /// What was not found, the last asked first; of one provider, or of all.
  public func unmatched(provider: String?) async throws -> [Unmatched] {
    try await database.read { try UnmatchedRows(connection: $0).all(provider) }
  }
}

/// The table of what was not found.
struct UnmatchedRows {
  let connection: Connection

  func note(_ new: Unmatched) throws(StorageError) {
    let times = try connection.firstRow(
      """
      INSERT INTO unmatched
        (provider, kind, title, year, file, first_asked, last_asked, times, closest, closest_score)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (provider, kind, title, ifnull(year, -1), ifnull(file, '')) DO UPDATE SET
        last_asked = max(last_asked, excluded.last_asked), times = times + excluded.times,
        closest = excluded.closest, closest_score = excluded.closest_score
      RETURNING times
      """, .text(new.provider), .text(new.kind.rawValue), .text(new.title), .optional(new.year), .optional(new.file),
      .integer(new.firstAsked), .integer(new.lastAsked), .integer(Int64(new.times)), .optional(new.closest),
      new.closestScore.map { .real($0) } ?? .null
    ) { $0.integer(0) }
    // Only a new one makes the table longer.
    if times == Int64(new.times) { try dropOldest() }
  }

  private func dropOldest() throws(StorageError) {
    try connection.run(
      """
      DELETE FROM unmatched WHERE number IN (
        SELECT number FROM unmatched ORDER BY last_asked, number
        LIMIT max(0, (SELECT count(*) FROM unmatched) - ?))
      """, .integer(Int64(WorkStore.unmatchedLimit)))
  }

  func number(
    provider: String, _ kind: MediaKind, _ title: String, _ year: Int?, _ file: String?
  ) throws(StorageError) -> Int64? {
    try connection.firstRow(
      """
      SELECT number FROM unmatched WHERE provider = ? AND kind = ? AND title = ?
        AND ifnull(year, -1) = ifnull(?, -1) AND ifnull(file, '') = ifnull(?, '')
      """, .text(provider), .text(kind.rawValue), .text(title), .optional(year), .optional(file)
    ) { $0.integer(0) }
  }

  func all(_ provider: String?) throws(StorageError) -> [Unmatched] {
    try connection.rows(
      """
      SELECT provider, kind, title, year, file, first_asked, last_asked, times, closest, closest_score
      FROM unmatched WHERE ?1 IS NULL OR provider = ?1 ORDER BY last_asked DESC, number DESC
      """, .optional(provider)
    ) { row in
      Unmatched(
        provider: row.text(0), kind: MediaKind(rawValue: row.text(1)), title: row.text(2),
        year: row.optionalInteger(3), file: row.optionalText(4), firstAsked: row.integer(5),
        lastAsked: row.integer(6), times: Int(truncatingIfNeeded: row.integer(7)), closest: row.optionalText(8),
        closestScore: row.isNull(9) ? nil : row.real(9))
    }
  }
}
