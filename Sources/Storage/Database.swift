import Glibc
public import Support

/// An SQLite file in WAL mode with one writer thread and a few reader threads of its own.
///
/// A power cut may take the last commits, a crash of the program takes none.
public final class Database: Sendable {
  typealias ReadJob = @Sendable () -> Void

  public let path: String
  private let file: DatabaseFile
  private let log: Log
  private let readers: ConnectionPool
  private let reads: JobQueue<ReadJob>
  private let writes: WriteQueue
  private let lock: Lock<HostLock?>
  private let ended = Semaphore()
  private let threads: Int
  private let isClosed = Lock(false)

  /// False once `close` was called.
  public var isOpen: Bool { !isClosed.withLock { $0 } }
  private let isDamaged = Lock(false)

  /// Opens the file, makes its folder, and brings the schema up to date. A damaged file is set aside with a line in
  /// the log, and a new one started. There is one host for a file at most: a second one is refused with `.inUse`, while
  /// programs that only look in may come beside it. Blocks.
  public init(
    path: String, migrations: [Migration], log: Log, time: any TimeSource = SystemTime(), isHost: Bool = false
  ) throws(StorageError) {
    self.path = path
    self.log = log
    file = DatabaseFile(path: path)
    let readerThreads = max(2, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    threads = readerThreads + 1
    let opening = DatabaseOpening(file: file, migrations: migrations, log: log, time: time, isHost: isHost)
    // Two more for callers on threads of their own.
    let parts = try opening.open(readConnections: readerThreads + 2)
    (writes, readers) = (parts.writes, parts.readers)
    lock = Lock(parts.lock)
    reads = JobQueue(path: path)
    try startThreads(readers: readerThreads)
  }

  deinit { stopThreads() }

  /// How many transactions have been committed: fewer than there were writes, when many came at once.
  public var commits: Int { writes.commits.value }

  /// How many writes wait for their transaction.
  public var waitingWrites: Int { writes.jobs.count }

  /// Runs `body` on a reader thread. It sees one state of the database per statement.
  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      do {
        try reads.add { continuation.resume(with: Result { try self.readNow(body) }) }
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  /// Runs `body` on the calling thread, which waits for a connection. Never from inside a Task or another body.
  public func readNow<Value>(_ body: (Connection) throws -> Value) throws -> Value {
    do {
      return try readers.lend(body)
    } catch {
      noteDamage(error)
      throw error
    }
  }

  /// Runs `body` on the writer's thread and returns once its transaction is committed. It shares that transaction
  /// with other writes, but fails or succeeds alone; throwing undoes what it wrote.
  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(body) { continuation.resume(with: $0) }
    }
  }

  /// Like `write`, but blocks the calling thread. Never from inside a Task or another body.
  public func writeNow<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> Value
  ) throws -> Value {
    let outcome = Lock<Result<Value, any Error>?>(nil)
    let done = Semaphore()
    enqueue(body) { result in
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    guard let result = outcome.withLock({ $0 }) else { throw StorageError.closed(path: path) }
    return try result.get()
  }

  /// Finishes the work that waits and closes the file; later use throws `.closed`. Blocks; never from a body.
  public func close() {
    let isFirst = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return !isClosed
    }
    guard isFirst else { return }
    stopThreads()
    for _ in 0..<threads { ended.wait() }
    readers.close()
    writes.pool.close()
    lock.withLock { $0 = nil }
  }

  private func enqueue<Value: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> Value,
    _ done: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    let value = Lock<Value?>(nil)
    let job = WriteJob(
      perform: { connection in
        let made = try body(connection)
        value.withLock { $0 = made }
      },
      finish: { failure in
        if let failure {
          self.noteDamage(failure)
          done(.failure(failure))
        } else if let value = value.withLock({ $0 }) {
          done(.success(value))
        }
      })
    do {
      try writes.jobs.add(job)
    } catch {
      done(.failure(error))
    }
  }

  private func startThreads(readers count: Int) throws(StorageError) {
    let (reads, writes, ended) = (reads, writes, ended)
    var isStarted = Thread.start("store write") {
      writes.run()
      ended.signal()
    }
    for _ in 0..<count {
      isStarted =
        Thread.start("store read") {
          while let job = reads.take(atMost: 1).first { job() }
          ended.signal()
        } && isStarted
    }
    guard isStarted else { throw .cannotOpen(path: path, reason: "the system has no thread left") }
  }

  private func stopThreads() {
    reads.close()
    writes.jobs.close()
  }

  /// Says so once, and has the next start look at the whole file.
  private func noteDamage(_ error: any Error) {
    guard case .corrupt? = error as? StorageError else { return }
    let isFirst = isDamaged.withLock { isDamaged in
      defer { isDamaged = true }
      return !isDamaged
    }
    guard isFirst else { return }
    file.setDamageMark()
    log.error("\(error)")
  }
}
