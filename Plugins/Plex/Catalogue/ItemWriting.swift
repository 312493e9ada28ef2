import PlexServers

/// Writes items and their files, one after the other.
struct ItemWriter {
  private let item: Query
  private let file: Query
  private let oldFiles: Query
  private let library: Int64
  private var texts = RowTexts()

  init(_ database: CatalogueDatabase, library: Int64) throws(PlexError) {
    self.library = library
    item = try database.statement(
      """
      INSERT OR REPLACE INTO item (library, key, kind, title, year, number, season, parent, grandparent, show, guid, ids,
        duration, added_at, updated_at, deleted_at, released, digest, missing_since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
      """)
    file = try database.statement(
      """
      INSERT OR REPLACE INTO file (library, key, place, part, media, path, size, duration, container, resolution)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    oldFiles = try database.statement("DELETE FROM file WHERE library = ? AND key = ?")
  }

  /// `isNew` says that the catalogue has no files of the item.
  mutating func write(_ row: PlexItem, digest: Int64, isNew: Bool) throws(PlexError) {
    item.bind(1, library)
    item.bind(2, row.ratingKey)
    item.bind(3, Int64(row.kind?.rawValue ?? 0))
    texts.add(4, row.title)
    item.bind(5, row.year)
    item.bind(6, row.index)
    item.bind(7, row.kind == .season ? row.index : row.parentIndex)
    item.bind(8, row.parentKey)
    item.bind(9, row.grandparentKey)
    texts.add(10, row.grandparentTitle)
    texts.add(11, row.guid)
    texts.add(12, lines: row.ids)
    item.bind(13, row.duration)
    item.bind(14, row.addedAt)
    item.bind(15, row.updatedAt)
    item.bind(16, row.deletedAt)
    texts.add(17, row.released)
    item.bind(18, digest)
    try item.run(&texts)
    if !isNew {
      oldFiles.bind(1, library)
      oldFiles.bind(2, row.ratingKey)
      _ = try oldFiles.next()
    }
    for (place, part) in row.files.enumerated() { try write(part, of: row.ratingKey, place: place) }
  }

  private mutating func write(_ part: PlexFile, of key: Int64, place: Int) throws(PlexError) {
    file.bind(1, library)
    file.bind(2, key)
    file.bind(3, Int64(place))
    file.bind(4, part.part)
    file.bind(5, part.media)
    texts.add(6, part.path)
    file.bind(7, part.size)
    file.bind(8, part.duration)
    texts.add(9, part.container)
    texts.add(10, part.resolution)
    try file.run(&texts)
  }
}
