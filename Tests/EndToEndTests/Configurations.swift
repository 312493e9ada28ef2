import Foundation
import TestSupport

/// Configurations for the built program in tests.
enum Configurations {
  static let tvIdentifier = "tv.plex.agents.custom.usher.tv"
  static let movieIdentifier = "tv.plex.agents.custom.usher.movie"

  /// The demo library alone: needs no network.
  static var demo: String { text(plugins: ["local": local], tvSources: ["local"], movieSources: ["local"]) }

  /// TVmaze at `url`, the demo library after it.
  static func tvmaze(at url: String) -> String {
    text(
      plugins: ["local": local, "tvmaze": plugin(["baseURL": url])], tvSources: ["tvmaze", "local"],
      movieSources: ["local"])
  }

  /// One source alone, for shows at `/tv` and films at `/movie`.
  static func source(
    _ id: String, settings: [String: String], adult: Bool = false, mediaFolders: [String] = []
  ) -> String {
    text(
      plugins: [id: plugin(settings)], tvSources: [id], movieSources: [id], adult: adult, mediaFolders: mediaFolders)
  }

  /// Several sources for shows at `/tv`, in order. `policy` are further members of that provider.
  static func sources(_ sources: [(id: String, settings: [String: String])], policy: [String: Any] = [:]) -> String {
    text(
      plugins: Dictionary(sources.map { ($0.id, plugin($0.settings)) }, uniquingKeysWith: { first, _ in first }),
      tvSources: sources.map(\.id), movieSources: sources.map(\.id), policy: policy)
  }

  private static var local: [String: Any] {
    ["enabled": true, "settings": ["folders": [UsherProgram.repository.appendingPathComponent("Demo").path]]]
  }

  /// No test waits for a rate limit.
  private static func plugin(_ settings: [String: String]) -> [String: Any] {
    ["enabled": true, "settings": settings, "rateLimit": ["perSecond": 500, "burst": 500]]
  }

  private static func text(
    plugins: [String: [String: Any]], tvSources: [String], movieSources: [String], adult: Bool = false,
    mediaFolders: [String] = [], policy: [String: Any] = [:]
  ) -> String {
    func provider(_ kind: String, _ path: String, _ identifier: String, _ sources: [String]) -> [String: Any] {
      [
        "server": "plex", "path": path, "kind": kind, "title": "Usher \(kind)", "identifier": identifier,
        "sources": sources, "adult": adult, "mediaFolders": mediaFolders,
      ]
    }
    let document: [String: Any] = [
      "log": ["level": "debug"], "plugins": plugins.merging(["plex": ["enabled": true]]) { first, _ in first },
      "providers": [
        "tv": provider("show", "/tv", tvIdentifier, tvSources).merging(policy) { first, _ in first },
        "movie": provider("movie", "/movie", movieIdentifier, movieSources),
      ],
    ]
    let data = try? JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
