import PlexCatalogue
import PlexServers
import PlexSharing
import UsherKit

/// One run of a command with what all of them need: the connected servers, the catalogue, the way out.
struct CommandDesk {
  let request: CommandRequest
  let output: CommandOutput
  let transport: any PlexTransport
  let folder: String
  let book: ServerBook
  let plexTV: PlexTVAddresses

  init(_ request: CommandRequest, _ output: CommandOutput, _ plexTV: PlexTVAddresses, _ host: HostContext) throws {
    self.request = request
    self.plexTV = plexTV
    self.output = output
    transport = HostTransport(host)
    folder = try host.dataDirectory()
    book = try ServerBook.load(from: folder)
  }

  func run() async throws {
    switch request.name {
    case "connect": try await connect()
    case "disconnect": try disconnect()
    case "servers": try listServers()
    case "test": try await testServers()
    case "libraries": try await listLibraries()
    case "libraries enable": try await enable(true)
    case "libraries disable": try await enable(false)
    case "sync": try await sync()
    case "find": try find()
    case "show": try show()
    case "ids": try listIDs()
    case "unmatched": try listUnmatched()
    case "watch": try await watch()
    case "paths": try listPaths()
    case "paths add": try await addPath()
    case "paths remove": try removePath()
    case "paths test": try testPaths()
    case "setup": try await setUp()
    case "refresh": try await refresh()
    case "match": try await match()
    case "invite": try await invite()
    case "invites": try await listInvites()
    case "friends": try await listFriends()
    case "uninvite": try await uninvite()
    case "stats": try stats()
    default: throw PluginError(.unsupported, "there is no command '\(request.name)'")
    }
  }

  var identity: ClientIdentity { ClientIdentity(identifier: book.clientIdentifier) }

  func catalogue() throws(PlexError) -> Catalogue { try Catalogue(folder: folder) }

  func server() throws(PlexError) -> KnownServer { try book.server(request.text("server")) }

  /// The one that is named, or all.
  func chosenServers() throws(PlexError) -> [KnownServer] {
    guard request.text("server") == nil else { return [try server()] }
    guard !book.servers.isEmpty else { return [try book.server(nil)] }
    return book.servers
  }

  /// The server's identifier when one is named; nil means all.
  func chosenIdentifier() throws(PlexError) -> String? {
    request.text("server") == nil ? nil : try server().machineIdentifier
  }

  func client(_ server: KnownServer) throws(PlexError) -> ServerClient {
    try ServerClient(
      address: server.address, name: server.name, token: server.token, identity: identity, transport: transport)
  }

  /// A client that is known to answer: when the stored address does not, the server is looked for again.
  func answeringClient(_ server: KnownServer) async throws -> ServerClient {
    let stored = try client(server)
    do {
      let facts = try await stored.identityFacts(timeout: 10)
      if facts.machineIdentifier == server.machineIdentifier { return stored }
    } catch let error as PlexError where error.kind == .unreachable || error.kind == .unreadable {
      guard book.accountToken != nil else { throw error }
    } catch let error as PlexError where error.kind == .serverStarting {
      return stored
    }
    guard book.accountToken != nil else {
      throw PlexError(
        .wrongServer, "another server answers at \(server.address); connect again with 'usher plex connect'")
    }
    let account = try account()
    guard let found = try await account.servers().first(where: { $0.machineIdentifier == server.machineIdentifier })
    else { throw PlexError(.notFound, "plex.tv does not list '\(server.name)' for this account any more") }
    let best = try await account.best(of: found)
    var moved = server
    (moved.address, moved.way, moved.token) = (best.address, best.way, found.token ?? server.token)
    var book = book
    book.keep(moved)
    try book.save(to: folder)
    output.note("'\(server.name)' is at \(best.address) now")
    return try client(moved)
  }

  /// plex.tv with the account's token; for sharing a server's own token would not do.
  func account() throws(PlexError) -> PlexAccount {
    guard let token = book.accountToken else {
      throw PlexError(.unauthorized, "this needs a sign-in with plex.tv: run 'usher plex connect'")
    }
    return try PlexAccount(token: token, identity: identity, transport: transport, addresses: plexTV)
  }

  /// "A,B" in parts, without white space around them.
  static func parts(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }
}

extension CommandValue {
  /// A whole number, or null.
  init(number: (some BinaryInteger)?) { self = number.map { .integer(Int($0)) } ?? .null }
  init(texts: [String]) { self = .list(texts.map { .text($0) }) }
}
