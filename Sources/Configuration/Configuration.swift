public import ConfigurationText
public import Merging
public import MetadataModel
public import Support

/// What plugins.json says, with its defaults filled in.
public struct Configuration: Sendable, Hashable {
  public var listen = ListenAddress(host: "127.0.0.1", port: 8000)
  /// The data folder, as written.
  public var data = "data"
  public var log = LogConfiguration()
  public var cache = CacheConfiguration()
  /// Of requests that no provider answers; nil for none.
  public var limit: InboundLimit?
  /// In the order of the file.
  public var plugins: [PluginConfiguration] = []
  /// Those that are on, in the order of the file.
  public var providers: [ProviderConfiguration] = []

  public init() {}

  /// Plugins that providers name but `plugins` does not: they come with Usher and need no settings of the user.
  public var unlistedPlugins: [String] {
    var known = Set(plugins.map(\.id))
    return providers.flatMap { [$0.server] + $0.sources }.filter { known.insert($0).inserted }
  }
}

/// How many requests of one address are answered.
public struct InboundLimit: Sendable, Hashable {
  public var perMinute: Int

  public init(perMinute: Int) { self.perMinute = perMinute }
}

public struct LogConfiguration: Sendable, Hashable {
  public enum Format: String, Sendable, CaseIterable {
    case text, json
  }

  public var level = LogLevel.info
  public var format = Format.text

  public init() {}
}

public struct CacheConfiguration: Sendable, Hashable {
  /// What `ttl` may name: kinds of items, shows that have ended, episodes long past, matches ("search"), pictures, lists
  /// of children, and "no such item".
  public static let entityKinds = [
    "movie", "show", "endedShow", "season", "episode", "pastEpisode", "search", "images", "children", "negative",
  ]

  /// Most memory for values kept in memory.
  public var memoryBytes = 64 << 20
  /// Most bytes of the file that keeps answers over restarts.
  public var diskBytes = 2 << 30
  /// Seconds for which an answer counts as fresh, by entity kind; only what the file says.
  public var ttl: [String: Int] = [:]
  /// For so many seconds after its time an answer is given at once, while it is renewed; 0 renews it first.
  public var staleWhileRevalidate = 7 * 86_400
  /// Whether a matched show's seasons, episodes and pictures are fetched before a media server asks for them.
  public var warmUp = true

  public init() {}
}

/// One plugin, as switched on and overridden in the file.
public struct PluginConfiguration: Sendable, Hashable {
  public var id: String
  public var enabled = true
  /// File name or path of the shared library; nil for the usual one.
  public var library: String?
  /// With environment variables filled in.
  public var settings: [String: SettingValue] = [:]
  /// Settings that have no value because an environment variable is not set: the variable by setting.
  public var missingVariables: [String: String] = [:]
  /// Nil for the plugin's own.
  public var rateLimit: RateLimit?
  /// Where the id stands.
  public var position: TextPosition
  /// Where the name of each setting stands, those without a value included.
  public var settingPositions: [String: TextPosition] = [:]

  public init(id: String, position: TextPosition) {
    self.id = id
    self.position = position
  }
}

/// One root that a media server registers, and the sources behind it.
public struct ProviderConfiguration: Sendable, Hashable {
  public var name: String
  /// The plugin that speaks to the media server.
  public var server: String
  /// Begins with a slash and does not end in one.
  public var path: String
  /// `movie` or `show`.
  public var kind: MediaKind
  public var title: String
  public var identifier: String
  /// Plugin ids, in the order in which they are asked.
  public var sources: [String]
  public var adult = false
  /// A provider that is off is checked like the others, and then not there.
  public var enabled = true
  /// Folders in which the media files lie on this machine, for hints from the files themselves.
  public var mediaFolders: [String] = []
  /// How one item is made of what the sources know.
  public var policy = MergePolicy()
  /// nil for none: a media server that scans is never slowed down unless the user says so.
  public var limit: InboundLimit?
  /// What a client must know to be answered; stands in no output.
  public var secret: String?
  /// Where the name stands.
  public var position: TextPosition

  public init(
    name: String, server: String, path: String, kind: MediaKind, title: String, identifier: String,
    sources: [String], adult: Bool = false, position: TextPosition
  ) {
    self.name = name
    self.server = server
    self.path = path
    self.kind = kind
    self.title = title
    self.identifier = identifier
    self.sources = sources
    self.adult = adult
    self.position = position
  }

  /// Where it answers: the path, behind the secret when it has one.
  public var root: String { secret.map { "/s/\($0)\(path)" } ?? path }

  /// `root` for people to see, without the secret.
  public var shownRoot: String { secret == nil ? path : "/s/<secret>\(path)" }

  /// As the library and the plugins know it; `version` is the program's.
  public func provider(version: String) -> Provider {
    Provider(
      name: name, path: path, kind: kind, title: title, identifier: identifier, adult: adult, version: version)
  }
}
