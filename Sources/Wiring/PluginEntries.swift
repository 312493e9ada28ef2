package import Configuration
import Fetching
import FoundationEssentials
import MetadataModel
package import PluginLoading
import Terminal

/// From plugins.json to what the plugin host loads.
package enum PluginEntries {
  package static func all(of configuration: Configuration, in place: Place) -> [PluginEntry] {
    let libraries = libraries(in: place)
    // A plugin that only a provider names is switched on by that, with its defaults.
    let unlisted = configuration.unlistedPlugins.map { id in
      PluginEntry(id: id, library: libraries.path(of: id, library: nil))
    }
    return unlisted
      + configuration.plugins.map { plugin in
        PluginEntry(
          id: plugin.id, library: libraries.path(of: plugin.id, library: plugin.library), enabled: plugin.enabled,
          settings: plugin.settings, missingVariables: plugin.missingVariables, rateLimit: plugin.rateLimit)
      }
  }
}

extension PluginEntries {
  package static func libraries(in place: Place) -> PluginLibraries {
    PluginLibraries(
      programFolder: ProgramFile.folder,
      searchPath: ProcessInfo.processInfo.environment["USHER_PLUGIN_PATH"], configurationFolder: place.folder)
  }

  /// The plugin `id` as plugins.json has it, or, when it says nothing, by its library's name; nil when there is none.
  package static func entry(of id: String, in place: Place) -> PluginEntry? {
    if place.isThere, let configuration = try? place.read(),
      let entry = all(of: configuration, in: place).first(where: { $0.id == id })
    {
      return entry
    }
    let library = libraries(in: place).path(of: id, library: nil)
    return FileManager.default.fileExists(atPath: library) ? PluginEntry(id: id, library: library) : nil
  }
}

/// Sets how a source may be fetched from, as soon as its manifest is known.
struct FetchPolicies: Sendable {
  let fetcher: Fetcher

  /// A source that says nothing gets this: gentle enough for any public service.
  static let standard = RateLimit(perSecond: 5, burst: 10, concurrent: 4)

  func apply(_ manifest: PluginManifest, _ entry: PluginEntry) {
    var hosts = Set(manifest.hosts)
    var plainHosts: Set<String> = []
    if case .string(let base)? = entry.settings["baseURL"], let host = Self.host(of: base) {
      // A mirror or a test server stands in for the service; the user named it, so plain http is the user's choice.
      hosts.insert(host)
      plainHosts.insert(host)
    }
    let limit = entry.rateLimit ?? manifest.rateLimit ?? Self.standard
    fetcher.setPolicy(
      FetchPolicy(
        allowedHosts: hosts, plainHTTPHosts: plainHosts, perSecond: limit.perSecond, burst: limit.burst,
        concurrent: limit.concurrent ?? 4),
      for: manifest.id)
  }

  /// `host` or `host:port` of a URL, in lower case.
  static func host(of url: String) -> String? {
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return nil }
    return host.lowercased() + (parts.port.map { ":\($0)" } ?? "")
  }
}
