import Support

/// The steps from a path to open connections.
struct DatabaseOpening {
  let file: DatabaseFile
  let migrations: [Migration]
  let log: Log
  let time: any TimeSource

  /// Opens one connection for writing and so many for reading; sets a damaged file aside first.
  func open(readConnections: Int) throws(StorageError) -> (WriteQueue, ConnectionPool) {
    try file.prepare()
    do {
      return try connect(readConnections)
    } catch .corrupt(_, let reason) {
      let kept = try file.setAside(time)
      log.error(
        "the database was damaged and is set aside; a new one is started",
        (name: "file", value: file.path), (name: "kept", value: kept), (name: "reason", value: reason))
      try file.prepare()
      return try connect(readConnections)
    }
  }

  private func connect(_ readConnections: Int) throws(StorageError) -> (WriteQueue, ConnectionPool) {
    let writer = try Connection(path: file.path, forReading: false)
    if try Migration.version(of: writer, knownUpTo: migrations.count) == 0 {
      // Before the first table, or it has no effect: lets the file shrink when entries are removed.
      try writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
    }
    try writer.execute("PRAGMA journal_mode = WAL")
    try writer.execute("PRAGMA journal_size_limit = 67108864")
    if file.hasDamageMark { try checkAll(writer) }
    try Migration.run(migrations, on: writer)
    var readers: [Connection] = []
    for _ in 0..<readConnections { readers.append(try Connection(path: file.path, forReading: true)) }
    let path = file.path
    let queue = WriteQueue(jobs: JobQueue(path: path), pool: ConnectionPool([writer], path: path))
    return (queue, ConnectionPool(readers, path: path))
  }

  private func checkAll(_ connection: Connection) throws(StorageError) {
    let finding = try connection.firstRow("PRAGMA quick_check(1)") { $0.text(0) } ?? "ok"
    guard finding == "ok" else { throw .corrupt(path: file.path, reason: finding) }
    file.clearDamageMark()
  }
}
