import Foundation
import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct DatabaseOpeningTests {
  let fixture = StoreFixture()
  private static let newForm = "the database takes the form that this version needs; a large one needs minutes"

  private func write(_ bytes: [UInt8]) throws {
    try FileManager.default.createDirectory(atPath: fixture.folder.path + "/data", withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: fixture.path))
  }

  @Test func aFileOfGarbageIsSetAside() async throws {
    let garbage = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
    try write(garbage)
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await store.store(StoredValue(bytes: [1], storedAt: 1, freshUntil: 2), for: "k", in: "s")
    #expect(await store.value(for: "k", in: "s")?.bytes == [1])
    let kept = fixture.path + ".corrupt-\(fixture.time.wallMilliseconds / 1000)"
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: kept))) == garbage)
    #expect(fixture.errors() == ["the database was damaged and is set aside; a new one is started"])
    #expect(fixture.log.lines.first?.details.first { $0.name == "kept" }?.value == kept)
  }

  @Test func aSecondDamagedFileDoesNotReplaceTheFirst() throws {
    for _ in 0..<2 {
      try write([UInt8](repeating: 65, count: 5000))
      try fixture.database().close()
    }
    let stamp = fixture.time.wallMilliseconds / 1000
    let kept = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path + "/data")
      .filter { $0.contains("corrupt") && !$0.hasSuffix("wal") && !$0.hasSuffix("shm") }
    #expect(kept.sorted() == ["usher.db.corrupt-\(stamp)", "usher.db.corrupt-\(stamp)-2"])
  }

  @Test func damageMetWhileServingIsDealtWithAtTheNextStart() async throws {
    let first = try fixture.database()
    let store = fixture.store(first)
    for number in 0..<200 {
      let value = StoredValue(bytes: [UInt8](repeating: 7, count: 3000), storedAt: 1, freshUntil: 2)
      await store.store(value, for: "key \(number)", in: "s")
    }
    first.close()
    // Everything behind the first page, which has the schema.
    let size = try #require(try FileManager.default.attributesOfItem(atPath: fixture.path)[.size] as? Int)
    let file = try #require(FileHandle(forWritingAtPath: fixture.path))
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: size - 4096))
    try file.close()

    let second = try fixture.database()
    #expect(await fixture.store(second).value(for: "key 5", in: "s") == nil)
    second.close()
    #expect(fixture.errors().contains { $0.contains("is damaged") })
    #expect(fixture.folder.mode(of: "data/usher.db.damaged") != nil)

    let third = try fixture.database()
    defer { third.close() }
    #expect(fixture.errors().contains("the database was damaged and is set aside; a new one is started"))
    #expect(fixture.folder.mode(of: "data/usher.db.damaged") == nil)
    #expect(try fixture.store(third).statistics() == [])
  }

  @Test func anEmptyFileIsANewDatabase() throws {
    try write([])
    try fixture.database().close()
    #expect(fixture.errors() == [])
  }

  @Test func aNewerSchemaIsRefusedAndLeftAlone() throws {
    let newer = try fixture.database(KeyValueStore.migrations + [Migration("CREATE TABLE later (x)")])
    newer.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
    let error = #expect(throws: StorageError.self) { try fixture.database() }
    #expect(
      error?.description
        == "the database \(fixture.path) has version 5, this program knows versions up to 4: "
        + "use the newer program, or another data folder")
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
  }

  @Test func onlyTheMissingMigrationsRun() throws {
    let one = Migration("CREATE TABLE first (x); INSERT INTO first VALUES (1)")
    try fixture.database([one]).close()
    #expect(fixture.log.lines.isEmpty)
    let database = try fixture.database([one, Migration("CREATE TABLE second (x)")])
    defer { database.close() }
    #expect(fixture.log.lines.map(\.message) == [Self.newForm])
    #expect(try database.readNow { try $0.firstRow("SELECT COUNT(*) FROM first") { $0.integer(0) } } == 1)
    #expect(try database.readNow { try $0.firstRow("SELECT COUNT(*) FROM second") { $0.integer(0) } } == 0)
  }

  @Test func aMigrationInPartsGoesOnWhereItEnded() throws {
    let table = Migration("CREATE TABLE parts (n INTEGER PRIMARY KEY)")
    func adding(until last: Int, failingAt bad: Int?) -> Migration {
      Migration(inParts: { connection throws(StorageError) in
        try connection.run("INSERT INTO parts DEFAULT VALUES")
        let count = try connection.firstRow("SELECT COUNT(*) FROM parts") { Int($0.integer(0)) } ?? 0
        if count == bad { throw .full(path: "here") }
        return count < last
      })
    }
    #expect(throws: StorageError.full(path: "here")) { try fixture.database([table, adding(until: 5, failingAt: 3)]) }
    let database = try fixture.database([table, adding(until: 5, failingAt: nil)])
    defer { database.close() }
    #expect(try database.readNow { try $0.rows("SELECT n FROM parts") { $0.integer(0) } } == [1, 2, 3, 4, 5])
    #expect(try database.readNow { try $0.firstRow("PRAGMA user_version") { $0.integer(0) } } == 2)
  }

  @Test func aMigrationThatFailsChangesNothing() throws {
    let wrong = Migration("CREATE TABLE first (x); CREATE TABEL second (x)")
    #expect(throws: StorageError.self) { try fixture.database([wrong]) }
    try fixture.database([Migration("CREATE TABLE first (x)")]).close()
  }

  @Test func aFolderThatCannotBeMadeIsASentence() throws {
    let file = fixture.folder.path + "/file"
    try Data("text".utf8).write(to: URL(fileURLWithPath: file))
    let log = Log(fixture.log, subject: "store")
    let below = #expect(throws: StorageError.self) {
      try Database(path: file + "/data/usher.db", migrations: [], log: log)
    }
    #expect(
      below?.description
        == "the data folder \(file) cannot be used: it is not a folder; "
        + "make it writable for this user or name another one")
    let inside = #expect(throws: StorageError.self) { try Database(path: file + "/usher.db", migrations: [], log: log) }
    #expect(inside == .folderNotWritable(folder: file, reason: "it is not a folder"))
  }

  @Test func aFolderInPlaceOfTheFileIsASentence() throws {
    try FileManager.default.createDirectory(atPath: fixture.path, withIntermediateDirectories: true)
    #expect(throws: StorageError.cannotOpen(path: fixture.path, reason: "Is a directory")) {
      try fixture.database()
    }
  }

  @Test func twoProgramsMayUseOneFile() async throws {
    let one = try fixture.database()
    let two = try fixture.database()
    defer {
      one.close()
      two.close()
    }
    let (first, second) = (fixture.store(one), fixture.store(two))
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        let store = number % 2 == 0 ? first : second
        group.addTask {
          await store.store(StoredValue(bytes: [1], storedAt: 0, freshUntil: 0), for: "\(number)", in: "s")
        }
      }
    }
    #expect(try first.statistics().first?.entries == 100)
    #expect(fixture.errors() == [])
  }
}
