import Glibc
import PlexCatalogue
import PlexPaths
import PlexServers
import UsherKit

extension CommandDesk {
  func mapping(_ catalogue: Catalogue, _ server: String) throws(PlexError) -> PathMapping {
    PathMapping(try catalogue.pathRules(server: server))
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  func listPaths() throws {
    let catalogue = try catalogue()
    let libraries = try catalogue.libraries()
    output.table(
      ["server", "library", "from", "to", "exists"],
      try catalogue.pathRules(server: chosenIdentifier()).map { rule in
        [
          .text(book.servers.first { $0.machineIdentifier == rule.server }?.name ?? rule.server),
          .text(rule.library.map { uuid in libraries.first { $0.uuid == uuid }?.title ?? uuid } ?? "all"),
          .text(rule.prefix), .text(rule.local), .boolean(Self.exists(rule.local)),
        ]
      })
  }

  func addPath() async throws {
    let server = try server()
    let catalogue = try catalogue()
    var library: String?
    if let name = request.text("library") {
      var known = try catalogue.libraries(server: server.machineIdentifier)
      if known.isEmpty {
        known = try catalogue.keep(try await answeringClient(server).libraries(), of: server.machineIdentifier)
      }
      library = try LibraryChoice.one(known, name).uuid
    }
    let (from, to) = (request.text("from") ?? "", request.text("to") ?? "")
    try catalogue.add(PathRule(server: server.machineIdentifier, library: library, prefix: from, local: to))
    output.text("\(from) of '\(server.name)' is \(to) here.")
    if !Self.exists(to) { output.warning("\(to) does not exist") }
  }

  func removePath() throws {
    let server = try server()
    let from = request.text("from") ?? ""
    guard try catalogue().removePathRules(server: server.machineIdentifier, prefix: from) > 0 else {
      throw PlexError(.notFound, "'\(server.name)' has no rule for '\(from)'; 'usher plex paths' lists them")
    }
    output.text("\(from) of '\(server.name)' is mapped no more.")
  }

  /// One path, or some files of every folder of every library. The path as the server has it is the fall-back.
  func testPaths() throws {
    let catalogue = try catalogue()
    var rows: [[CommandValue]] = []
    var isGood = true
    for server in try chosenServers() {
      let mapping = try mapping(catalogue, server.machineIdentifier)
      if let path = request.text("path") {
        let mapped = mapping.map(path)
        isGood = Self.exists(mapped.path) && isGood
        rows.append(Self.row(server, path, mapped, Self.exists(mapped.path) ? "found" : "not there"))
        continue
      }
      for library in try catalogue.libraries(server: server.machineIdentifier) {
        for root in library.roots {
          let mapped = mapping.map(root, library: library.uuid)
          let result = try judge(root, mapped, library, mapping, catalogue)
          isGood = result.isGood && isGood
          rows.append(Self.row(server, root, mapped, result.text))
        }
      }
    }
    output.table(["server", "from", "to", "result"], rows)
    if !isGood {
      throw PlexError(.notFound, "not every file can be found on this machine; 'usher plex paths add' maps a folder")
    }
  }

  private static func row(_ server: KnownServer, _ from: String, _ to: MappedPath, _ result: String) -> [CommandValue] {
    [.text(server.name), .text(from), .text(to.path), .text(result)]
  }

  private func judge(
    _ root: String, _ mapped: MappedPath, _ library: CatalogueLibrary, _ mapping: PathMapping, _ catalogue: Catalogue
  ) throws -> (isGood: Bool, text: String) {
    if case .unmapped = mapped, !Self.exists(root) { return (false, "not mapped, and not on this machine") }
    guard Self.exists(mapped.path) else { return (false, "mapped, but the folder does not exist") }
    let files = try catalogue.sampleFiles(library.id, below: root, limit: 20)
    let there = files.filter { Self.exists(mapping.map($0, library: library.uuid).path) }
    if files.isEmpty { return (true, "the folder is there; no files are known yet") }
    return (there.count == files.count, "\(there.count) of \(files.count) files found")
  }
}
