import CSQLite
public import PlexServers

/// A connection to the plugin's own SQLite file. For one command at a time; a second program waits for its turn.
public final class CatalogueDatabase {
  private let handle: OpaquePointer
  private var prepared: [String: Query] = [:]

  /// Opens or makes the file and brings its tables up to date. Throws `.badRequest` with a sentence that names it.
  public init(path: String) throws(PlexError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK, let handle else {
      let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
      sqlite3_close_v2(handle)
      throw PlexError(.badRequest, "the catalogue \(path) cannot be opened: \(reason)")
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, 10_000)
    // Long rows and whole pages of a walk: with large pages the file's tree is flatter and the journal shorter.
    try run("PRAGMA page_size = 16384")
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = NORMAL")
    // A walk writes much at once: fewer, larger steps from the journal into the file.
    try run("PRAGMA wal_autocheckpoint = 2000")
    try run("PRAGMA cache_size = -24000")
    try run("PRAGMA journal_size_limit = 16777216")
    try CatalogueSchema.update(self)
  }

  /// Opens a file that is there for reading alone, without waiting for who writes.
  init(reading path: String) throws(PlexError) {
    var handle: OpaquePointer?
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK, let handle
    else {
      sqlite3_close_v2(handle)
      throw PlexError(.badRequest, "the catalogue \(path) cannot be opened")
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, 100)
  }

  deinit {
    prepared = [:]
    sqlite3_close_v2(handle)
  }

  /// A statement with its values; kept, so that the next run of the same text is fast. Its rows must be read before
  /// it is run again.
  @discardableResult
  public func query(_ text: String, _ values: [CatalogueValue] = []) throws(PlexError) -> Query {
    let query = try statement(text)
    try query.bind(values)
    return query
  }

  /// Runs a statement that gives no rows.
  public func run(_ text: String, _ values: [CatalogueValue] = []) throws(PlexError) {
    let query = try query(text, values)
    while try query.next() {}
  }

  /// The first column of the first row as a number; nil when there is no row or it is null.
  public func integer(_ text: String, _ values: [CatalogueValue] = []) throws(PlexError) -> Int64? {
    let query = try query(text, values)
    defer { query.reset() }
    return try query.next() ? query.optionalInteger(0) : nil
  }

  /// Runs `body` in one transaction: all of it, or nothing when it throws.
  public func transaction<Value>(_ body: () throws(PlexError) -> Value) throws(PlexError) -> Value {
    try run("BEGIN IMMEDIATE")
    do throws(PlexError) {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Number of the row that was inserted last.
  public var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }
  /// Rows that the last statement changed.
  public var changes: Int { Int(sqlite3_changes(handle)) }

  func statement(_ text: String) throws(PlexError) -> Query {
    if let known = prepared[text] {
      known.reset()
      return known
    }
    var pointer: OpaquePointer?
    guard sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil) == SQLITE_OK,
      let pointer
    else { throw PlexError(.badRequest, "the catalogue: \(String(cString: sqlite3_errmsg(handle)))") }
    let query = Query(pointer, of: handle)
    prepared[text] = query
    return query
  }
}

/// What SQLite keeps.
public enum CatalogueValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

/// A prepared statement.
public final class Query {
  private let pointer: OpaquePointer
  private let handle: OpaquePointer

  /// Bytes are copied by SQLite before the call returns.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ pointer: OpaquePointer, of handle: OpaquePointer) {
    self.pointer = pointer
    self.handle = handle
  }

  deinit { sqlite3_finalize(pointer) }

  func bind(_ values: [CatalogueValue]) throws(PlexError) {
    for (place, value) in values.enumerated() {
      switch value {
      case .null: bindNull(Int32(place + 1))
      case .integer(let number): bind(Int32(place + 1), number)
      case .text(let text): bind(Int32(place + 1), text)
      case .bytes(let bytes): bind(Int32(place + 1), bytes)
      }
    }
  }

  // The parts of `bind` for rows that come by the hundred thousand.

  func bindNull(_ place: Int32) { sqlite3_bind_null(pointer, place) }
  func bind(_ place: Int32, _ number: Int64) { sqlite3_bind_int64(pointer, place, number) }
  func bind(_ place: Int32, _ number: Int64?) {
    if let number { bind(place, number) } else { bindNull(place) }
  }

  func bind(_ place: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        // An empty text has no address, which SQLite would take for null.
        sqlite3_bind_text(pointer, place, $0.baseAddress ?? Self.empty, Int32($0.count), Self.transient)
      }
    }
  }

  /// Runs a statement that gives no rows, once, with these texts; `texts` is empty afterwards. All of the statement's
  /// texts must be in it.
  func run(_ texts: inout RowTexts) throws(PlexError) {
    let status = texts.bytes.withUnsafeBytes { bytes in
      var start = 0
      for (place, end) in texts.ends {
        let text = bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) } ?? Self.empty
        // Without a copy: the bytes stay where they are until the statement has run.
        sqlite3_bind_text(pointer, place, text, Int32(end - start), nil)
        start = end
      }
      return sqlite3_step(pointer)
    }
    texts.removeAll()
    try finish(status)
  }

  func bind(_ place: Int32, _ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { sqlite3_bind_blob(pointer, place, $0.baseAddress, Int32($0.count), Self.transient) }
  }

  // Safe: the byte behind it is never written.
  nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
    let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()

  /// Steps to the next row; false at the end, when the statement is ready for another run.
  public func next() throws(PlexError) -> Bool {
    let status = sqlite3_step(pointer)
    if status == SQLITE_ROW { return true }
    try finish(status)
    return false
  }

  private func finish(_ status: Int32) throws(PlexError) {
    defer { reset() }
    guard status == SQLITE_DONE else {
      throw PlexError(.badRequest, "the catalogue: \(String(cString: sqlite3_errmsg(handle)))")
    }
  }

  func reset() { sqlite3_reset(pointer) }

  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

  public func optionalInteger(_ column: Int32) -> Int64? {
    sqlite3_column_type(pointer, column) == SQLITE_NULL ? nil : sqlite3_column_int64(pointer, column)
  }

  public func text(_ column: Int32) -> String {
    guard let text = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }

  public func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(pointer, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
  }
}
