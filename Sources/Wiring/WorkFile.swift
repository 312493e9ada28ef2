package import Configuration
import Storage
import Support
package import Terminal
package import Works

/// works.sqlite in the data folder: what must never be forgotten.
package struct WorkFile: Sendable {
  let works: WorkStore
  private let database: Database

  /// A host has the file for itself, so that no command sets it aside under its hands.
  init(in folder: String, time: any TimeSource, log: any LogSink, isHost: Bool) throws(CommandError) {
    do {
      database = try Database(
        path: "\(folder)/works.sqlite", migrations: WorkStore.migrations, log: Log(log, subject: "works"), time: time,
        isHost: isHost)
    } catch {
      throw .failed("\(error)")
    }
    works = WorkStore(database: database, time: time, log: Log(log, subject: "works"))
  }

  /// Blocks until what is being written is there.
  func close() { database.close() }

  /// Opens the file alone, for a command that needs no plugins, and closes it when `body` has ended.
  package static func use<Value: Sendable>(
    _ arguments: Arguments, _ place: Place, _ configuration: Configuration,
    _ body: @escaping @Sendable (WorkStore) async throws -> Value
  ) throws(CommandError) -> Value {
    let log = LogWriter(threshold: .warning, form: .text)
    defer { log.close() }
    let folder = place.dataFolder(configuration, instead: arguments.text("data"))
    let file = try WorkFile(in: folder, time: SystemTime(), log: log, isHost: false)
    defer { file.close() }
    let works = file.works
    switch Blocking.run({ try await body(works) }) {
    case .success(let value): return value
    case .failure(let error): throw .failed("\(error)")
    }
  }
}
