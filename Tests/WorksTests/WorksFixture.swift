import Foundation
import MetadataModel
import Storage
import Support
import TestSupport

@testable import Works

/// A database of works in a folder of one test, removed with it.
final class WorksFixture: Sendable {
  let folder = FileManager.default.temporaryDirectory.path + "/usher-works-" + UUID().uuidString
  let log = RecordingLogSink()
  let time = ManualTime()

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Each call opens the same file, as another process would.
  func database() throws -> Database {
    try Database(
      path: folder + "/works.sqlite", migrations: WorkStore.migrations, log: Log(log, subject: "store"), time: time)
  }

  func store(_ database: Database) -> WorkStore {
    WorkStore(database: database, time: time, log: Log(log, subject: "works"))
  }

  /// Runs `body` on a store that is closed afterwards.
  @OwnThread func use<Value>(_ body: @OwnThread (WorkStore) async throws -> Value) async throws -> Value {
    let database = try database()
    defer { database.close() }
    return try await body(store(database))
  }

  func messages(_ level: LogLevel) -> [String] { log.lines.filter { $0.level == level }.map(\.message) }
}

/// An id that is written right, or the test is wrong.
func id(_ text: String) -> ItemID {
  guard let id = ItemID(text) else { preconditionFailure("'\(text)' is no item id") }
  return id
}

func member(_ text: String, _ ids: ExternalIDs = [:], _ title: String = "Harbor Lights", _ year: Int? = 2014) -> Member
{
  Member(id: id(text), externalIDs: ids, title: title, year: year)
}

extension JoinOutcome {
  var work: Work? {
    if case .joined(let work) = self { return work }
    return nil
  }

  var contradiction: String? {
    if case .contradiction(let sentence) = self { return sentence }
    return nil
  }
}
