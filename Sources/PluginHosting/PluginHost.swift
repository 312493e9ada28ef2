public import MetadataModel
public import PluginCalls
public import PluginLoading
public import Support

/// Loads plugins and hands out what calls them. From every thread; `load` and `close` block.
public final class PluginHost: Sendable {
  private struct State {
    var plugins: [Plugin] = []
    var places: [String: Plugin] = [:]
  }

  private let services: any HostServices
  private let log: any LogSink
  private let time: any TimeSource
  private let limits: HostingLimits
  private let crashRecord: String?
  private let onManifest: @Sendable (PluginManifest, PluginEntry) -> Void
  private let timer: DeadlineTimer
  private let state = Lock(State())

  /// `crashRecord` is the path of the file that a crash inside a plugin is written to; nil keeps no record.
  /// `onManifest` runs for each plugin before it is opened.
  public init(
    services: any HostServices, log: any LogSink, time: any TimeSource, limits: HostingLimits = HostingLimits(),
    crashRecord: String? = nil, onManifest: @escaping @Sendable (PluginManifest, PluginEntry) -> Void = { _, _ in }
  ) {
    self.services = services
    self.log = log
    self.time = time
    self.limits = limits
    self.crashRecord = crashRecord
    self.onManifest = onManifest
    timer = DeadlineTimer(time: time)
  }

  /// Loads the plugins in order; one that fails does not stop the others. Failures go to the log too, unless who called
  /// tells them. Call it once. Blocks.
  public func load(_ entries: [PluginEntry], logsFailures: Bool = true) {
    let crashed = crashRecord.map { CrashedPlugins(record: $0, entries: entries) }
    if let crashRecord, !CrashedPlugins.startRecording(to: crashRecord) {
      Log(log, subject: "plugins").warning("\(crashRecord) cannot be written: crashes of plugins go unrecorded")
    }
    for entry in entries {
      let log = Log(log, subject: "plugin \(entry.id)")
      let plugin = Plugin(entry, limits: limits, time: time, timer: timer, log: log)
      let isFirst = state.withLock { state in
        state.plugins.append(plugin)
        guard state.places[entry.id] == nil else { return false }
        state.places[entry.id] = plugin
        return true
      }
      guard entry.enabled else {
        plugin.becomeUnusable(.disabled, "switched off in plugins.json")
        continue
      }
      do throws(LoadError) {
        guard isFirst else { throw .duplicate(id: entry.id) }
        plugin.becomeReady(try open(plugin, crashed, log))
        log.info("loaded", ("version", plugin.manifest?.version ?? ""))
      } catch {
        plugin.becomeUnusable(error.state, error.description)
        if logsFailures { log.error("\(error.state.rawValue): \(error)") }
      }
    }
  }

  private func open(_ plugin: Plugin, _ crashed: CrashedPlugins?, _ log: Log) throws(LoadError) -> OpenPlugin {
    let entry = plugin.entry
    let file = try LibraryFile(library: entry.library)
    try crashed?.check(entry, file)
    let library = try PluginLibrary(path: entry.library, id: entry.id)
    plugin.describe(library.manifest)
    let settings = try PluginSettings(library.manifest, entry)
    onManifest(library.manifest, entry)
    let side = HostSide(library, settings: settings, services: services, time: time, log: log)
    return try OpenPlugin.open(library, side, milliseconds: limits.openMilliseconds)
  }

  /// A row per plugin, in the order of loading.
  public var statuses: [PluginStatus] { state.withLock { $0.plugins }.map(\.status) }

  /// Nil when there is no such plugin, or it is known not to be a source. Works for one that cannot be asked too.
  public func source(_ id: String) -> (any Source)? {
    plugin(id).flatMap { $0.mayOffer("metadata-source/1") ? SourceClient(plugin: $0) : nil }
  }

  /// Nil when there is no such plugin, or it is known not to be a media-server front. As `source`.
  public func server(_ id: String) -> ServerClient? {
    plugin(id).flatMap { $0.mayOffer("media-server/1") ? ServerClient(plugin: $0) : nil }
  }

  /// Nil when there is no such plugin, or it is known to have no commands. As `source`.
  public func commands(_ id: String) -> CommandClient? {
    plugin(id).flatMap { $0.mayOffer("commands/1") ? CommandClient(plugin: $0) : nil }
  }

  /// Nil when there is no such plugin, or its library was not read.
  public func manifest(_ id: String) -> PluginManifest? { plugin(id)?.manifest }

  package func plugin(_ id: String) -> Plugin? { state.withLock { $0.places[id] } }

  /// What the library says of itself, without opening the plugin: for one that is switched off. Blocks.
  public static func inspect(library: String, id: String) -> Result<PluginManifest, LoadError> {
    do throws(LoadError) {
      _ = try LibraryFile(library: library)
      return .success(try PluginLibrary(path: library, id: id).manifest)
    } catch {
      return .failure(error)
    }
  }

  /// Ends all calls and closes the plugins, the last one first. Blocks for some seconds when plugins do not come back.
  public func close() {
    for plugin in state.withLock({ $0.plugins }).reversed() { plugin.close() }
  }
}
