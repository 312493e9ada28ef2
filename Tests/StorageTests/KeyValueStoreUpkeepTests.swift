import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct KeyValueStoreUpkeepTests {
  let fixture = StoreFixture()

  /// Entries of 10 bytes, each stale for `staleFor` milliseconds.
  private func fill(_ store: KeyValueStore, _ space: String, _ count: Int, staleFor: Int64) async {
    let until = fixture.time.wallMilliseconds - staleFor
    let value = StoredValue(bytes: [UInt8](repeating: 1, count: 10), storedAt: 0, freshUntil: until)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<count { group.addTask { await store.store(value, for: "\(staleFor) \(number)", in: space) } }
    }
  }

  @Test func countsBySpace() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    #expect(try await store.statistics() == [])
    await fill(store, "items", 3, staleFor: -1000)
    await fill(store, "items", 2, staleFor: 0)
    await fill(store, "http", 1, staleFor: 5000)
    #expect(
      try await store.statistics() == [
        SpaceStatistics(space: "http", entries: 1, fresh: 0, stale: 1, bytes: 10),
        SpaceStatistics(space: "items", entries: 5, fresh: 3, stale: 2, bytes: 50),
      ])
  }

  @Test func prunesWhatHasBeenStaleForLonger() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, "s", 5, staleFor: -1000)
    await fill(store, "s", 5, staleFor: 1000)
    await fill(store, "s", 1200, staleFor: 1001)
    let before = database.commits
    #expect(try await store.prune(staleForMilliseconds: 1000) == 1200)
    #expect(database.commits - before == 3, "500, 500 and 200 rows")
    #expect(try await store.statistics().first?.entries == 10)
    #expect(try await store.prune(staleForMilliseconds: .max) == 0)
    #expect(try await store.prune(staleForMilliseconds: 0) == 5)
    #expect(try await store.prune(staleForMilliseconds: 0) == 0)
  }

  @Test func clearsOneSpaceOrAll() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, "a", 700, staleFor: 0)
    await fill(store, "b", 3, staleFor: 0)
    await fill(store, "", 2, staleFor: 0)
    #expect(try await store.clear(space: "a") == 700)
    #expect(try await store.clear(space: "a") == 0)
    #expect(try await store.statistics().map(\.space) == ["", "b"])
    #expect(try await store.clear(space: "") == 2)
    #expect(try await store.clear(space: nil) == 3)
    #expect(try await store.statistics() == [])
  }

  @Test func clearingGivesRoomBackToTheDisk() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let value = StoredValue(bytes: [UInt8](repeating: 1, count: 100_000), storedAt: 0, freshUntil: 0)
    for number in 0..<20 { await store.store(value, for: "\(number)", in: "s") }
    func pages() async throws -> Int64? {
      try await database.read { try $0.firstRow("PRAGMA page_count") { $0.integer(0) } }
    }
    let before = try #require(try await pages())
    #expect(try await store.clear(space: nil) == 20)
    let after = try #require(try await pages())
    #expect(before > 400 && after < 20, "\(before) pages before, \(after) after")
  }
}
