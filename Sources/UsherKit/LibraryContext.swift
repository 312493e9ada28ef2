public import MetadataModel

/// The service `library/1` of the host, for one request of a media server.
public protocol LibraryInterface: Sendable {
  /// The provider that the request came through.
  var provider: Provider { get }
  /// Asks "match", "fetch", "children", "grandchildren" or "images"; JSON in and out. Throws `PluginError`.
  func ask(_ operation: String, _ request: [UInt8]) async throws -> [UInt8]
}

/// The sources behind one provider, merged and cached. Throws `PluginError`: `.notFound` only when a source said so.
public struct LibraryContext: Sendable {
  public let interface: any LibraryInterface
  public let host: HostContext
  /// The provider that the request came through.
  public var provider: Provider { interface.provider }

  /// The library behind it: the C table's, or a fake one in tests.
  public init(_ interface: any LibraryInterface, host: HostContext) {
    self.interface = interface
    self.host = host
  }

  /// Candidates, best first: one at most unless `request.manual`.
  public func match(_ request: MatchRequest) async throws -> [Candidate] {
    try await ask("match", request, MatchReply.self).candidates
  }

  /// All that the sources know of an item, merged.
  public func fetch(_ request: ItemRequest) async throws -> MediaItem {
    try await ask("fetch", request, MediaItem.self)
  }

  /// Seasons of a show, episodes of a season; empty for movies and episodes.
  public func children(_ request: ItemRequest) async throws -> [MediaItem] {
    try await ask("children", request, ItemList.self).items
  }

  /// All episodes of a show, by season and number; empty for everything else.
  public func grandchildren(_ request: ItemRequest) async throws -> [MediaItem] {
    try await ask("grandchildren", request, ItemList.self).items
  }

  /// Every picture of an item, the best of each form first.
  public func images(_ request: ItemRequest) async throws -> [Artwork] {
    try await ask("images", request, ArtworkList.self).artwork
  }

  private func ask<Reply: Decodable>(
    _ operation: String, _ request: some Encodable, _ type: Reply.Type
  ) async throws -> Reply {
    let reply = try await interface.ask(operation, JSONCoding.encode(request))
    do {
      return try JSONCoding.decode(type, from: reply)
    } catch {
      throw PluginError(.fault, "the host's answer to '\(operation)': \(JSONCoding.path(of: error))")
    }
  }
}
