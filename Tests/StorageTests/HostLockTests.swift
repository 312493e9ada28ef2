import Foundation
import Support
import TestSupport
import Testing

@testable import Storage

@Suite @OwnThread struct HostLockTests {
  let fixture = StoreFixture()

  private func host() throws -> Database {
    try Database(
      path: fixture.path, migrations: KeyValueStore.migrations, log: Log(fixture.log, subject: "store"),
      time: fixture.time, isHost: true)
  }

  @Test func aSecondHostIsRefusedWithTheFirstOnesNumber() throws {
    let first = try host()
    let error = #expect(throws: StorageError.self) { try host() }
    #expect(
      error?.description
        == "the database \(fixture.path) is in use by another host (process \(getpid())): "
        + "stop that one, or give this one a data folder of its own")
    first.close()
    try host().close()
    _ = try host()
    #expect(try { try host().isOpen }(), "a host that was let go of holds nothing")
  }

  @Test func aCommandMayComeBesideAHost() async throws {
    let host = try host()
    defer { host.close() }
    let beside = try fixture.database()
    defer { beside.close() }
    await fixture.store(host).store(StoredValue(bytes: [1], storedAt: 0, freshUntil: 0), for: "k", in: "s")
    #expect(await fixture.store(beside).value(for: "k", in: "s")?.bytes == [1])
  }

  @Test func aCommandLeavesADamagedFileToTheHostThatHasIt() throws {
    let host = try host()
    defer { host.close() }
    // A command that looks at the whole file finds the damage.
    try Data().write(to: URL(fileURLWithPath: fixture.path + ".damaged"))
    try host.writeNow { connection in
      try connection.execute("PRAGMA writable_schema = ON")
      try connection.execute("UPDATE sqlite_schema SET rootpage = 3000 WHERE name = 'entries_by_age'")
    }
    let error = #expect(throws: StorageError.self) { try fixture.database() }
    guard case .corrupt? = error else {
      Issue.record("not taken for damage: \(String(describing: error))")
      return
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path + "/data")
    #expect(!files.contains { $0.contains("corrupt") }, "\(files)")
  }
}
