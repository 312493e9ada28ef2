import PlexCatalogue
import PlexServers
import UsherKit

extension CommandDesk {
  func listLibraries() async throws {
    var rows: [[CommandValue]] = []
    let catalogue = try catalogue()
    for server in try chosenServers() {
      let client = try await answeringClient(server)
      let there = try await client.libraries()
      let known = try catalogue.keep(there, of: server.machineIdentifier)
      for library in there {
        let entry = known.first { $0.uuid == library.identity }
        let count = try await library.kinds.isEmpty ? nil : client.count(library.key, library.kinds[0])
        rows.append([
          .text(server.name), .text(library.key), .text(library.title), .text(library.type), .text(library.agent),
          CommandValue(texts: library.roots), CommandValue(number: count),
          .boolean(entry?.isEnabled ?? false),
        ])
      }
    }
    output.table(
      [
        "server", "key", "title", "type", "agent", CommandColumn("folders", "FOLDERS"),
        CommandColumn("items", "ITEMS", .right), CommandColumn("enabled", "SYNC"),
      ], rows)
  }

  func enable(_ isEnabled: Bool) async throws {
    let server = try server()
    let catalogue = try catalogue()
    var known = try catalogue.libraries(server: server.machineIdentifier)
    if known.isEmpty {
      known = try catalogue.keep(try await answeringClient(server).libraries(), of: server.machineIdentifier)
    }
    let library = try LibraryChoice.one(known, request.text("library") ?? "")
    try catalogue.enable(library.id, isEnabled)
    output.text("'\(library.title)' is \(isEnabled ? "synced" : "left out of syncs").")
  }

  func sync() async throws {
    var options = SyncOptions()
    options.isFull = request.flag("full")
    options.isConfirmed = request.flag("yes")
    if let size = request.integer("page-size") {
      guard (1...5000).contains(size) else {
        throw PluginError(.badRequest, "--page-size is a number from 1 to 5000")
      }
      options.pageSize = size
      options.largestPage = max(size, options.largestPage)
    }
    let catalogue = try catalogue()
    var rows: [[CommandValue]] = []
    var failures: [String] = []
    for server in try chosenServers() {
      do {
        let client = try await answeringClient(server)
        let reports = try await sync(client, server, catalogue, options, request.text("library"))
        rows += reports.map { Self.row($0, server.name) }
        failures += reports.compactMap { report in
          report.sentence.map { "'\(report.library)' of '\(server.name)': \($0)" }
        }
      } catch let error as PlexError where error.kind != .cancelled && book.servers.count > 1 {
        failures.append("'\(server.name)': \(error.text)")
      }
    }
    output.table(Self.syncColumns, rows)
    for failure in failures { output.warning(failure) }
    if !failures.isEmpty {
      throw PlexError(.unreachable, "\(failures.count) of the libraries or servers did not sync wholly")
    }
  }

  func sync(
    _ client: ServerClient, _ server: KnownServer, _ catalogue: Catalogue, _ options: SyncOptions, _ library: String?
  ) async throws -> [LibraryReport] {
    let output = output
    let lock = try SyncLock(folder: folder)
    defer { withExtendedLifetime(lock) {} }
    let reports = try await LibrarySync(catalogue, client, options: options) { progress in
      output.progress(
        "libraries", server.name, done: progress.libraryIndex, total: progress.libraries, unit: "libraries")
      output.progress("items", progress.library, done: progress.done, total: progress.total, unit: "items")
    }.run(machineIdentifier: server.machineIdentifier, library: library)
    output.progress("libraries", server.name, done: reports.count, total: reports.count, unit: "libraries")
    output.finish("items")
    output.finish("libraries")
    return reports
  }

  static let syncColumns: [CommandColumn] = [
    "server", "library", "type", "result", CommandColumn("added", "ADDED", .right),
    CommandColumn("updated", "UPDATED", .right), CommandColumn("removed", "REMOVED", .right),
    CommandColumn("missing", "MISSING", .right), CommandColumn("unchanged", "UNCHANGED", .right),
    CommandColumn("requests", "REQUESTS", .right),
  ]

  static func row(_ report: LibraryReport, _ server: String) -> [CommandValue] {
    [
      .text(server), .text(report.library), .text(report.type), .text(report.outcome.rawValue), .integer(report.added),
      .integer(report.updated), .integer(report.removed), .integer(report.missing), .integer(report.unchanged),
      .integer(report.requests),
    ]
  }
}
