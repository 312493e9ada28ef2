import PlexCatalogue
import PlexServers
import UsherKit

extension CommandDesk {
  func connect() async throws {
    var book = book
    if let url = request.text("url") { return try await connect(to: url, &book) }
    guard request.text("token") == nil else {
      throw PluginError(.badRequest, "--token goes with --url; without them you sign in at plex.tv")
    }
    // The identifier must outlive the command, whatever comes: the code belongs to it.
    try book.save(to: folder)
    let account = try PlexAccount(token: nil, identity: identity, transport: transport, addresses: plexTV)
    let pin = try await account.makePin()
    output.note("Open https://plex.tv/link and type the code \(pin.code). It is good for \(pin.lifetime / 60) minutes.")
    let token = try await account.waitForToken(pin)
    let signedIn = try PlexAccount(token: token, identity: identity, transport: transport, addresses: plexTV)
    let user = try await signedIn.user()
    book.accountToken = token
    try book.save(to: folder)
    output.note("Signed in as \(user.username).")
    try await keepServers(of: signedIn, &book)
  }

  private func connect(to url: String, _ book: inout ServerBook) async throws {
    guard let token = request.text("token") else {
      throw PluginError(.badRequest, "--url needs --token (or --token - to type it)")
    }
    let client = try ServerClient(
      address: url, name: request.text("name") ?? "", token: PlexToken(token), identity: identity, transport: transport)
    let identified = try await client.identityFacts(timeout: 10)
    let facts = try await client.facts()
    let isOwned = try await client.isOwner()
    let server = KnownServer(
      name: request.text("name") ?? facts.name, machineIdentifier: identified.machineIdentifier,
      address: client.address, way: .local, isOwned: isOwned, token: PlexToken(token))
    book.keep(server)
    try book.save(to: folder)
    listServers([server])
  }

  private func keepServers(of account: PlexAccount, _ book: inout ServerBook) async throws {
    let name = request.text("name")
    let found = try await account.servers().filter {
      name == nil || $0.name.lowercased() == name?.lowercased() || $0.machineIdentifier == name
    }
    guard !found.isEmpty else {
      throw PlexError(.notFound, "the account has no server\(name.map { " '\($0)'" } ?? "")")
    }
    var kept: [KnownServer] = []
    for server in found {
      do {
        let best = try await account.best(of: server)
        if best.way == .relay { output.warning("'\(server.name)' answers through Plex's relay only, which is slow") }
        let known = KnownServer(
          name: server.name, machineIdentifier: server.machineIdentifier, address: best.address, way: best.way,
          isOwned: server.isOwned, token: server.token)
        book.keep(known)
        kept.append(known)
      } catch let error as PlexError where error.kind == .unreachable {
        output.warning(error.text)
      }
    }
    try book.save(to: folder)
    guard !kept.isEmpty else { throw PlexError(.unreachable, "none of the account's servers answers") }
    listServers(kept)
  }

  func disconnect() throws {
    let server = try server()
    var book = book
    book.servers.removeAll { $0.machineIdentifier == server.machineIdentifier }
    try catalogue().forget(server: server.machineIdentifier)
    try book.save(to: folder)
    output.text("'\(server.name)' is forgotten.")
  }

  func listServers() throws { listServers(book.servers) }

  private func listServers(_ servers: [KnownServer]) {
    output.table(
      ["name", "address", "way", CommandColumn("owned", "OWNED"), CommandColumn("identifier", "IDENTIFIER")],
      servers.map { server in
        [
          .text(server.name), .text(server.address), .text(server.way.rawValue), .boolean(server.isOwned),
          .text(server.machineIdentifier),
        ]
      })
  }

  func testServers() async throws {
    var rows: [[CommandValue]] = []
    var isGood = true
    for server in try chosenServers() {
      let verdict = try await client(server).test(expecting: server.machineIdentifier)
      if verdict.reachable != .yes || verdict.authorised != .yes { isGood = false }
      rows.append([
        .text(verdict.facts?.name ?? server.name), .text(verdict.reachable.rawValue),
        .text(verdict.authorised.rawValue), .text(verdict.owner.rawValue), .text(verdict.facts?.version ?? ""),
        .integer(verdict.libraries), .text(verdict.sentences.joined(separator: "; ")),
      ])
    }
    output.table(
      [
        "name", "reachable", "authorised", "owner", "version", CommandColumn("libraries", "LIBRARIES", .right),
        CommandColumn("result", "RESULT"),
      ], rows)
    if !isGood { throw PlexError(.unreachable, "not every server is ready") }
  }
}
