import PlexCommands
import PlexPaths
import PlexProvider
public import UsherKit

/// What the host knows of the plugin before it runs a line of it.
let manifest = PluginManifest(
  id: "plex", version: "1.0.0", title: "Plex Media Server", hosts: ["plex.tv", "clients.plex.tv"],
  rateLimit: RateLimit(perSecond: 200, burst: 200, concurrent: 8),
  settings: PlexServer.declaredSettings + PlexCommands.declaredSettings,
  cacheKeyHeaders: ["X-Plex-Language", "X-Plex-Country", "X-Plex-Container-Start", "X-Plex-Container-Size"],
  userHosts: true)

/// The provider protocol, with the rules of `usher plex paths` for the files of matches.
struct PlexFront: MediaServer {
  private let server: PlexServer

  init(_ host: HostContext) throws {
    // A host without folders has no rules either.
    let files = (try? host.dataDirectory()).map { MappedFiles(folder: $0) }
    server = try PlexServer(host) { files?.places(of: $0) ?? [] }
  }

  func handle(_ request: ServerRequest, _ library: LibraryContext) async throws -> ServerResponse {
    try await server.handle(request, library)
  }
}

private let export = PluginExport(server: PlexFront.self, commands: PlexCommands.self, manifest: manifest)

@c(usher_plugin_v1_plex)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }
