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
    #expect(try store.statistics() == [])
    await fill(store, "items", 3, staleFor: -1000)
    await fill(store, "items", 2, staleFor: 0)
    await fill(store, "http", 1, staleFor: 5000)
    #expect(
      try store.statistics() == [
        StoreStatistics(space: "http", endpoint: "", entries: 1, active: 0, bytes: 10),
        StoreStatistics(space: "items", endpoint: "", entries: 5, active: 3, bytes: 50),
      ])
  }

  @Test func countsEntriesAndLookupsByTheWordBeforeTheKeysFirstBar() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let value = StoredValue(bytes: [1, 2], storedAt: 0, freshUntil: .max)
    let keys = [
      "fetch|show-1|de", "fetch|show-2|de", "images|1", "{\"t\":\"a|b\"}", "Fetch|1", "|", "averyveryverylongword|1",
    ]
    for key in keys { await store.store(value, for: key, in: "tvmaze") }
    for _ in 0..<3 { _ = await store.value(for: "fetch|show-1|de", in: "tvmaze") }
    _ = store.valueNow(for: Array("fetch|show-9|de".utf8), in: "tvmaze")
    _ = store.valueNow(for: [0], in: "elsewhere")
    for _ in 0..<2 { try store.writeDown(store.activity.lookups.take()) }
    #expect(
      try store.statistics() == [
        StoreStatistics(space: "elsewhere", endpoint: "", misses: 1),
        StoreStatistics(space: "tvmaze", endpoint: "", entries: 4, active: 4, bytes: 8),
        StoreStatistics(space: "tvmaze", endpoint: "fetch", entries: 2, active: 2, bytes: 4, hits: 3, misses: 1),
        StoreStatistics(space: "tvmaze", endpoint: "images", entries: 1, active: 1, bytes: 2),
      ])
    try store.writeDown([Endpoint(space: "tvmaze", key: Array("fetch|".utf8)): LookupCounts.Count(hits: 2, misses: 5)])
    #expect(try store.statistics().first { $0.endpoint == "fetch" }?.hits == 5)
  }

  @Test func prunesWhatHasBeenStaleForLonger() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, "s", 5, staleFor: -1000)
    await fill(store, "s", 5, staleFor: 1000)
    await fill(store, "s", 1200, staleFor: 1001)
    let before = database.commits
    #expect(try store.prune(staleForMilliseconds: 1000) == 1200)
    #expect(database.commits - before >= 3, "500, 500 and 200 rows, each in a transaction of its own")
    #expect(try store.statistics().first?.entries == 10)
    #expect(try store.prune(staleForMilliseconds: .max) == 0)
    #expect(try store.prune(staleForMilliseconds: 0) == 5)
    #expect(try store.prune(staleForMilliseconds: 0) == 0)
  }

  @Test func clearsOneSpaceOrAll() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, "a", 700, staleFor: 0)
    await fill(store, "b", 3, staleFor: 0)
    await fill(store, "", 2, staleFor: 0)
    #expect(try store.clear(space: "a") == 700)
    #expect(try store.clear(space: "a") == 0)
    #expect(try store.statistics().map(\.space) == ["", "b"])
    #expect(try store.clear(space: "") == 2)
    #expect(try store.clear(space: nil) == 3)
    #expect(try store.statistics() == [])
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
    #expect(try store.clear(space: nil) == 20)
    let after = try #require(try await pages())
    #expect(before > 400 && after < 20, "\(before) pages before, \(after) after")
  }
}
