public import PlexServers

/// An item as the catalogue knows it.
public struct CatalogueItem: Sendable, Hashable {
  public var libraryID: Int64
  public var server: String
  public var library: String
  public var key: Int64
  public var kind: PlexItemKind
  public var title: String
  public var year: Int64?
  public var number: Int64?
  public var season: Int64?
  public var show: String
  public var guid: String
  public var ids: [String]
  /// Milliseconds.
  public var duration: Int64?
  public var updatedAt: Int64?
  public var released: String
  /// The last walk did not see it, or it waits in the server's trash.
  public var isGone: Bool

  /// "Show 1 · S01E02 · The Title" for an episode, "Title (1999)" for the others.
  public var label: String {
    switch kind {
    case .episode:
      "\(show) · S\(Self.two(season))E\(Self.two(number)) · \(title)"
    case .season: "\(show.isEmpty ? "" : show + " · ")\(title.isEmpty ? "Season \(number ?? 0)" : title)"
    default: year.map { "\(title) (\($0))" } ?? title
    }
  }

  private static func two(_ number: Int64?) -> String {
    guard let number else { return "??" }
    return number < 10 ? "0\(number)" : "\(number)"
  }
}

extension Catalogue {
  static let columns = """
    SELECT i.library, l.server, l.title, i.key, i.kind, i.title, i.year, i.number, i.season, i.show, i.guid, i.ids,
      i.duration, i.updated_at, i.released, i.missing_since IS NOT NULL OR i.deleted_at IS NOT NULL
    FROM item i JOIN library l ON l.id = i.library AND l.synced_at IS NOT NULL
    """

  /// Films and shows whose title has the text, those with exactly that title first; the year leaves the others out.
  /// With a kind, items of that kind.
  public func find(
    _ title: String, year: Int? = nil, kind: PlexItemKind? = nil, server: String? = nil, limit: Int = 100
  ) throws(PlexError) -> [CatalogueItem] {
    let kinds = kind.map { "\($0.rawValue)" } ?? "1, 2"
    let pattern = "%" + title.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] } + "%"
    return try items(
      """
      \(Self.columns) WHERE i.kind IN (\(kinds)) AND i.title LIKE ?1 ESCAPE '\\' AND (?2 IS NULL OR i.year = ?2)
        AND (?3 IS NULL OR l.server = ?3)
      ORDER BY i.title != ?4 COLLATE NOCASE, i.title, i.year, l.server, i.library LIMIT \(limit)
      """, [.text(pattern), CatalogueValue(year.map { Int64($0) }), CatalogueValue(server), .text(title)])
  }

  /// Items with that key; several when several servers or libraries have it.
  public func items(key: Int64, server: String? = nil) throws(PlexError) -> [CatalogueItem] {
    try items(
      "\(Self.columns) WHERE i.key = ?1 AND (?2 IS NULL OR l.server = ?2)", [.integer(key), CatalogueValue(server)])
  }

  /// Seasons of a show, or episodes of a season, in their order.
  public func children(of item: CatalogueItem) throws(PlexError) -> [CatalogueItem] {
    try items(
      "\(Self.columns) WHERE i.library = ? AND i.parent = ? ORDER BY i.season, i.number, i.key",
      [.integer(item.libraryID), .integer(item.key)])
  }

  /// How many episodes a show has.
  public func episodes(of show: CatalogueItem) throws(PlexError) -> Int {
    Int(
      try database.integer(
        "SELECT count(*) FROM item WHERE library = ? AND grandparent = ? AND missing_since IS NULL",
        [.integer(show.libraryID), .integer(show.key)]) ?? 0)
  }

  /// Items without a match: their guid means nothing beyond their server.
  public func unmatched(server: String?, library: Int64? = nil) throws(PlexError) -> [CatalogueItem] {
    try items(
      """
      \(Self.columns) WHERE i.kind IN (1, 2) AND i.missing_since IS NULL AND i.deleted_at IS NULL
        AND (i.guid = '' OR i.guid LIKE 'local://%' OR i.guid LIKE 'com.plexapp.agents.none://%')
        AND (?1 IS NULL OR l.server = ?1) AND (?2 IS NULL OR l.id = ?2) ORDER BY l.server, l.id, i.title
      """, [CatalogueValue(server), CatalogueValue(library)])
  }

  /// Every file of an item, all versions and parts.
  public func files(of item: CatalogueItem) throws(PlexError) -> [PlexFile] {
    let query = try database.query(
      """
      SELECT part, media, path, size, duration, container, resolution FROM file WHERE library = ? AND key = ?
      ORDER BY place
      """, [.integer(item.libraryID), .integer(item.key)])
    var files: [PlexFile] = []
    while try query.next() {
      var file = PlexFile()
      (file.part, file.media, file.path) = (query.integer(0), query.integer(1), query.text(2))
      (file.size, file.duration) = (query.integer(3), query.integer(4))
      (file.container, file.resolution) = (query.text(5), query.text(6))
      files.append(file)
    }
    return files
  }

  /// Some files of a library, to see whether they can be found on this machine.
  public func sampleFiles(_ library: Int64, below root: String, limit: Int) throws(PlexError) -> [String] {
    let query = try database.query(
      """
      SELECT path FROM file WHERE library = ?1 AND substr(path, 1, length(?2)) = ?2 AND \(Self.isSynced)
      ORDER BY key LIMIT \(limit)
      """, [.integer(library), .text(root)])
    var paths: [String] = []
    while try query.next() { paths.append(query.text(0)) }
    return paths
  }

  /// How many files a library has, and their bytes.
  public func fileTotals(_ library: Int64) throws(PlexError) -> (count: Int, bytes: Int64) {
    let query = try database.query(
      "SELECT count(*), coalesce(sum(size), 0) FROM file WHERE library = ?1 AND \(Self.isSynced)", [.integer(library)])
    defer { query.reset() }
    return try query.next() ? (Int(query.integer(0)), query.integer(1)) : (0, 0)
  }

  func items(_ text: String, _ values: [CatalogueValue]) throws(PlexError) -> [CatalogueItem] {
    let query = try database.query(text, values)
    var found: [CatalogueItem] = []
    while try query.next() {
      found.append(
        CatalogueItem(
          libraryID: query.integer(0), server: query.text(1), library: query.text(2), key: query.integer(3),
          kind: PlexItemKind(rawValue: Int(query.integer(4))) ?? .movie, title: query.text(5),
          year: query.optionalInteger(6), number: query.optionalInteger(7), season: query.optionalInteger(8),
          show: query.text(9), guid: query.text(10), ids: query.text(11).split(separator: "\n").map(String.init),
          duration: query.optionalInteger(12), updatedAt: query.optionalInteger(13), released: query.text(14),
          isGone: query.integer(15) != 0))
    }
    return found
  }
}
