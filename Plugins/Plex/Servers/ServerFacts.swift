/// What a server says of itself.
public struct ServerFacts: Sendable, Hashable {
  public var machineIdentifier: String
  public var name: String
  public var version: String
  public var platform: String

  /// The first two numbers of the version; (0, 0) when it has none.
  public static func release(_ version: String) -> (Int, Int) {
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    return (numbers.first ?? 0, numbers.dropFirst().first ?? 0)
  }
}

/// A library of a server.
public struct PlexLibrary: Sendable, Hashable {
  /// The server's number of it, which the server may give again; `uuid` is the one to remember.
  public var key = ""
  public var uuid = ""
  public var type = ""
  public var title = ""
  public var agent = ""
  public var scanner = ""
  public var language = ""
  /// The group of metadata providers bound to it.
  public var group: String?
  /// Folders as the server has them; empty when it keeps them to itself.
  public var roots: [String] = []
  public var updatedAt = 0
  public var scannedAt = 0
  /// A counter that moves with every change; no time.
  public var contentChangedAt = 0

  public init() {}

  public init(_ element: PlexElement) {
    key = element.text("key") ?? ""
    uuid = element.text("uuid") ?? ""
    type = element.text("type") ?? ""
    title = element.text("title") ?? ""
    agent = element.text("agent") ?? ""
    scanner = element.text("scanner") ?? ""
    language = element.text("language") ?? ""
    group = element.text("metadataAgentProviderGroupId")
    roots = element.all("Location").compactMap { $0.text("path") }
    updatedAt = element.integer("updatedAt") ?? 0
    scannedAt = element.integer("scannedAt") ?? 0
    contentChangedAt = element.integer("contentChangedAt") ?? 0
  }

  /// Kinds of items that a catalogue keeps of it, in the order in which they are read.
  public var kinds: [PlexItemKind] {
    switch type {
    case "movie": [.movie]
    case "show": [.show, .season, .episode]
    default: []
    }
  }
}

extension ServerClient {
  /// Asks without a token: the answer says which server it is.
  public func identityFacts(timeout: Int = 5) async throws -> ServerFacts {
    let element = try await read("/identity", timeout: timeout, waitsForStart: false)
    guard let machine = element.text("machineIdentifier") else {
      throw PlexError(.unreadable, "what answers at \(address) is no Plex Media Server")
    }
    return ServerFacts(machineIdentifier: machine, name: name, version: element.text("version") ?? "", platform: "")
  }

  /// Name and version, with the token.
  public func facts() async throws -> ServerFacts {
    let element = try await read("/")
    return ServerFacts(
      machineIdentifier: element.text("machineIdentifier") ?? "", name: element.text("friendlyName") ?? name,
      version: element.text("version") ?? "", platform: element.text("platform") ?? "")
  }

  /// Every library that the token may see. Root folders stand only here, not in a library's own document.
  public func libraries() async throws -> [PlexLibrary] {
    let element = try await read("/library/sections")
    return element.children.filter { $0.name == "Directory" }.map { PlexLibrary($0) }.filter { !$0.key.isEmpty }
  }

  /// Whether the token is the owner's: only owners may ask for the local accounts.
  public func isOwner() async throws -> Bool {
    do {
      _ = try await send("GET", "/accounts")
      return true
    } catch let error as PlexError where [.notOwner, .notFound, .unauthorized].contains(error.kind) {
      return false
    }
  }

  /// How many items of a kind a library has; nil when the server does not say.
  public func count(_ library: String, _ kind: PlexItemKind) async throws -> Int? {
    try await page(of: library, kind, start: 0, size: 0).total
  }

  /// A page of a library's list. The server may give fewer rows than asked for, or all of them.
  public func page(
    of library: String, _ kind: PlexItemKind, start: Int, size: Int, filter: [(String, String)] = []
  ) async throws -> ItemPage {
    let query =
      [("type", String(kind.rawValue)), ("includeGuids", "1"), ("sort", "id:asc")] + filter
      + [
        // Texts and people are not kept; leaving them out makes pages a third smaller.
        ("excludeFields", "summary,tagline"),
        (
          "excludeElements", "Genre,Country,Director,Writer,Role,Producer,Collection,Label,Image,UltraBlurColors,Rating"
        ),
        ("X-Plex-Container-Start", String(start)), ("X-Plex-Container-Size", String(size)),
      ]
    let response = try await send(
      "GET", "/library/sections/\(library)/all", query,
      headers: ["X-Plex-Container-Start": String(start), "X-Plex-Container-Size": String(size)], timeout: 120)
    return try ItemPage.read(response, from: "'\(name)'")
  }
}
