import Foundation
import Support
import TestSupport
import Testing

@testable import Storage

/// A disk without room, as SQLite's own limit and as a real file system of 4 MB where that can be mounted.
@Suite @OwnThread struct FullDiskTests {
  let fixture = StoreFixture()

  private func value(_ byte: UInt8) -> StoredValue {
    StoredValue(bytes: [UInt8](repeating: byte, count: 50_000), storedAt: 0, freshUntil: .max)
  }

  /// Keeps values until one is refused, and gives how many were kept.
  private func fill(_ store: KeyValueStore) -> Int {
    for number in 0..<1000 where !store.storeNow(value(1), for: Array("\(number)".utf8), in: "s") { return number }
    return 1000
  }

  @Test func whatIsKeptIsStillFoundAndTheLogSaysWhy() throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    try database.writeNow { try $0.execute("PRAGMA max_page_count = 500") }
    let kept = fill(store)
    #expect((10...45).contains(kept), "\(kept) values of 50 KB in 2 MB")
    for number in 0..<kept { #expect(store.valueNow(for: Array("\(number)".utf8), in: "s") == value(1)) }
    #expect(!store.storeNow(value(2), for: [1], in: "s"))
    #expect(
      fixture.errors() == [
        "nothing can be kept or found for now: the database \(fixture.path) cannot grow: the disk is full; make room on it"
      ])
  }

  @Test(.enabled(if: SmallDisk.canMount)) func aRealFileSystemMayFillUpAndBeEmptiedAgain() throws {
    let disk = try SmallDisk(megabytes: 4)
    let database = try Database(
      path: disk.path + "/usher.db", migrations: KeyValueStore.migrations, log: Log(fixture.log, subject: "store"),
      time: fixture.time)
    defer { database.close() }
    let store = fixture.store(database)
    for number in 0..<10 { #expect(store.storeNow(value(1), for: Array("\(number)".utf8), in: "s")) }
    disk.fillUp()
    #expect(!store.storeNow(value(2), for: [1], in: "s"))
    for number in 0..<10 { #expect(store.valueNow(for: Array("\(number)".utf8), in: "s") == value(1)) }
    #expect(fixture.errors().count == 1)
    disk.makeRoom()
    #expect(store.storeNow(value(2), for: [1], in: "s"))
    let finding = try database.readNow { try $0.firstRow("PRAGMA integrity_check") { $0.text(0) } }
    #expect(finding == "ok")
  }
}
