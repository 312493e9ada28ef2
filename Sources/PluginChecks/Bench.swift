import CUsher
import MetadataModel
import PluginCalls
import PluginHosting
import PluginLoading
import Support

/// One library being checked: finds out whose it is, opens it with made-up settings, calls it on this thread.
struct Bench: Sendable {
  let library: String

  /// The plugin entries that the library exports.
  var entries: [String] { ExportedSymbols.names(in: library, prefix: "usher_plugin_") }

  /// The id in the name of its entry.
  func id() throws -> String {
    let prefix = USHER_ENTRY_PREFIX
    guard let entry = entries.first(where: { $0.hasPrefix(prefix) }) else {
      throw CheckFailure("it exports no function \(prefix)ID")
    }
    return String(entry.dropFirst(prefix.count))
  }

  func manifest() throws -> PluginManifest { try PluginHost.inspect(library: library, id: id()).get() }

  /// Opens the plugin. Every required setting without a default gets a made-up value.
  func opened(_ behaviour: CheckServices.Behaviour) throws -> Subject { try opened(behaviour, id: id()) }

  /// The same for a plugin whose id is known, without a look at the library's file.
  func opened(_ behaviour: CheckServices.Behaviour, id: String) throws -> Subject {
    let manifest = try PluginHost.inspect(library: library, id: id).get()
    var settings: [String: SettingValue] = [:]
    for setting in manifest.settings where setting.required && setting.standard == nil {
      settings[setting.name] = Self.sample(of: setting.form)
    }
    let services = CheckServices(behaviour)
    let host = PluginHost(services: services, log: RecordingLogSink(), time: SystemTime())
    host.load([PluginEntry(id: manifest.id, library: library, settings: settings)])
    if let trouble = host.statuses.first, trouble.state != .ready {
      throw CheckFailure("opened with made-up settings: \(trouble.reason)")
    }
    guard let plugin = host.plugin(manifest.id) else { throw CheckFailure("it was not loaded") }
    return Subject(
      manifest: manifest, host: host, plugin: plugin, opened: try plugin.opened(), services: services)
  }

  private static func sample(of form: PluginSetting.Form) -> SettingValue {
    switch form {
    case .string: .string("check")
    case .integer: .integer(1)
    case .boolean: .boolean(true)
    case .list: .list(["check"])
    }
  }
}

/// An opened plugin and the host it sees.
struct Subject: Sendable {
  let manifest: PluginManifest
  let host: PluginHost
  let plugin: Plugin
  let opened: OpenPlugin
  let services: CheckServices

  /// The operations that the source offers; none for a media-server front.
  var operations: [SourceOperation] { SourceOperation.allCases.filter(opened.offers) }

  /// Calls with sensible requests: each operation for each kind, or a front's routes.
  var samples: [Sample] {
    let kinds = manifest.kinds.isEmpty ? [.movie] : manifest.kinds
    let source = operations.flatMap { operation in
      kinds.compactMap { Sample(operation, kind: $0, source: manifest.id) }
    }
    return source + (opened.isServer ? Sample.front : [])
  }

  /// Calls the plugin on this thread; the call is cancelled after so many milliseconds. Blocks.
  func run(_ sample: Sample, cancelledAfter milliseconds: Int64 = 5_000) -> (outcome: CallOutcome, milliseconds: Int64)
  {
    run(listener: nil, cancelledAfter: milliseconds) { sample.run(opened, $0) }
  }

  /// The same for a command; `listener` hears it.
  func run(
    _ request: [UInt8], cancelledAfter milliseconds: Int64, listener: @escaping CommandListener = { _ in }
  ) -> (outcome: CallOutcome, milliseconds: Int64) {
    run(listener: listener, cancelledAfter: milliseconds) { opened.runCommand($0, request) }
  }

  private func run(
    listener: CommandListener?, cancelledAfter milliseconds: Int64, _ operation: (OpaquePointer) -> usher_status
  ) -> (outcome: CallOutcome, milliseconds: Int64) {
    let time = SystemTime()
    let info = CallInfo(requestID: "check", deadline: .after(milliseconds: milliseconds, time))
    let call = Call(info, provider: Sample.provider, listener: listener, time: time)
    let isDone = Semaphore()
    if milliseconds == 0 {
      call.cancel()
    } else {
      Thread.start("deadline") { if !isDone.wait(milliseconds: milliseconds) { call.cancel() } }
    }
    let start = time.monotonicNanoseconds
    let outcome = plugin.run(call, in: opened, operation)
    isDone.signal()
    return (outcome, (time.monotonicNanoseconds - start) / 1_000_000)
  }
}
