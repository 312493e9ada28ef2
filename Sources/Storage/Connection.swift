import CSQLite
import Glibc

/// One connection to the database file. For one thread at a time; `Database` hands it out.
public final class Connection {
  /// Milliseconds to wait for another process that holds the file.
  static let busyMilliseconds: Int32 = 5_000
  /// Bytes of the file that are read as memory rather than by a system call per page; SQLite takes 2 GiB at most.
  /// Measured: without it 99 in 100 lookups among 5,000,000 entries take 2.5 times as long as among 10,000, with it 1.1.
  static let mappedBytes = 2 << 30

  let path: String
  private(set) var handle: OpaquePointer?
  private var statements: [String: Statement] = [:]

  /// Opens the file, making it when it is not there. A connection for reading refuses to write.
  init(path: String, forReading: Bool) throws(StorageError) {
    self.path = path
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else {
      let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory left"
      close()
      throw .cannotOpen(path: path, reason: reason)
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    do {
      // In WAL mode NORMAL syncs at checkpoints only: a power cut may take the last commits, never the file.
      try execute("PRAGMA synchronous = NORMAL")
      if forReading { try execute("PRAGMA query_only = ON; PRAGMA mmap_size = \(Self.mappedBytes)") }
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  /// The statement for `sql`, compiled at the first use and kept. It is reset and has no values bound.
  public func statement(_ sql: String) throws(StorageError) -> Statement {
    guard handle != nil else { throw .closed(path: path) }
    if let kept = statements[sql] {
      guard kept.isIdle else { return try Statement(sql, on: self) }
      kept.reset()
      return kept
    }
    let statement = try Statement(sql, on: self)
    statements[sql] = statement
    return statement
  }

  /// Runs one statement with values for its `?`s, and gives how many rows it changed.
  @discardableResult
  public func run(_ sql: String, _ values: BoundValue...) throws(StorageError) -> Int {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() {}
    return Int(sqlite3_changes64(handle))
  }

  /// What `read` makes of every row.
  public func rows<Row>(
    _ sql: String, _ values: BoundValue..., read: (Statement) throws(StorageError) -> Row
  ) throws(StorageError) -> [Row] {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var rows: [Row] = []
    while try statement.step() { rows.append(try read(statement)) }
    return rows
  }

  /// What `read` makes of the first row, nil when there is none.
  public func firstRow<Row>(
    _ sql: String, _ values: BoundValue..., read: (Statement) throws(StorageError) -> Row
  ) throws(StorageError) -> Row? {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() ? try read(statement) : nil
  }

  /// Runs statements without values, separated by semicolons.
  public func execute(_ sql: String) throws(StorageError) {
    guard let handle else { throw .closed(path: path) }
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// False when SQLite gave up the whole transaction after a grave error.
  var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

  /// Frees the statements and the file. Using the connection or one of its statements then throws `.closed`.
  func close() {
    for statement in statements.values { statement.finish() }
    statements = [:]
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// The error for a result code that the last call on this connection gave.
  func failure(_ code: Int32) -> StorageError {
    guard let handle else { return .closed(path: path) }
    let reason = String(cString: sqlite3_errmsg(handle))
    switch code & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(path: path, reason: reason)
    case SQLITE_FULL: return .full(path: path)
    case SQLITE_IOERR where sqlite3_system_errno(handle) == ENOSPC: return .full(path: path)
    case SQLITE_BUSY, SQLITE_LOCKED: return .locked(path: path)
    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: return .cannotOpen(path: path, reason: reason)
    default: return .failed(path: path, reason: reason)
    }
  }
}
