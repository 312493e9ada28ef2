import PlexCatalogue
import PlexServers
import PlexSetup
import UsherKit

extension CommandDesk {
  func setUp() async throws {
    let name = request.text("provider") ?? ""
    guard let provider = request.providers.first(where: { $0.name == name || $0.identifier == name }) else {
      let names = request.providers.map { "'\($0.name)'" }.joined(separator: ", ")
      throw PlexError(.notFound, "plugins.json has no provider '\(name)'; it has \(names.isEmpty ? "none" : names)")
    }
    let server = try server()
    guard server.isOwned else {
      throw PlexError(.notOwner, "'\(server.name)' belongs to somebody else: only its owner may set it up")
    }
    let client = try await answeringClient(server)
    let setup = LibrarySetup(client, try catalogue(), machineIdentifier: server.machineIdentifier)
    let report: LibrarySetup.Report
    if request.flag("undo") {
      report = try await setup.undo(provider, library: request.text("library"))
    } else {
      guard let library = request.text("library") else {
        throw PluginError(.badRequest, "say which library with --library")
      }
      guard let base = request.text("url") ?? request.address else {
        throw PluginError(.badRequest, "say with --url where the server reaches Usher, such as http://192.168.1.4:8000")
      }
      warnOfLoopback(base, server)
      report = try await setup.run(
        provider, uri: Self.joined(base, provider.path), library: library, folders: request.texts("folder"))
    }
    try output.value(
      CommandValue.object([
        "library": .text(report.library), "agent": .text(report.agent), "uri": .text(report.uri),
        "steps": CommandValue(texts: report.steps),
      ]))
    for step in report.steps { output.text(step) }
    if !request.flag("undo") {
      output.note(
        "Existing items keep their match until they are refreshed: usher plex refresh --library '\(report.library)' --all"
      )
    }
  }

  /// A server elsewhere reads 127.0.0.1 as itself.
  private func warnOfLoopback(_ base: String, _ server: KnownServer) {
    let isHere = ["127.0.0.1", "localhost", "[::1]"].contains { base.contains("//\($0)") }
    let isServerHere = ["127.0.0.1", "localhost", "[::1]"].contains { server.address.contains("//\($0)") }
    guard isHere, !isServerHere else { return }
    output.warning(
      "\(base) means this machine only; '\(server.name)' is elsewhere. Run 'usher serve --listen 0.0.0.0:8000' and say "
        + "--url with this machine's address")
  }

  private static func joined(_ base: String, _ path: String) -> String {
    var base = base.trimmed
    while base.hasSuffix("/") { base.removeLast() }
    return base.hasSuffix(path) ? base : base + path
  }

  func refresh() async throws {
    let server = try server()
    let client = try await answeringClient(server)
    let keys = try request.texts("items").map { text throws -> Int64 in
      guard let key = Int64(text) else { throw PluginError(.badRequest, "'\(text)' is no key of an item") }
      return key
    }
    if let name = request.text("library") {
      let known = try catalogue().keep(try await client.libraries(), of: server.machineIdentifier)
      let library = try LibraryChoice.one(known, name)
      try await client.scan(library.key, folder: request.text("folder"), all: request.flag("all"))
      return output.text("'\(server.name)' scans '\(library.title)'.")
    }
    guard !keys.isEmpty else { throw PluginError(.badRequest, "say the keys of items, or --library") }
    try await client.refresh(keys)
    output.text("'\(server.name)' reads \(keys.count) \(keys.count == 1 ? "item" : "items") again; that takes a while.")
  }

  func match() async throws {
    let server = try server()
    guard let key = request.text("item").flatMap({ Int64($0) }) else {
      throw PluginError(
        .badRequest, "'\(request.text("item") ?? "")' is no key of an item; 'usher plex find' lists them")
    }
    let guid = request.text("guid") ?? ""
    guard guid.contains("://") else {
      throw PluginError(
        .badRequest, "'\(guid)' is no guid; those are like plex://movie/… or tv.plex.agents.custom.…://movie/…")
    }
    let client = try await answeringClient(server)
    let before = try await client.item(key)
    try await client.match(key, guid: guid, title: before.title)
    let after = try await client.item(key)
    output.text("'\(before.title)': \(before.guid) → \(after.guid)")
    try output.value(
      CommandValue.object(["key": .integer(Int(key)), "before": .text(before.guid), "after": .text(after.guid)]))
    if after.guid != guid { output.note("The server does it in the background; look again in a minute.") }
  }
}
