public import Configuration
public import MetadataModel
public import PluginCalls
public import PluginHosting
public import Support

/// What the routes need of the program.
public struct RouteParts: Sendable {
  let configuration: Configuration
  let plugins: PluginHost
  /// How every plugin is, and the service behind it.
  let statuses: @Sendable () -> [PluginStatus]
  /// How the answer to a question about a provider comes about, as JSON.
  public typealias Explain =
    @Sendable (_ provider: String, ExplainQuestion, CallInfo) async throws(PluginError) -> [UInt8]

  let explain: Explain
  let isStoreOpen: @Sendable () -> Bool
  let metrics: Metrics
  let log: any LogSink
  let time: any TimeSource
  /// The program's, as pages and root documents tell it.
  let version: String

  public init(
    configuration: Configuration, plugins: PluginHost, statuses: @escaping @Sendable () -> [PluginStatus],
    explain: @escaping Explain,
    isStoreOpen: @escaping @Sendable () -> Bool, metrics: Metrics, log: any LogSink, time: any TimeSource,
    version: String
  ) {
    self.configuration = configuration
    self.plugins = plugins
    self.statuses = statuses
    self.explain = explain
    self.isStoreOpen = isStoreOpen
    self.metrics = metrics
    self.log = log
    self.time = time
    self.version = version
  }
}
