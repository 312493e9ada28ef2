/// A step from one version of the schema to the next. Steps are never changed once published, only added at the end:
/// the database's `user_version` counts those that were done.
public struct Migration: Sendable {
  let sql: String

  /// SQL statements separated by semicolons, without a transaction of their own.
  public init(_ sql: String) { self.sql = sql }

  /// Does the steps that are still missing, each in a transaction of its own.
  static func run(_ migrations: [Migration], on connection: Connection) throws(StorageError) {
    let found = try version(of: connection)
    guard found <= migrations.count else {
      throw .newerSchema(path: connection.path, found: found, known: migrations.count)
    }
    for (number, migration) in migrations.enumerated().dropFirst(found) {
      try connection.execute("BEGIN IMMEDIATE")
      do {
        // Another process may have been faster.
        if try version(of: connection) == number {
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

  private static func version(of connection: Connection) throws(StorageError) -> Int {
    // A user_version below zero is not ours either: it counts as newer than all we know.
    let version = try connection.firstRow("PRAGMA user_version") { Int($0.integer(0)) } ?? 0
    return version < 0 ? Int.max : version
  }
}
