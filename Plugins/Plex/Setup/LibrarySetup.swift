public import PlexCatalogue
public import PlexServers
public import UsherKit

/// Makes a provider of Usher the agent of a library, and puts back what was there. Safe to run again.
public struct LibrarySetup {
  /// What was done, in sentences.
  public struct Report: Sendable, Hashable {
    public var steps: [String] = []
    public var library = ""
    public var agent = ""
    public var uri = ""
  }

  /// The library before, to put back.
  struct Before: Codable, Hashable {
    var agent: String
    var group: String?
    /// The library was made by the set-up; it stays, since its items are the user's.
    var isMade: Bool
  }

  private let client: ServerClient
  private let catalogue: Catalogue
  private let machineIdentifier: String
  private let registry: ProviderRegistry

  public init(_ client: ServerClient, _ catalogue: Catalogue, machineIdentifier: String) {
    self.client = client
    self.catalogue = catalogue
    self.machineIdentifier = machineIdentifier
    registry = ProviderRegistry(client)
  }

  /// Registers `provider` at `uri` and points the library at it. `folders` makes the library when there is none of that
  /// name. Throws before anything is changed when Usher does not answer at `uri`.
  public func run(
    _ provider: Provider, uri: String, library name: String, folders: [String] = []
  ) async throws -> Report {
    var report = Report(library: name, uri: uri)
    try await checkRoot(provider, uri)
    let there = try await client.libraries()
    let library = try choose(there, name, folders: folders, provider)
    let known = try await registry.providers()
    try await register(provider, uri, known, &report)
    var group = try await registry.groups().first { $0.primary == provider.identifier }
    if group == nil {
      group = try await registry.makeGroup(provider.title, primary: provider.identifier)
      report.steps.append("made the agent '\(provider.title)'")
    }
    report.agent = group?.title ?? provider.title
    if let library {
      try await point(library, at: provider, group, &report)
    } else {
      try await make(name, provider, group, folders, &report)
    }
    if report.steps.isEmpty { report.steps.append("everything was set up already") }
    return report
  }

  private func register(
    _ provider: Provider, _ uri: String, _ known: [RegisteredProvider], _ report: inout Report
  ) async throws {
    guard let old = known.first(where: { $0.identifier == provider.identifier }) else {
      _ = try await registry.register(uri, identifier: provider.identifier)
      return report.steps.append("registered the provider \(uri)")
    }
    guard old.uri != uri else { return }
    try await registry.rebind(old, to: uri)
    report.steps.append("moved the provider from \(old.uri) to \(uri)")
  }

  /// What the server will read, read from here first: a clear sentence is better than the server's "400".
  private func checkRoot(_ provider: Provider, _ uri: String) async throws {
    let response: HTTPResponse
    do {
      try client.transport.allow(uri)
      response = try await client.transport.send(HTTPRequest(url: uri, headers: ["Accept": "application/json"]))
    } catch {
      throw PlexError(
        .unreachable, "Usher does not answer at \(uri); start it with 'usher serve', then run this command again")
    }
    guard response.status == 200, let root = try? PlexDocument.element(response, from: uri).first("MediaProvider"),
      root.text("identifier") == provider.identifier
    else {
      throw PlexError(
        .wrongServer, "what answers at \(uri) is not the provider '\(provider.name)' of this configuration")
    }
  }

  private func choose(
    _ there: [PlexLibrary], _ name: String, folders: [String], _ provider: Provider
  ) throws(PlexError) -> PlexLibrary? {
    let type = provider.kind == .movie ? "movie" : "show"
    let found = there.filter { $0.title.lowercased() == name.lowercased() || $0.key == name || $0.uuid == name }
    let names = there.filter { $0.type == type }.map { "'\($0.title)'" }.joined(separator: ", ")
    guard let library = found.first else {
      guard folders.isEmpty else { return nil }
      throw PlexError(
        .notFound,
        "'\(client.name)' has no library '\(name)'; it has \(names.isEmpty ? "none of this type" : names). With "
          + "--folder it is made")
    }
    guard found.count == 1 else {
      throw PlexError(.needsDecision, "several libraries are called '\(name)'; say the key of one")
    }
    guard library.type == type else {
      throw PlexError(
        .needsDecision,
        "'\(library.title)' is a library of type \(library.type), provider '\(provider.name)' is for \(type)")
    }
    return library
  }

