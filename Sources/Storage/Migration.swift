/// A step from one version of the schema to the next. Steps are never changed once published, only added at the end:
/// the database's `user_version` counts those that were done.
public struct Migration: Sendable {
  let sql: String

  /// SQL statements separated by semicolons, without a transaction of their own.
  public init(_ sql: String) { self.sql = sql }

  /// How many steps the database has behind it; throws `.newerSchema` when that is more than `known`.
  static func version(of connection: Connection, knownUpTo known: Int) throws(StorageError) -> Int {
    let found = try connection.firstRow("PRAGMA user_version") { Int($0.integer(0)) } ?? 0
    guard (0...known).contains(found) else { throw .newerSchema(path: connection.path, found: found, known: known) }
    return found
  }

  /// Does the steps that are still missing, each in a transaction of its own.
  static func run(_ migrations: [Migration], on connection: Connection) throws(StorageError) {
    let found = try version(of: connection, knownUpTo: migrations.count)
    for (number, migration) in migrations.enumerated().dropFirst(found) {
      try connection.execute("BEGIN IMMEDIATE")
      do {
        // Another process may have been faster.
        if try version(of: connection, knownUpTo: migrations.count) == number {
          try connection.execute(migration.sql)
          try connection.execute("PRAGMA user_version = \(number + 1)")
        }
        try connection.execute("COMMIT")
      } catch {
        try? connection.execute("ROLLBACK")
        throw error
      }
    }
  }
}
