import ConfigurationText
import Configuration

/// The example of the documentation, as it stands there.
let documentedExample = """
  {
    "listen": "127.0.0.1:8000",
    "data": "data",
    "log": { "level": "info", "format": "text" },
    "plugins": {
      "tvmaze": { "enabled": true },
      "tmdb":   { "enabled": true, "settings": { "apiKey": "${TMDB_API_KEY}" } },
      "tvdb":   { "enabled": true, "settings": { "apiKey": "${TVDB_API_KEY}", "pin": "${TVDB_PIN}" } },
      "tpdb":   { "enabled": false, "settings": { "apiKey": "${TPDB_API_KEY}" } },
      "mine":   { "enabled": true, "library": "libMine.so", "rateLimit": { "perSecond": 2, "burst": 5 } },
      "plex":   { "enabled": true }
    },
    "providers": {
      "tv":    { "server": "plex", "path": "/tv",    "kind": "show",  "title": "Usher TV",
                 "identifier": "tv.plex.agents.custom.usher.tv",    "sources": ["tvdb", "tmdb", "tvmaze", "local"] },
      "movie": { "server": "plex", "path": "/movie", "kind": "movie", "title": "Usher Movies",
                 "identifier": "tv.plex.agents.custom.usher.movie", "sources": ["tmdb", "omdb", "local"] }
    }
  }
  """

func read(_ text: String, _ environment: [String: String] = [:]) -> Result<Configuration, ConfigurationErrors> {
  ConfigurationReader.read(Array(text.utf8), path: "plugins.json", environment: environment)
}

/// The messages, a line each; empty when there are none.
func messages(_ text: String, _ environment: [String: String] = [:]) -> String {
  switch read(text, environment) {
  case .success: ""
  case .failure(let errors): errors.description
  }
}
