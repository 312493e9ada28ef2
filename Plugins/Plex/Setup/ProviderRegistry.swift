public import PlexServers

/// A metadata provider that a server knows.
public struct RegisteredProvider: Sendable, Hashable {
  public var id: String
  public var identifier: String
  public var title: String
  public var uri: String
}

/// A group of providers, which a library can have as its agent.
public struct ProviderGroup: Sendable, Hashable {
  public var id: String
  public var title: String
  public var primary: String
}

/// A server's registry of custom metadata providers. It is there since version 1.43, for the owner only.
public struct ProviderRegistry: Sendable {
  let client: ServerClient
  static let path = "/media/providers/metadata"

  public init(_ client: ServerClient) { self.client = client }

  /// Throws `.unsupportedVersion` for a server that has no registry.
  public func providers() async throws -> [RegisteredProvider] {
    do {
      return Self.providers(try await client.read(Self.path, [("metadataTypes", "1,2")]))
    } catch let error as PlexError where error.kind == .notFound {
      let version = (try? await client.identityFacts())?.version ?? "unknown"
      throw PlexError(
        .unsupportedVersion,
        "'\(client.name)' is version \(version); custom metadata providers need Plex Media Server 1.43 or later")
    }
  }

  private static func providers(_ container: PlexElement) -> [RegisteredProvider] {
    container.all("MetadataAgentProvider").compactMap { element in
      guard let id = element.text("id"), let identifier = element.text("identifier") else { return nil }
      return RegisteredProvider(
        id: id, identifier: identifier, title: element.text("title") ?? "", uri: element.text("uri") ?? "")
    }
  }

  /// Registers the root at `uri`: the server reads it at once, so it must be able to reach it.
  func register(_ uri: String, identifier: String) async throws -> RegisteredProvider {
    do {
      _ = try await client.send("POST", Self.path, [("uri", uri)], timeout: 60)
    } catch let error as PlexError where error.kind == .badRequest {
      throw Self.unreadable(uri, client.name)
    } catch let error as PlexError where error.kind == .conflict {
      // Somebody registered it meanwhile: the list decides.
    }
    guard let provider = try await providers().first(where: { $0.identifier == identifier }) else {
      throw PlexError(.unstable, "'\(client.name)' took the provider \(uri) but does not list it")
    }
    return provider
  }

  func rebind(_ provider: RegisteredProvider, to uri: String) async throws {
    do {
      _ = try await client.send("PUT", "\(Self.path)/\(provider.id)", [("uri", uri)], timeout: 60)
    } catch let error as PlexError where error.kind == .badRequest {
      throw Self.unreadable(uri, client.name)
    }
  }

  private static func unreadable(_ uri: String, _ server: String) -> PlexError {
    PlexError(
      .badRequest,
      "'\(server)' cannot read \(uri). The address must be one that the server itself can reach: run 'usher serve' with "
        + "--listen on this machine's address in the network, and say it with --url (in a container, 127.0.0.1 is the "
        + "container itself)")
  }

  func remove(_ provider: RegisteredProvider) async throws {
    _ = try await client.send("DELETE", "\(Self.path)/\(provider.id)")
  }

  public func groups() async throws -> [ProviderGroup] {
    try await client.read(Self.path + "/group").all("MetadataAgentProviderGroup").compactMap { element in
      element.text("id").map {
        ProviderGroup(id: $0, title: element.text("title") ?? "", primary: element.text("primaryIdentifier") ?? "")
      }
    }
  }

  func makeGroup(_ title: String, primary: String) async throws -> ProviderGroup {
    _ = try await client.send("POST", Self.path + "/group", [("title", title), ("primaryIdentifier", primary)])
    guard let group = try await groups().first(where: { $0.primary == primary }) else {
      throw PlexError(.unstable, "'\(client.name)' took the agent '\(title)' but does not list it")
    }
    return group
  }

  func remove(_ group: ProviderGroup) async throws {
    _ = try await client.send("DELETE", "\(Self.path)/group/\(group.id)")
  }
}

extension ServerClient {
  /// Points a library at an agent. `agent` must be said even when it stays; the group is the one of a provider.
  public func edit(_ library: PlexLibrary, agent: String, group: String?) async throws {
    var query = [("agent", agent)]
    if let group { query.append(("metadataAgentProviderGroupId", group)) }
    _ = try await send("PUT", "/library/sections/\(library.key)", query, timeout: 60)
  }

  /// Makes a library over folders that exist on the server.
  public func makeLibrary(_ title: String, type: String, agent: String, group: String?, folders: [String]) async throws
  {
    var query = [
      ("name", title), ("type", type), ("agent", agent),
      ("scanner", type == "movie" ? "Plex Movie" : "Plex TV Series"), ("language", "en-US"),
    ]
    query += folders.map { ("location", $0) }
    if let group { query.append(("metadataAgentProviderGroupId", group)) }
    _ = try await send("POST", "/library/sections", query, timeout: 60)
  }

  /// Starts a scan of a library, or of one folder of it. `all` reads the metadata of every item again.
  public func scan(_ library: String, folder: String? = nil, all: Bool = false) async throws {
    var query: [(String, String)] = []
    if let folder { query.append(("path", folder)) }
    if all { query.append(("force", "1")) }
    _ = try await send("GET", "/library/sections/\(library)/refresh", query)
  }

  /// Asks the server to read an item's metadata again; it does so later.
  public func refresh(_ keys: [Int64]) async throws {
    _ = try await send("PUT", "/library/metadata/\(keys.map { String($0) }.joined(separator: ","))/refresh")
  }

  /// Gives an item another guid.
  public func match(_ key: Int64, guid: String, title: String) async throws {
    _ = try await send("PUT", "/library/metadata/\(key)/match", [("guid", guid), ("name", title)])
  }

  /// One item as the server has it now.
  public func item(_ key: Int64) async throws -> PlexItem {
    let response = try await send("GET", "/library/metadata/\(key)", [("includeGuids", "1"), ("skipRefresh", "1")])
    guard let item = try ItemPage.read(response, from: "'\(name)'").items.first else {
      throw PlexError(.notFound, "'\(name)' has no item \(key)")
    }
    return item
  }
}
