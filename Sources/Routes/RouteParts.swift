public import Configuration
public import PluginHosting
public import Support

/// What the routes need of the program.
public struct RouteParts: Sendable {
  let configuration: Configuration
  let plugins: PluginHost
  /// How every plugin is, and the service behind it.
  let statuses: @Sendable () -> [PluginStatus]
  let isStoreOpen: @Sendable () -> Bool
  let metrics: Metrics
  let log: any LogSink
  let time: any TimeSource
  /// The program's, as pages and root documents tell it.
  let version: String

  public init(
    configuration: Configuration, plugins: PluginHost, statuses: @escaping @Sendable () -> [PluginStatus],
    isStoreOpen: @escaping @Sendable () -> Bool, metrics: Metrics, log: any LogSink, time: any TimeSource,
    version: String
  ) {
    self.configuration = configuration
    self.plugins = plugins
    self.statuses = statuses
    self.isStoreOpen = isStoreOpen
    self.metrics = metrics
    self.log = log
    self.time = time
    self.version = version
  }
}