  private func point(
    _ library: PlexLibrary, at provider: Provider, _ group: ProviderGroup?, _ report: inout Report
  ) async throws {
    report.library = library.title
    guard library.agent != provider.identifier || library.group != group?.id else { return }
    try remember(library.identity, provider, Before(agent: library.agent, group: library.group, isMade: false))
    try await client.edit(library, agent: provider.identifier, group: group?.id)
    report.steps.append("pointed the library '\(library.title)' at it; before it had \(library.agent)")
  }

  private func make(
    _ name: String, _ provider: Provider, _ group: ProviderGroup?, _ folders: [String], _ report: inout Report
  ) async throws {
    let type = provider.kind == .movie ? "movie" : "show"
    try await client.makeLibrary(name, type: type, agent: provider.identifier, group: group?.id, folders: folders)
    if let library = try await client.libraries().first(where: { $0.title == name }) {
      let standard = type == "movie" ? "tv.plex.agents.movie" : "tv.plex.agents.series"
      try remember(library.identity, provider, Before(agent: standard, group: nil, isMade: true))
    }
    report.steps.append("made the library '\(name)' over \(folders.joined(separator: ", "))")
  }

  /// Puts the libraries back that this set-up changed, then takes away the agent and the provider when nothing else
  /// uses them. With a library, only that one.
  public func undo(_ provider: Provider, library name: String?) async throws -> Report {
    var report = Report(library: name ?? "", agent: provider.title)
    let there = try await client.libraries()
    let groups = try await registry.groups().filter { $0.primary == provider.identifier }
    for library in there where name == nil || library.title.lowercased() == name?.lowercased() || library.key == name {
      guard library.agent == provider.identifier || groups.contains(where: { $0.id == library.group }) else { continue }
      let standard = library.type == "movie" ? "tv.plex.agents.movie" : "tv.plex.agents.series"
      let before = try remembered(library.identity, provider) ?? Before(agent: standard, group: nil, isMade: false)
      try await client.edit(library, agent: before.agent, group: before.group)
      try forget(library.identity, provider)
      report.steps.append("gave the library '\(library.title)' its agent \(before.agent) back")
    }
    let users = try await client.libraries().filter { library in
      library.agent == provider.identifier || groups.contains { $0.id == library.group }
    }
    guard users.isEmpty else {
      let names = users.map { "'\($0.title)'" }.joined(separator: ", ")
      report.steps.append("left agent and provider, since \(names) still uses them")
      return report
    }
    for group in groups {
      try await registry.remove(group)
      report.steps.append("removed the agent '\(group.title)'")
    }
    for known in try await registry.providers() where known.identifier == provider.identifier {
      try await registry.remove(known)
      report.steps.append("removed the provider \(known.uri)")
    }
    if report.steps.isEmpty { report.steps.append("nothing was set up") }
    return report
  }

  private func remember(_ library: String, _ provider: Provider, _ before: Before) throws {
    let text = String(decoding: try JSONCoding.encode(before), as: UTF8.self)
    // What was there first counts, however often the set-up is run.
    try catalogue.database.run(
      "INSERT OR IGNORE INTO setup (server, library, provider, before) VALUES (?, ?, ?, ?)",
      place(library, provider) + [.text(text)])
  }

  private func remembered(_ library: String, _ provider: Provider) throws(PlexError) -> Before? {
    let query = try catalogue.database.query(
      "SELECT before FROM setup WHERE server = ? AND library = ? AND provider = ?", place(library, provider))
    guard try query.next() else { return nil }
    let text = query.text(0)
    while try query.next() {}
    return try? JSONCoding.decode(Before.self, from: text.utf8)
  }

  private func forget(_ library: String, _ provider: Provider) throws(PlexError) {
    try catalogue.database.run(
      "DELETE FROM setup WHERE server = ? AND library = ? AND provider = ?", place(library, provider))
  }

  private func place(_ library: String, _ provider: Provider) -> [CatalogueValue] {
    [.text(machineIdentifier), .text(library), .text(provider.identifier)]
  }
}
