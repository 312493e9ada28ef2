public import MetadataModel
public import PluginCalls

/// A request of a media server, as the host took it.
public struct IncomingRequest: Sendable {
  public var method: String
  /// What follows the provider's path, as sent: "", "/library/metadata/x?y=z".
  public var target: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// A media-server front behind a plugin.
public struct ServerClient: Sendable {
  let plugin: Plugin

  public var id: String { plugin.entry.id }

  /// One without interfaces when the library could not be read.
  public var manifest: PluginManifest {
    plugin.manifest ?? PluginManifest(id: id, version: "", title: id, interfaces: [])
  }

  /// Nil when it can be asked now; otherwise why not, as in `Source`.
  public var unusable: String? { plugin.unusable }

  /// Has the front answer one request below the provider's path, on a lent thread.
  public func handle(
    _ request: IncomingRequest, provider: Provider, call: CallInfo
  ) async throws(PluginError) -> ServerReply {
    let opened = try plugin.opened()
    return try await plugin.exchange(call, provider: provider) {
      opened.handle(request, $0)
    } read: { reply throws(PluginError) in
      guard let response = reply.response else {
        throw PluginError(.fault, "server '\(id)' said that handling went well and did not respond")
      }
      return response
    }
  }
}
