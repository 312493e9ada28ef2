import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct SchemaTests {
  let fixture = StoreFixture()

  private nonisolated func value(_ number: Int) -> StoredValue {
    StoredValue(bytes: [UInt8](repeating: UInt8(number % 251), count: number), storedAt: 7, freshUntil: Int64(number))
  }

  @Test func entriesOfTheFirstFormAreFoundInTheNewOne() async throws {
    let count = KeyValueStore.rowsAPart * 2 + 1
    let old = try fixture.database(Array(KeyValueStore.migrations.prefix(2)))
    try await old.write { connection in
      for number in 0..<count {
        let entry = value(number)
        try connection.run(
          "INSERT INTO entries (space, key, stored_at, fresh_until, value) VALUES (?, ?, ?, ?, ?)",
          .text("s\(number % 2)"), .bytes(Array("key \(number)".utf8)), .integer(entry.storedAt),
          .integer(entry.freshUntil), .bytes(entry.bytes))
      }
    }
    old.close()
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    for number in 0..<count {
      #expect(await store.value(for: "key \(number)", in: "s\(number % 2)") == value(number))
      #expect(await store.value(for: "key \(number)", in: "s\((number + 1) % 2)") == nil)
    }
    let tables = try database.readNow { try $0.rows("SELECT name FROM sqlite_master ORDER BY name") { $0.text(0) } }
    #expect(tables == ["entries", "entries_by_age", "lookups"])
  }

  @Test func aKeyWithTheHashOfAnotherIsNotTakenForIt() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await store.store(value(1), for: "one", in: "s")
    // As if the other key had the same hash.
    try await database.write { _ = try $0.run("UPDATE entries SET key = ?", .bytes(Array("other".utf8))) }
    #expect(await store.value(for: "one", in: "s") == nil)
    await store.remove("one", in: "s")
    #expect(try store.statistics().first?.entries == 1)
    await store.store(value(2), for: "one", in: "s")
    #expect(await store.value(for: "one", in: "s") == value(2))
    #expect(try store.statistics().first?.entries == 1)
    try await database.write { _ = try $0.run("UPDATE entries SET space = 'elsewhere'") }
    #expect(await store.value(for: "one", in: "s") == nil)
  }

  @Test func whereTheSpaceEndsAndTheKeyBeginsMakesADifference() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await store.store(value(1), for: "bc", in: "a")
    await store.store(value(2), for: "c", in: "ab")
    #expect(await store.value(for: "bc", in: "a") == value(1))
    #expect(await store.value(for: "c", in: "ab") == value(2))
  }
}
