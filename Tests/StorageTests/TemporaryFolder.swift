import Foundation
import Support

@testable import Storage

/// A folder of one test, removed with it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/usher-storage-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func mode(of name: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
    return (attributes?[.posixPermissions] as? NSNumber)?.intValue
  }
}

/// A database in a folder of its own, with what it logged.
struct StoreFixture {
  let folder = TemporaryFolder()
  let log = RecordingLogSink()
  let time = ManualTime()

  var path: String { folder.path + "/data/usher.db" }

  func database(_ migrations: [Migration] = KeyValueStore.migrations) throws -> Database {
    try Database(path: path, migrations: migrations, log: Log(log, subject: "store"), time: time)
  }

  func store(_ database: Database) -> KeyValueStore {
    KeyValueStore(database: database, time: time, log: Log(log, subject: "store"))
  }

  func errors() -> [String] { log.lines.filter { $0.level == .error }.map(\.message) }
}
