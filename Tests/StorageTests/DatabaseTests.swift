import Foundation
import Support
import TestSupport
import Testing

@testable import Storage

private let numbers = [Migration("CREATE TABLE numbers (n INTEGER PRIMARY KEY, text TEXT)")]

@Suite @OwnThread struct DatabaseTests {
  let fixture = StoreFixture()

  @Test func makesItsFolderForThisUserAlone() throws {
    let database = try fixture.database()
    defer { database.close() }
    #expect(fixture.folder.mode(of: "data") == 0o700)
    #expect(fixture.folder.mode(of: "data/usher.db") == 0o600)
    #expect(fixture.folder.mode(of: "data/usher.db-wal") == 0o600)
  }

  @Test func keepsEveryTypeOfValue() async throws {
    let database = try fixture.database([Migration("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, n TEXT)")])
    defer { database.close() }
    _ = try await database.write { connection in
      try connection.run(
        "INSERT INTO t VALUES (?, ?, ?, ?, ?)", .integer(.min), .real(0.1), .text("a\0ü"), .bytes([0, 255, 0]), .null)
    }
    let isSame = try await database.read { connection in
      try connection.firstRow("SELECT i, r, s, b, n FROM t") { row in
        row.integer(0) == .min && row.real(1) == 0.1 && row.text(2) == "a\0ü" && row.bytes(3) == [0, 255, 0]
          && row.isNull(4) && !row.isNull(3)
      }
    }
    #expect(isSame == true)
  }

  @Test func emptyBytesAreNotNull() throws {
    let database = try fixture.database([Migration("CREATE TABLE t (b BLOB NOT NULL, s TEXT NOT NULL)")])
    defer { database.close() }
    _ = try database.writeNow { try $0.run("INSERT INTO t VALUES (?, ?)", .bytes([]), .text("")) }
    #expect(try database.readNow { try $0.rows("SELECT b, s FROM t") { $0.bytes(0) } } == [[]])
  }

  @Test func aWriteThatThrowsIsUndoneAlone() async throws {
    let database = try fixture.database(numbers)
    defer { database.close() }
    struct Stop: Error {}
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        group.addTask {
          try? await database.write { connection in
            try connection.run("INSERT INTO numbers VALUES (?, 'x')", .integer(Int64(number)))
            if number % 2 == 1 { throw Stop() }
          }
        }
      }
    }
    let kept = try await database.read { try $0.rows("SELECT n FROM numbers") { $0.integer(0) } }
    #expect(kept == (0..<50).map { $0 * 2 })
  }

  @Test func manyWritesShareFewTransactions() async throws {
    let database = try fixture.database(numbers)
    defer { database.close() }
    // The first write holds the writer until all others wait.
    let gate = Semaphore()
    let isHeld = Lock(false)
    async let first: Void = database.write { _ in
      isHeld.withLock { $0 = true }
      gate.wait()
    }
    while !isHeld.withLock({ $0 }) { await Task.yield() }
    async let others: Void = withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<1000 {
        group.addTask {
          _ = try await database.write { connection in
            try connection.run("INSERT INTO numbers VALUES (?, 'x')", .integer(Int64(number)))
          }
        }
      }
      try await group.waitForAll()
    }
    while database.waitingWrites < 1000 { await Task.yield() }
    gate.signal()
    _ = try await (first, others)
    #expect(try await database.read { try $0.firstRow("SELECT COUNT(*) FROM numbers") { $0.integer(0) } } == 1000)
    #expect(database.commits <= 6, "1,001 writes took \(database.commits) transactions")
  }

  @Test func aStatementThatFailsNamesTheFileAndTheReason() async throws {
    let database = try fixture.database(numbers)
    defer { database.close() }
    let error = await #expect(throws: StorageError.self) {
      try await database.read { try $0.rows("SELECT absent FROM numbers") { _ in } }
    }
    #expect(error?.description == "the database \(fixture.path) reports: no such column: absent")
  }

  @Test func aReadCannotWrite() async throws {
    let database = try fixture.database(numbers)
    defer { database.close() }
    await #expect(throws: StorageError.self) {
      try await database.read { try $0.run("DELETE FROM numbers") }
    }
  }

  @Test func useAfterCloseIsAnErrorNotACrash() async throws {
    let database = try fixture.database(numbers)
    let leaked = Lock<(Connection, Statement)?>(nil)
    try database.writeNow { connection in
      let statement = try connection.statement("SELECT 1")
      leaked.withLock { $0 = (connection, statement) }
    }
    database.close()
    database.close()
    let closed = StorageError.closed(path: fixture.path)
    await #expect(throws: closed) { try await database.read { _ in } }
    await #expect(throws: closed) { try await database.write { _ in } }
    #expect(throws: closed) { try database.readNow { _ in } }
    #expect(throws: closed) { try database.writeNow { _ in } }
    let (connection, statement) = try #require(leaked.withLock { $0 })
    #expect(throws: closed) { try connection.run("SELECT 1") }
    #expect(throws: closed) { try statement.step() }
    #expect(statement.integer(0) == 0 && statement.text(0) == "" && statement.bytes(0) == [])
  }

  @Test func workThatWaitsIsDoneBeforeClosing() async throws {
    let database = try fixture.database(numbers)
    let gate = Semaphore()
    let isFirstRunning = Lock(false)
    async let first: Void = database.write { _ in
      isFirstRunning.withLock { $0 = true }
      gate.wait()
    }
    while !isFirstRunning.withLock({ $0 }) { await Task.yield() }
    async let second = database.write { try $0.run("INSERT INTO numbers VALUES (1, 'x')") }
    while database.waitingWrites < 1 { await Task.yield() }
    Thread.start("closer") { database.close() }
    gate.signal()
    #expect(try await second == 1)
    try await first
    let again = try fixture.database(numbers)
    defer { again.close() }
    #expect(try again.readNow { try $0.firstRow("SELECT COUNT(*) FROM numbers") { $0.integer(0) } } == 1)
  }

  @Test func aStatementUsedInsideItselfIsASecondOne() throws {
    let database = try fixture.database(numbers)
    defer { database.close() }
    try database.writeNow { try $0.execute("INSERT INTO numbers VALUES (1, 'a'), (2, 'b')") }
    let pairs = try database.readNow { connection in
      try connection.rows("SELECT n FROM numbers") { outer throws(StorageError) in
        let inner = try connection.rows("SELECT n FROM numbers") { $0.integer(0) }
        return [outer.integer(0)] + inner
      }
    }
    #expect(pairs == [[1, 1, 2], [2, 1, 2]])
  }

  @Test func tooManyWritesAreRefusedNotPiledUp() throws {
    let queue = JobQueue<Int>(path: "x.db", limit: 2)
    try queue.add(1)
    try queue.add(2)
    #expect(throws: StorageError.overloaded(path: "x.db")) { try queue.add(3) }
    #expect(queue.take(atMost: 9) == [1, 2])
    queue.close()
    #expect(queue.take(atMost: 9) == [])
    #expect(queue.take(atMost: 9) == [])
  }
}
