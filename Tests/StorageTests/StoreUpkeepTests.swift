import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct StoreUpkeepTests {
  let fixture = StoreFixture()
  let metrics = Metrics()

  private func upkeep(_ store: KeyValueStore, diskBytes: Int) -> StoreUpkeep {
    StoreUpkeep(
      store, limits: StoreLimits(diskBytes: diskBytes), metrics: metrics, log: Log(fixture.log, subject: "store"))
  }

  /// Entries of 10,000 bytes; the first is stale first.
  private func fill(_ store: KeyValueStore, _ numbers: Range<Int>) async {
    await withTaskGroup(of: Void.self) { group in
      for number in numbers {
        let until = fixture.time.wallMilliseconds + Int64(number)
        let value = StoredValue(bytes: [UInt8](repeating: 7, count: 10_000), storedAt: 0, freshUntil: until)
        group.addTask { await store.store(value, for: "\(number)", in: "s") }
      }
    }
  }

  @Test func removesWhatHasBeenStaleForSoLongThatItIsHalfAYearOld() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, 0..<700)
    let upkeep = upkeep(store, diskBytes: 1 << 30)
    upkeep.round()
    #expect(try store.statistics().first?.entries == 700)
    fixture.time.advance(milliseconds: 173 * 86_400_000 + 350)
    let before = database.commits
    upkeep.round()
    #expect(try store.statistics().first?.entries == 350)
    #expect(metrics.render().contains("usher_store_removed_total{reason=\"expired\"} 350"))
    fixture.time.advance(milliseconds: 1000)
    upkeep.round()
    #expect(try store.statistics() == [])
    #expect(database.commits > before)
  }

  @Test func keepsTheFileWithinItsLimitAndTheFreshestEntries() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let upkeep = upkeep(store, diskBytes: 8 << 20)
    for start in stride(from: 0, to: 3000, by: 500) {
      await fill(store, start..<start + 500)
      upkeep.round()
      #expect(try store.space().fileBytes <= 8 << 20)
    }
    let kept = try #require(try store.statistics().first?.entries)
    #expect((600...850).contains(kept), "\(kept) entries of 12 KB in 8 MB")
    #expect(await store.value(for: "2999", in: "s") != nil)
    #expect(await store.value(for: "0", in: "s") == nil)
    let text = metrics.render()
    #expect(text.contains("usher_store_removed_total{reason=\"evicted\"} \(3000 - kept)"))
    #expect(text.contains("usher_store_used_bytes \(Double(try store.space().usedBytes))"), "\(text)")
    #expect(text.contains("usher_store_limit_bytes \(Double(8 << 20))"))
    #expect(fixture.errors() == [])
  }

  @Test func readersAreAnsweredWhileEntriesGo() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await fill(store, 0..<3000)
    let clock = SystemTime()
    let slowest = Lock<Int64>(0)
    let upkeep = upkeep(store, diskBytes: 1 << 20)
    let ended = Semaphore()
    Thread.start("upkeep") {
      upkeep.round()
      ended.signal()
    }
    var reads = 0
    while !ended.wait(milliseconds: 0) {
      let start = clock.monotonicNanoseconds
      _ = store.valueNow(for: Array("\(2999 - reads % 50)".utf8), in: "s")
      let spent = clock.monotonicNanoseconds - start
      slowest.withLock { $0 = max($0, spent) }
      reads += 1
    }
    #expect(reads > 20, "\(reads) reads went in between")
    #expect(slowest.withLock { $0 } < 1_000_000_000)
    #expect(try store.space().usedBytes <= 1 << 20)
  }

  @Test func theThreadIsCalledByWritesAndEndsWhenItIsTold() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let upkeep = upkeep(store, diskBytes: 4 << 20)
    upkeep.start()
    await fill(store, 0..<1000)
    var isSmall = false
    for _ in 0..<1000 where !isSmall {
      isSmall = try store.space().usedBytes <= 4 << 20
      if !isSmall { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(isSmall)
    _ = await store.value(for: "999", in: "s")
    upkeep.stop()
    upkeep.stop()
    let sum = try #require(try store.statistics().first)
    #expect(sum.hits == 1 && sum.entries > 250, "\(sum)")
  }
}
