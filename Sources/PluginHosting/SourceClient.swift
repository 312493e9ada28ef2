public import MetadataModel

/// A source behind a plugin: asks it on a lent thread and checks what it replies.
public struct SourceClient: Source {
  let plugin: Plugin

  public var id: String { plugin.entry.id }

  /// One without interfaces and kinds when the library could not be read.
  public var manifest: PluginManifest {
    plugin.manifest ?? PluginManifest(id: id, version: "", title: id, interfaces: [])
  }

  public var unusable: String? { plugin.unusable }

  public func match(_ request: MatchRequest, _ call: CallInfo) async throws(PluginError) -> MatchReply {
    try await ask(.match, request, call) { (reply: MatchReply) in
      ReplyRules(source: id).fault(in: reply, kind: request.kind)
    }
  }

  public func fetch(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> MediaItem {
    try await ask(.fetch, request, call) { (reply: MediaItem) in
      ReplyRules(source: id).fault(in: reply, kind: request.id.kind)
    }
  }

  public func children(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ItemList {
    try await ask(.children, request, call) { (reply: ItemList) in
      ReplyRules(source: id).fault(in: reply, above: request.id.kind)
    }
  }

  public func images(_ request: ItemRequest, _ call: CallInfo) async throws(PluginError) -> ArtworkList {
    try await ask(.images, request, call) { (_: ArtworkList) in nil }
  }

  private func ask<Reply: Decodable & Sendable>(
    _ operation: SourceOperation, _ request: some Encodable, _ call: CallInfo, fault: (Reply) -> String?
  ) async throws(PluginError) -> Reply {
    let opened = try plugin.opened()
    guard opened.offers(operation) else {
      throw PluginError(.unsupported, "source '\(id)' does not offer '\(operation.rawValue)'")
    }
    guard let bytes = try? JSONCoding.encode(request) else {
      throw PluginError(.badRequest, "the request '\(operation.rawValue)' has no JSON")
    }
    return try await plugin.exchange(call) {
      opened.run(operation, $0, bytes)
    } read: { reply throws(PluginError) in
      try ReplyRules(source: id).read(reply, operation, fault: fault)
    }
  }
}
