import Foundation
import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct KeyValueStoreTests {
  let fixture = StoreFixture()

  private func value(_ bytes: [UInt8] = [1, 2, 3], freshUntil: Int64 = 20) -> StoredValue {
    StoredValue(bytes: bytes, storedAt: 10, freshUntil: freshUntil)
  }

  @Test func givesBackWhatWasStoredWithItsTimes() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    #expect(await store.value(for: "k", in: "s") == nil)
    await store.store(value(), for: "k", in: "s")
    await store.store(value([9], freshUntil: .max), for: "k", in: "other")
    #expect(await store.value(for: "k", in: "s") == value())
    #expect(await store.value(for: "k", in: "other") == value([9], freshUntil: .max))
    await store.store(value([4]), for: "k", in: "s")
    #expect(await store.value(for: "k", in: "s") == value([4]))
    await store.remove("k", in: "s")
    await store.remove("never there", in: "s")
    #expect(await store.value(for: "k", in: "s") == nil)
    #expect(await store.value(for: "k", in: "other") != nil)
  }

  @Test func keepsEverythingOverARestart() async throws {
    for round in 0..<3 {
      let database = try fixture.database()
      let store = fixture.store(database)
      for number in 0..<round { #expect(await store.value(for: "\(number)", in: "s") == value()) }
      await store.store(value(), for: "\(round)", in: "s")
      database.close()
    }
  }

  @Test(arguments: [[], [0], [0, 1, 0, 255], [255, 254], Array("ü\0".utf8), [UInt8](repeating: 0, count: 5000)])
  func keysAndValuesAreAnyBytes(bytes: [UInt8]) throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    #expect(store.storeNow(value([1]), for: bytes + [0], in: "s"))
    #expect(store.storeNow(value(bytes), for: bytes, in: "s"))
    #expect(store.valueNow(for: bytes, in: "s") == value(bytes))
    #expect(store.valueNow(for: bytes + [0], in: "s") == value([1]))
    #expect(store.removeNow(bytes, in: "s"))
    #expect(store.valueNow(for: bytes, in: "s") == nil)
    #expect(store.valueNow(for: bytes + [0], in: "s") == value([1]))
  }

  @Test func textKeysAndTheirBytesAreTheSameKey() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await store.store(value(), for: "schlüssel", in: "s")
    #expect(store.valueNow(for: Array("schlüssel".utf8), in: "s") == value())
  }

  @Test func aHugeValueComesBackWhole() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let huge = value([1, 0] + [UInt8](repeating: 7, count: 20_000_000) + [0, 2])
    await store.store(huge, for: "huge", in: "s")
    #expect(await store.value(for: "huge", in: "s") == huge)
  }

  @Test func aThousandWritersAtOnceAllGetThrough() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<1000 {
        group.addTask { await store.store(value([UInt8(number % 256)]), for: "\(number)", in: "s") }
      }
    }
    var right = 0
    for number in 0..<1000 where await store.value(for: "\(number)", in: "s") == value([UInt8(number % 256)]) {
      right += 1
    }
    #expect(right == 1000)
    #expect(database.commits < 1000)
  }

  @Test func aFailingDatabaseKeepsNothingAndSaysSoOnceAMinute() async throws {
    let database = try fixture.database()
    let store = fixture.store(database)
    await store.store(value(), for: "k", in: "s")
    database.close()
    for _ in 0..<50 {
      #expect(await store.value(for: "k", in: "s") == nil)
      await store.store(value(), for: "k", in: "s")
      #expect(!store.storeNow(value(), for: [1], in: "s"))
      #expect(!store.removeNow([1], in: "s"))
    }
    let line = "nothing can be kept or found for now: the database \(fixture.path) is closed"
    #expect(fixture.errors() == [line])
    fixture.time.advance(milliseconds: 60_000)
    #expect(store.valueNow(for: [1], in: "s") == nil)
    #expect(store.valueNow(for: [1], in: "s") == nil)
    #expect(fixture.errors() == [line, line])
  }
}
