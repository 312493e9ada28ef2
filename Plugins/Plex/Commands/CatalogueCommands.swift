import PlexCatalogue
import PlexPaths
import PlexServers
import UsherKit

extension CommandDesk {
  func find() throws {
    let kind = request.text("kind").flatMap { name in PlexItemKind.allCases.first { $0.name == name } }
    let found = try catalogue().find(
      request.text("title") ?? "", year: request.integer("year"), kind: kind, server: chosenIdentifier())
    guard !found.isEmpty else {
      throw PlexError(.notFound, "the catalogue has nothing like '\(request.text("title") ?? "")'; is it synced?")
    }
    list(found)
  }

  private func list(_ items: [CatalogueItem]) {
    output.table(
      ["key", "kind", "title", CommandColumn("year", "YEAR", .right), "library", "server", "guid"],
      items.map { item in
        [
          .integer(Int(item.key)), .text(item.kind.name), .text(item.kind == .episode ? item.label : item.title),
          CommandValue(number: item.year), .text(item.library), .text(name(of: item.server)),
          .text(item.guid),
        ]
      })
  }

  private func name(of server: String) -> String {
    book.servers.first { $0.machineIdentifier == server }?.name ?? server
  }

  /// The one item of a key. Keys are numbers of one server: with several of them the server must be said.
  private func item(_ catalogue: Catalogue) throws -> CatalogueItem {
    let text = request.text("item") ?? ""
    guard let key = Int64(text) else {
      throw PluginError(.badRequest, "'\(text)' is no key of an item; 'usher plex find' lists them")
    }
    let found = try catalogue.items(key: key, server: chosenIdentifier())
    guard let item = found.first else {
      throw PlexError(.notFound, "the catalogue has no item \(key)")
    }
    guard found.count == 1 else {
      let names = found.map { "'\($0.label)' on '\(name(of: $0.server))'" }.joined(separator: ", ")
      throw PlexError(.needsDecision, "\(key) is several items, say the server with --server: \(names)")
    }
    return item
  }

  func show() throws {
    let catalogue = try catalogue()
    let item = try item(catalogue)
    let files = try catalogue.files(of: item)
    let children = try catalogue.children(of: item)
    let mapping = try mapping(catalogue, item.server)
    let library = try catalogue.libraries(server: item.server).first { $0.id == item.libraryID }
    if output.isJSON { return try output.value(document(item, files, children, mapping, library?.uuid)) }
    output.text(item.label)
    output.text("  \(item.kind.name) \(item.key) in '\(item.library)' of '\(name(of: item.server))'")
    if item.isGone { output.text("  not on the server any more") }
    if !item.released.isEmpty { output.text("  released \(item.released)") }
    if let duration = item.duration { output.text("  \(duration / 60_000) minutes") }
    output.text("  \(item.guid)" + (item.ids.isEmpty ? "" : ", " + item.ids.joined(separator: ", ")))
    for file in files {
      let here = mapping.map(file.path, library: library?.uuid)
      output.text("  \(file.path) (\(Self.size(file.size))\(file.resolution.isEmpty ? "" : ", \(file.resolution)"))")
      if case .mapped(let path, _) = here {
        output.text("    here \(path)\(Self.exists(path) ? "" : ", which does not exist")")
      }
    }
    if item.kind == .show {
      let episodes = try catalogue.episodes(of: item)
      output.text("  \(episodes) episodes")
    }
    for child in children { output.text("  \(child.key)  \(child.label)") }
  }

  private func document(
    _ item: CatalogueItem, _ files: [PlexFile], _ children: [CatalogueItem], _ mapping: PathMapping, _ library: String?
  ) -> CommandValue {
    [
      "key": .integer(Int(item.key)), "kind": .text(item.kind.name), "title": .text(item.title),
      "label": .text(item.label), "year": CommandValue(number: item.year), "library": .text(item.library),
      "server": .text(name(of: item.server)), "guid": .text(item.guid), "ids": CommandValue(texts: item.ids),
      "duration": CommandValue(number: item.duration), "released": .text(item.released),
      "gone": .boolean(item.isGone),
      "files": .list(files.map { value(of: $0, mapping, library) }),
      "children": .list(children.map { ["key": .integer(Int($0.key)), "label": .text($0.label)] }),
    ]
  }

  private func value(of file: PlexFile, _ mapping: PathMapping, _ library: String?) -> CommandValue {
    [
      "path": .text(file.path), "local": .text(mapping.map(file.path, library: library).path),
      "size": .integer(Int(file.size)), "duration": .integer(Int(file.duration)),
      "resolution": .text(file.resolution),
    ]
  }

  private static func size(_ bytes: Int64) -> String {
    bytes >= 1 << 30 ? "\((bytes * 10) >> 30 / 10).\(((bytes * 10) >> 30) % 10) GiB" : "\(bytes >> 20) MiB"
  }

  func listIDs() throws {
    let text = request.text("item") ?? ""
    let ids: PlexIDs
    if Int64(text) == nil {
      ids = PlexIDs(guid: text, ids: [])
    } else {
      let item = try item(catalogue())
      ids = PlexIDs(guid: item.guid, ids: item.ids)
    }
    output.table(
      [
        "guid", "kind", "source", "value", "type", CommandColumn("season", "SEASON", .right),
        CommandColumn("episode", "EPISODE", .right),
      ],
      ids.guids.map { guid in
        [
          .text(guid.raw), .text(guid.kind.rawValue), .text(guid.source ?? ""), .text(guid.value),
          .text(guid.itemType ?? ""), CommandValue(number: guid.season), CommandValue(number: guid.episode),
        ]
      })
    for source in ids.conflicts { output.warning("there are several ids of \(source); the first one counts") }
  }

  func listUnmatched() throws {
    let catalogue = try catalogue()
    var library: Int64?
    if let name = request.text("library") {
      library = try LibraryChoice.one(catalogue.libraries(server: chosenIdentifier()), name).id
    }
    list(try catalogue.unmatched(server: chosenIdentifier(), library: library))
  }

  func stats() throws {
    let catalogue = try catalogue()
    var rows: [[CommandValue]] = []
    for library in try catalogue.libraries(server: chosenIdentifier()) {
      let counts = try PlexItemKind.allCases.map { try catalogue.count(library.id, $0) }
      let files = try catalogue.fileTotals(library.id)
      rows.append([
        .text(name(of: library.server)), .text(library.title), .integer(counts[0]), .integer(counts[1]),
        .integer(counts[2]), .integer(counts[3]), .integer(files.count), .text(Self.size(files.bytes)),
      ])
    }
    let outcomes = try invitationCounts()
    output.table(
      [
        "server", "library", CommandColumn("movies", "MOVIES", .right), CommandColumn("shows", "SHOWS", .right),
        CommandColumn("seasons", "SEASONS", .right), CommandColumn("episodes", "EPISODES", .right),
        CommandColumn("files", "FILES", .right), CommandColumn("size", "SIZE", .right),
      ], rows)
    for (outcome, count) in outcomes { output.text("invitations \(outcome): \(count)") }
  }
}
