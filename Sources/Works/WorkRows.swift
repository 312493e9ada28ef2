import MetadataModel
import Storage

/// The tables of works, their members and identifiers.
struct WorkRows {
  let connection: Connection

  /// The work that has `id` as its key or as a member.
  func known(with id: ItemID) throws(StorageError) -> KnownWork? {
    guard let number = try number(ofWorkWith: id) else { return nil }
    return try known(number)
  }

  func key(ofWorkWith id: ItemID) throws(StorageError) -> ItemID? {
    try connection.firstRow(
      "SELECT key FROM works WHERE number = (SELECT work FROM members WHERE id = ?)", .id(id)
    ) { ItemID($0.text(0)) } ?? nil
  }

  func works(of kind: MediaKind, with ids: ExternalIDs) throws(StorageError) -> [Work] {
    var numbers: Set<Int64> = []
    for (namespace, value) in ids.sorted {
      let claimed = try connection.rows(
        """
        SELECT work FROM identifiers JOIN works ON works.number = work
        WHERE identifiers.value = ? AND namespace = ? AND kind = ?
        """, .text(value), .text(namespace), .text(kind.rawValue)
      ) { $0.integer(0) }
      numbers.formUnion(claimed)
      if let id = ItemID(source: namespace, kind: kind, value: value), let number = try number(ofWorkWith: id) {
        numbers.insert(number)
      }
    }
    var works: [Work] = []
    for number in numbers.sorted() {
      if let work = try known(number)?.work { works.append(work) }
    }
    return works
  }

  private func number(ofWorkWith id: ItemID) throws(StorageError) -> Int64? {
    // A key is a member of its own work.
    try connection.firstRow("SELECT work FROM members WHERE id = ?", .id(id)) { $0.integer(0) }
  }

  private func known(_ number: Int64) throws(StorageError) -> KnownWork? {
    let members = try connection.rows("SELECT id FROM members WHERE work = ? ORDER BY number", .integer(number)) {
      ItemID($0.text(0))
    }
    let claims = try connection.rows(
      "SELECT namespace, value, said_by FROM identifiers WHERE work = ?", .integer(number)
    ) { Claim(namespace: $0.text(0), value: $0.text(1), saidBy: $0.text(2)) }
    return try connection.firstRow("SELECT key, title, year FROM works WHERE number = ?", .integer(number)) { row in
      ItemID(row.text(0)).map { key in
        KnownWork(
          number: number, key: key, members: members.compactMap { $0 }, claims: claims, title: row.text(1),
          year: row.optionalInteger(2))
      }
    } ?? nil
  }

  /// Gives the number of the new work.
  func add(_ work: KnownWork) throws(StorageError) -> Int64 {
    let number = try connection.firstRow(
      "INSERT INTO works (key, kind, title, year) VALUES (?, ?, ?, ?) RETURNING number",
      .id(work.key), .text(work.key.kind.rawValue), .text(work.title), .optional(work.year)
    ) { $0.integer(0) }
    guard let number else { throw .failed(path: "works.sqlite", reason: "a new work has no number") }
    return number
  }

  func rename(_ number: Int64, title: String, year: Int?) throws(StorageError) {
    try connection.run(
      "UPDATE works SET title = ?, year = ? WHERE number = ?", .text(title), .optional(year), .integer(number))
  }

  func add(member id: ItemID, to number: Int64, saidBy: String) throws(StorageError) {
    try connection.run(
      "INSERT INTO members (id, work, source, said_by) VALUES (?, ?, ?, ?)",
      .id(id), .integer(number), .text(id.source), .text(saidBy))
  }

  func set(_ claim: Claim, of number: Int64) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO identifiers (work, namespace, said_by, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (work, namespace, said_by) DO UPDATE SET value = excluded.value
      """, .integer(number), .text(claim.namespace), .text(claim.saidBy), .text(claim.value))
  }
}
