import PlexCommands
import PlexProvider
public import UsherKit

/// What the host knows of the plugin before it runs a line of it.
let manifest = PluginManifest(
  id: "plex", version: "1.0.0", title: "Plex Media Server", hosts: ["plex.tv", "clients.plex.tv"],
  rateLimit: RateLimit(perSecond: 200, burst: 200, concurrent: 8),
  settings: PlexServer.declaredSettings + PlexCommands.declaredSettings,
  cacheKeyHeaders: ["X-Plex-Language", "X-Plex-Country", "X-Plex-Container-Start", "X-Plex-Container-Size"],
  userHosts: true)

private let export = PluginExport(server: PlexServer.self, commands: PlexCommands.self, manifest: manifest)

@c(usher_plugin_v1_plex)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }
