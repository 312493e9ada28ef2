import Foundation
import TestSupport

/// Configurations for the built program in tests.
enum Configurations {
  static let tvIdentifier = "tv.plex.agents.custom.usher.tv"
  static let movieIdentifier = "tv.plex.agents.custom.usher.movie"

  /// The demo library alone: needs no network.
  static var demo: String { text(sources: ["local"], tvmaze: nil) }

  /// TVmaze at `url`, the demo library after it.
  static func tvmaze(at url: String) -> String { text(sources: ["tvmaze", "local"], tvmaze: url) }

  private static func text(sources: [String], tvmaze: String?) -> String {
    let demo = UsherProgram.repository.appendingPathComponent("Demo").path
    let source = tvmaze.map {
      #""tvmaze": { "enabled": true, "settings": { "baseURL": "\#($0)" }, "rateLimit": { "perSecond": 500, "burst": 500 } },"#
    }
    let list = sources.map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      {
        "log": { "level": "debug" },
        "plugins": {
          \(source ?? "")
          "local": { "enabled": true, "settings": { "folders": ["\(demo)"] } },
          "plex": { "enabled": true }
        },
        "providers": {
          "tv": { "server": "plex", "path": "/tv", "kind": "show", "title": "Usher TV",
                  "identifier": "\(tvIdentifier)", "sources": [\(list)] },
          "movie": { "server": "plex", "path": "/movie", "kind": "movie", "title": "Usher Movies",
                     "identifier": "\(movieIdentifier)", "sources": ["local"] }
        }
      }
      """
  }
}
