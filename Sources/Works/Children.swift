public import MetadataModel
import Storage

extension WorkStore {
  /// All links of a show's work; `show` may be its key or a record of it.
  public func children(of show: ItemID) async -> [ChildLink] {
    await known { try ChildRows(connection: $0).links(of: show) } ?? []
  }

  /// Keeps links, in one transaction, and writes only what is new or has moved. A record keeps the key that it had
  /// first, whatever the link says; its place follows the link.
  public func join(_ links: [ChildLink], of show: ItemID) async {
    guard !links.isEmpty else { return }
    let new = await known { try ChildRows(connection: $0).new(among: links, of: show) }
    if let new, new.isEmpty { return }
    await kept { connection in
      let rows = ChildRows(connection: connection)
      let home = try WorkRows(connection: connection).key(ofWorkWith: show) ?? show
      // Another request may have been faster than this one.
      for link in try rows.new(among: links, of: show) { try rows.set(link, of: home) }
    }
  }

  /// The show and the links of the season or episode that `id` (key or record) stands for; nil when never seen.
  public func place(of id: ItemID) async -> (show: ItemID, links: [ChildLink])? {
    await known { try ChildRows(connection: $0).place(of: id) } ?? nil
  }
}

/// The table of seasons and episodes.
struct ChildRows {
  let connection: Connection
  private static let columns = "key, member, season, episode"

  /// In the order of seasons and episodes, a season before its episodes.
  func links(of show: ItemID) throws(StorageError) -> [ChildLink] {
    var links: [ChildLink] = []
    for home in try homes(of: show) {
      links += try connection.rows(
        "SELECT \(Self.columns) FROM children WHERE show = ? ORDER BY season, episode", .id(home), read: Self.link
      ).compactMap { $0 }
    }
    return links
  }

  /// The links that say something the table does not have. Of two about one record the first counts.
  func new(among links: [ChildLink], of show: ItemID) throws(StorageError) -> [ChildLink] {
    let there = Dictionary(try self.links(of: show).map { ($0.member, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<ItemID> = []
    return links.filter { link in
      guard seen.insert(link.member).inserted else { return false }
      guard let known = there[link.member] else { return true }
      return known.season != link.season || known.episode != link.episode
    }
  }

  func set(_ link: ChildLink, of show: ItemID) throws(StorageError) {
    try connection.run(
      """
      INSERT INTO children (member, key, show, season, episode) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (member) DO UPDATE SET show = excluded.show, season = excluded.season, episode = excluded.episode
      """, .id(link.member), .id(link.key), .id(show), .integer(Int64(link.season)), .optional(link.episode))
  }

  func place(of id: ItemID) throws(StorageError) -> (show: ItemID, links: [ChildLink])? {
    let key = try connection.firstRow("SELECT key FROM children WHERE member = ?", .id(id)) { $0.text(0) }
    let text = key ?? id.description
    let links = try connection.rows(
      "SELECT \(Self.columns) FROM children WHERE key = ? ORDER BY member", .text(text), read: Self.link)
    let home = try connection.firstRow(
      "SELECT show FROM children WHERE key = ? ORDER BY member = key DESC LIMIT 1", .text(text)
    ) { ItemID($0.text(0)) }
    guard let home, let home else { return nil }
    return (try WorkRows(connection: connection).key(ofWorkWith: home) ?? home, links.compactMap { $0 })
  }

  /// Every id under which links of the show may have been kept: they may be older than what its work joined.
  private func homes(of show: ItemID) throws(StorageError) -> [ItemID] {
    try WorkRows(connection: connection).known(with: show)?.members ?? [show]
  }

  private static func link(_ row: Statement) -> ChildLink? {
    guard let key = ItemID(row.text(0)), let member = ItemID(row.text(1)) else { return nil }
    return ChildLink(
      key: key, member: member, season: Int(truncatingIfNeeded: row.integer(2)), episode: row.optionalInteger(3))
  }
}
