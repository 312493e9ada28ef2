/// A step from one version of the schema to the next. Steps are never changed once published, only added at the end:
/// the database's `user_version` counts those that were done.
public struct Migration: Sendable {
  /// Does a part of the work and tells whether there is more to do.
  let part: @Sendable (Connection) throws(StorageError) -> Bool

  /// SQL statements separated by semicolons, without a transaction of their own.
  public init(_ sql: String) {
    part = { connection throws(StorageError) in
      try connection.execute(sql)
      return false
    }
  }

  /// Work in parts, for what may be a lot: `part` is called until it gives false, each time in a transaction of its own.
  /// A program that ends in between goes on with the next part.
  public init(inParts part: @escaping @Sendable (Connection) throws(StorageError) -> Bool) { self.part = part }

  /// How many steps the database has behind it; throws `.newerSchema` when that is more than `known`.
  static func version(of connection: Connection, knownUpTo known: Int) throws(StorageError) -> Int {
    let found = try connection.firstRow("PRAGMA user_version") { Int($0.integer(0)) } ?? 0
    guard (0...known).contains(found) else { throw .newerSchema(path: connection.path, found: found, known: known) }
    return found
  }

  /// Does the steps that are still missing, each in a transaction of its own or in several.
  static func run(_ migrations: [Migration], on connection: Connection) throws(StorageError) {
    let found = try version(of: connection, knownUpTo: migrations.count)
    for (number, migration) in migrations.enumerated().dropFirst(found) {
      while try migration.runPart(as: number, of: migrations.count, on: connection) {}
    }
  }

  /// True when there is more to do.
  private func runPart(as number: Int, of count: Int, on connection: Connection) throws(StorageError) -> Bool {
    try connection.execute("BEGIN IMMEDIATE")
    do {
      // Another process may have been faster.
      let isMissing = try Self.version(of: connection, knownUpTo: count) == number
      let hasMore = isMissing ? try part(connection) : false
      if isMissing, !hasMore { try connection.execute("PRAGMA user_version = \(number + 1)") }
      try connection.execute("COMMIT")
      return hasMore
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }
}
