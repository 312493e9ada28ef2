package import Configuration
import Explaining
import Fetching
import FoundationEssentials
import Gathering
import Glibc
package import Library
package import MetadataModel
package import PluginHosting
package import PluginLoading
package import Routes
import Searching
package import Storage
package import Support
package import Terminal
import Transport
package import Works

/// Every part of the program, put together: the only place that knows which one stands behind which protocol.
package final class Runtime: Sendable {
  package let configuration: Configuration
  package let time: any TimeSource
  package let log: LogWriter
  package let metrics: Metrics
  let database: Database
  package let store: KeyValueStore
  private let workFile: WorkFile
  /// What must never be forgotten.
  package var works: WorkStore { workFile.works }
  private let upkeep: StoreUpkeep
  let fetcher: Fetcher
  package let plugins: PluginHost
  package let library: MediaLibrary

  /// Opens the store and loads the plugins. Relative paths in the configuration start from its own folder, so the
  /// working directory moves there. A host has the store for itself and looks after it; commands, which answer on a
  /// terminal, come beside it and log warnings only. With `onlyPlugin` that plugin alone is loaded, for a command of its
  /// own: a crash of it is nothing the next start minds.
  package init(
    _ configuration: Configuration, _ place: Place, dataFolder: String?, isHost: Bool, onlyPlugin: PluginEntry? = nil
  ) throws(CommandError) {
    self.configuration = configuration
    let data = place.dataFolder(configuration, instead: dataFolder)
    guard chdir(place.folder) == 0 else { throw .failed("cannot enter the folder \(place.folder)") }
    time = SystemTime()
    metrics = Metrics()
    let level = configuration.log.level
    log = LogWriter(
      threshold: isHost ? level : max(level, .warning), form: configuration.log.format == .json ? .json : .text)
    do {
      database = try Database(
        path: "\(data)/usher.sqlite", migrations: KeyValueStore.migrations, log: Log(log, subject: "store"),
        isHost: isHost)
    } catch {
      throw .failed("\(error)")
    }
    store = KeyValueStore(database: database, time: time, log: Log(log, subject: "store"))
    workFile = try WorkFile(in: data, time: time, log: log, isHost: isHost)
    upkeep = StoreUpkeep(
      store, limits: StoreLimits(diskBytes: configuration.cache.diskBytes), metrics: metrics,
      log: Log(log, subject: "store"))
    fetcher = Fetcher(
      client: CurlClient(), store: store, time: time, metrics: metrics, log: log,
      userAgent: "Usher/\(usherVersion) (metadata host for media servers)")
    let services = Services(fetcher: fetcher, store: store, time: time, dataFolder: data)
    let policies = FetchPolicies(fetcher: fetcher)
    plugins = PluginHost(
      services: services, log: log, time: time, limits: HostingLimits(),
      crashRecord: onlyPlugin == nil ? "\(data)/crashed-plugins" : nil, onManifest: { policies.apply($0, $1) })
    plugins.load(
      onlyPlugin.map { [$0] } ?? PluginEntries.all(of: configuration, in: place), logsFailures: onlyPlugin == nil)
    _ = Blocking.run { [fetcher] in await fetcher.restore() }
    library = MediaLibrary(
      chains: Self.chains(of: configuration, from: plugins), works: workFile.works, store: store,
      memoryBytes: configuration.cache.memoryBytes / 2, freshness: Freshness(configuration.cache.ttl), time: time,
      metrics: metrics, log: log, fileHints: MediaFileHints(configuration, store: store, time: time),
      background: isHost ? BackgroundPolicy(configuration.cache) : nil)
    services.connect(library)
    watchPlugins()
    if isHost { upkeep.start() }
  }

  /// Ends everything in order: plugins, network, store, log.
  package func close() {
    library.close()
    plugins.close()
    let fetcher = fetcher
    _ = Blocking.run { await fetcher.shutdown() }
    workFile.close()
    upkeep.stop()
    database.close()
    log.close()
  }

  /// The provider of that name in plugins.json.
  package func provider(_ name: String) throws(CommandError) -> Provider {
    try configuration.provider(name).provider(version: usherVersion)
  }

  /// How every plugin is, and the service behind it.
  package var statuses: [PluginStatus] { Self.statuses(plugins, fetcher, time) }

  private static func statuses(
    _ plugins: PluginHost, _ fetcher: Fetcher, _ time: any TimeSource
  ) -> [PluginStatus] {
    plugins.statuses.map { $0.with(fetcher.trouble(of: $0.id), time) }
  }

  package var routeParts: RouteParts {
    RouteParts(
      configuration: configuration, plugins: plugins,
      statuses: { [plugins, fetcher, time] in Self.statuses(plugins, fetcher, time) },
      explain: { [library] provider, question, call async throws(PluginError) in
        try await library.explanation(of: question, provider: provider, call: call)
      },
      isStoreOpen: { [database] in database.isOpen }, metrics: metrics,
      log: log, time: time, version: usherVersion)
  }

  private func watchPlugins() {
    for status in plugins.statuses {
      for state in PluginState.allCases {
        metrics.gauge(
          "usher_source_state", help: "1 for the state that a plugin is in.",
          labels: ["source": status.id, "state": state.rawValue]
        ) { [plugins, fetcher, time] in
          Self.statuses(plugins, fetcher, time).contains { $0.id == status.id && $0.state == state } ? 1 : 0
        }
      }
    }
  }

  private static func chains(of configuration: Configuration, from plugins: PluginHost) -> [Chain] {
    configuration.providers.map { provider in
      Chain(
        provider: provider.provider(version: usherVersion), sources: provider.sources.compactMap { plugins.source($0) },
        policy: provider.policy)
    }
  }
}

extension BackgroundPolicy {
  init(_ cache: CacheConfiguration) { self.init(staleSeconds: cache.staleWhileRevalidate, warmsUp: cache.warmUp) }
}

extension Freshness {
  /// The defaults, with what the configuration says instead.
  init(_ seconds: [String: Int]) {
    self.init()
    movie = seconds["movie"] ?? movie
    show = seconds["show"] ?? show
    endedShow = seconds["endedShow"] ?? endedShow
    pastEpisode = seconds["pastEpisode"] ?? pastEpisode
    season = seconds["season"] ?? season
    episode = seconds["episode"] ?? episode
    match = seconds["search"] ?? match
    children = seconds["children"] ?? children
    images = seconds["images"] ?? images
    negative = seconds["negative"] ?? negative
  }
}

extension Configuration {
  /// The provider of that name.
  package func provider(_ name: String) throws(CommandError) -> ProviderConfiguration {
    guard let provider = providers.first(where: { $0.name == name }) else {
      let known = providers.map(\.name).joined(separator: ", ")
      throw .failed("there is no provider '\(name)' in plugins.json; there are: \(known)")
    }
    return provider
  }
}
