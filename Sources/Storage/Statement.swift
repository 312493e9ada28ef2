import CSQLite

/// A value for a `?` of a statement.
public enum BoundValue: Sendable {
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
  case null
}

/// A compiled statement of one connection, for the thread that has the connection.
public final class Statement {
  // Weak, because the connection keeps its statements; needed for errors only.
  private weak var connection: Connection?
  private let path: String
  private var handle: OpaquePointer?

  init(_ sql: String, on connection: Connection) throws(StorageError) {
    self.connection = connection
    path = connection.path
    let code = sqlite3_prepare_v3(
      connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK else { throw connection.failure(code) }
    guard handle != nil else { throw .failed(path: path, reason: "a statement without any SQL") }
  }

  deinit { finish() }

  /// Binds values to the `?`s, from the first one on.
  public func bind(_ values: [BoundValue]) throws(StorageError) {
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
  }

  /// Binds one value; the first `?` is 1. The value is copied.
  public func bind(_ value: BoundValue, at index: Int) throws(StorageError) {
    guard let handle else { throw .closed(path: path) }
    let place = Int32(truncatingIfNeeded: index)
    let code =
      switch value {
      case .integer(let number): sqlite3_bind_int64(handle, place, number)
      case .real(let number): sqlite3_bind_double(handle, place, number)
      case .null: sqlite3_bind_null(handle, place)
      case .text(let text): Self.bind(text, to: handle, at: place)
      case .bytes(let bytes): Self.bind(bytes, to: handle, at: place)
      }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Goes to the next row; false when there is none left.
  public func step() throws(StorageError) -> Bool {
    guard let handle else { throw .closed(path: path) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  /// Column of the present row, from 0; 0 when it is not a number.
  public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  public func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  public func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  /// The whole text, NULs included; empty when the column is null.
  public func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// A copy of the bytes; empty when the column is null.
  public func bytes(_ column: Int) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
  }

  /// True when no rows are being read from it.
  var isIdle: Bool { handle.map { sqlite3_stmt_busy($0) == 0 } ?? true }

  /// Makes it ready for another run and drops the values, so that nothing large stays in memory.
  public func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  func finish() {
    sqlite3_finalize(handle)
    handle = nil
  }

  private func failure(_ code: Int32) -> StorageError { connection?.failure(code) ?? .closed(path: path) }

  private static func bind(_ text: String, to handle: OpaquePointer, at place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { chars in
        sqlite3_bind_text64(handle, place, chars.baseAddress, UInt64(chars.count), copied, UInt8(SQLITE_UTF8))
      }
    }
  }

  private static func bind(_ bytes: [UInt8], to handle: OpaquePointer, at place: Int32) -> Int32 {
    // A NULL pointer would bind null instead of no bytes.
    guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, place, 0) }
    return sqlite3_bind_blob64(handle, place, bytes, UInt64(bytes.count), copied)
  }

  /// SQLITE_TRANSIENT: SQLite takes a copy before the call returns.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
