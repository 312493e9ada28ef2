public import UsherKit

/// Where a file lies on this machine, as its server names it: below a folder of a library, or in full. Must be quick.
public typealias FilePlaces = @Sendable (_ name: String) -> [LocalFile]

/// Plex's custom metadata provider protocol over the host's library.
public struct PlexServer: MediaServer {
  /// What plugins.json may say about it.
  public static var declaredSettings: [PluginSetting] { PlexSettings.declared }

  private let settings: PlexSettings
  private let places: FilePlaces

  public init(_ host: HostContext) throws { try self.init(host) { _ in [] } }

  /// `places` says where the file of a match lies on this machine.
  public init(_ host: HostContext, places: @escaping FilePlaces) throws {
    settings = try PlexSettings(host)
    self.places = places
  }

  /// Every outcome is a JSON answer; nothing is thrown, so that Plex never sees the host's own error page.
  public func handle(_ request: ServerRequest, _ library: LibraryContext) async throws -> ServerResponse {
    do {
      guard let route = Route(path: request.path) else {
        return try .failure(
          404, .notFound, "there is nothing at this path; a provider has its root and \(FeatureKey.metadata)/…")
      }
      guard route.methods.contains(request.method) else {
        return try .failure(
          405, .methodNotAllowed, "this path answers \(route.methods.joined(separator: " and "))",
          headers: [("Allow", route.methods.joined(separator: ", "))])
      }
      return try await answer(route, PlexCall(request: request, library: library, settings: settings, places: places))
    } catch {
      return try .failure(for: error)
    }
  }

  private func answer(_ route: Route, _ call: PlexCall) async throws -> ServerResponse {
    switch route {
    case .root: try call.root()
    case .metadata: try call.emptyCatalogue()
    case .match: try await call.match()
    case .item(let key): try await call.item(key)
    case .children(let key): try await call.children(key)
    case .grandchildren(let key): try await call.grandchildren(key)
    case .images(let key): try await call.images(key)
    case .extras(let key): try await call.extras(key)
    }
  }
}
