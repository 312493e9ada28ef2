import Support

/// The steps from a path to open connections.
struct DatabaseOpening {
  let file: DatabaseFile
  let migrations: [Migration]
  let log: Log
  let time: any TimeSource
  /// Whether this is the one program that may set the file aside.
  let isHost: Bool

  /// What an open database consists of.
  struct Parts {
    var writes: WriteQueue
    var readers: ConnectionPool
    /// nil for a program beside the host.
    var lock: HostLock?
  }

  /// Opens one connection for writing and so many for reading; sets a damaged file aside first. Throws `.inUse` when
  /// another host has the file.
  func open(readConnections: Int) throws(StorageError) -> Parts {
    try file.prepare()
    var lock = isHost ? try HostLock(database: file.path) : nil
    do {
      return try connect(readConnections, lock)
    } catch .corrupt(let path, let reason) {
      // Not under the hands of a host that works on it.
      if lock == nil { lock = try? HostLock(database: file.path) }
      guard lock != nil else { throw .corrupt(path: path, reason: reason) }
      let kept = try file.setAside(time)
      log.error(
        "the database was damaged and is set aside; a new one is started",
        (name: "file", value: file.path), (name: "kept", value: kept), (name: "reason", value: reason))
      try file.prepare()
      return try connect(readConnections, isHost ? lock : nil)
    }
  }

  private func connect(_ readConnections: Int, _ lock: HostLock?) throws(StorageError) -> Parts {
    let writer = try Connection(path: file.path, forReading: false)
    let version = try Migration.version(of: writer, knownUpTo: migrations.count)
    if version == 0 {
      // Before the first table, or it has no effect: lets the file shrink when entries are removed.
      try writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
    }
    try writer.execute("PRAGMA journal_mode = WAL")
    try writer.execute("PRAGMA journal_size_limit = 67108864")
    if file.hasDamageMark { try checkAll(writer) }
    if (1..<migrations.count).contains(version) {
      log.info("the database takes the form that this version needs; a large one needs minutes", ("file", file.path))
    }
    try Migration.run(migrations, on: writer)
    var readers: [Connection] = []
    for _ in 0..<readConnections { readers.append(try Connection(path: file.path, forReading: true)) }
    let path = file.path
    let queue = WriteQueue(jobs: JobQueue(path: path), pool: ConnectionPool([writer], path: path))
    return Parts(writes: queue, readers: ConnectionPool(readers, path: path), lock: lock)
  }

  private func checkAll(_ connection: Connection) throws(StorageError) {
    let finding = try connection.firstRow("PRAGMA quick_check(1)") { $0.text(0) } ?? "ok"
    guard finding == "ok" else { throw .corrupt(path: file.path, reason: finding) }
    file.clearDamageMark()
  }
}
