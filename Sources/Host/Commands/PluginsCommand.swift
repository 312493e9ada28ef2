import Configuration
import MetadataModel
import PluginHosting
import Terminal
import Wiring

/// `usher plugins`: how every plugin is; `usher plugins info ID`: what one offers.
enum PluginsCommand: Command {
  static let name = "plugins"
  static let parameters = "[info ID]"
  static let summary = "Shows a row per plugin, or what one plugin offers."
  static let options = [
    Option("json", nil, "JSON instead of a table"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
  ]

  static func run(_ arguments: Arguments) throws(CommandError) {
    let place = Place(arguments)
    let configuration = try place.read()
    let runtime = try Runtime(configuration, place, dataFolder: arguments.text("data"), isHost: false)
    defer { runtime.close() }
    switch (arguments.words.first, arguments.words.count) {
    case (nil, _): try list(runtime, asJSON: arguments.has("json"))
    case ("info", 2): try info(arguments.words[1], runtime, place, asJSON: arguments.has("json"))
    default: throw .usage("'plugins' takes nothing, or 'info ID'")
    }
  }

  private struct Row: Encodable {
    var id: String
    var version: String?
    var interfaces: [String]?
    var state: String
    var reason: String
  }

  private static func list(_ runtime: Runtime, asJSON: Bool) throws(CommandError) {
    let rows = runtime.statuses.map {
      Row(
        id: $0.id, version: $0.manifest?.version, interfaces: $0.manifest?.interfaces, state: $0.state.rawValue,
        reason: $0.reason)
    }
    if asJSON { return try Output.json(rows) }
    let table = Table(
      header: ["ID", "VERSION", "INTERFACES", "STATE", "REASON"],
      rows: rows.map {
        [$0.id, $0.version ?? "-", $0.interfaces?.joined(separator: " ") ?? "-", $0.state, $0.reason]
      })
    Output.text(table.text)
  }

  private static func info(
    _ id: String, _ runtime: Runtime, _ place: Place, asJSON: Bool
  ) throws(CommandError) {
    guard let status = runtime.statuses.first(where: { $0.id == id }) else {
      let known = runtime.statuses.map(\.id).joined(separator: ", ")
      throw .failed("plugins.json has no plugin '\(id)'; it has: \(known)")
    }
    guard let manifest = status.manifest ?? inspected(id, runtime, place) else {
      throw .failed("plugin '\(id)': \(status.reason)")
    }
    if asJSON { return try Output.json(manifest) }
    Output.text(PluginDescription(manifest: manifest, status: status).text)
  }

  /// The manifest of a plugin that is switched off: its library is read, nothing in it is opened.
  private static func inspected(_ id: String, _ runtime: Runtime, _ place: Place) -> PluginManifest? {
    PluginEntries.all(of: runtime.configuration, in: place).first { $0.id == id }
      .flatMap { try? PluginHost.inspect(library: $0.library, id: $0.id).get() }
  }
}

/// What a plugin offers, as text.
struct PluginDescription {
  let manifest: PluginManifest
  let status: PluginStatus

  var text: String {
    var rows = [
      ["plugin", "\(manifest.title) (\(manifest.id)) \(manifest.version)"],
      ["state", status.state.rawValue + (status.reason.isEmpty ? "" : ": \(status.reason)")],
      ["interfaces", manifest.interfaces.joined(separator: ", ")],
    ]
    if !manifest.kinds.isEmpty { rows.append(["kinds", manifest.kinds.map(\.rawValue).joined(separator: ", ")]) }
    if !manifest.namespaces.isEmpty { rows.append(["looks up ids of", manifest.namespaces.joined(separator: ", ")]) }
    if !manifest.commands.isEmpty {
      rows.append(["commands", manifest.commands.map { "usher \(manifest.id) \($0.name)" }.joined(separator: ", ")])
    }
    let hosts = manifest.hosts + (manifest.userHosts ? ["in commands the servers that you name"] : [])
    rows.append(["hosts", hosts.isEmpty ? "none: it needs no network" : hosts.joined(separator: ", ")])
    if let limit = manifest.rateLimit {
      rows.append(["rate limit", "\(limit.perSecond) requests a second, \(limit.burst) at once after a pause"])
    }
    if manifest.adult { rows.append(["adult", "only for providers that say \"adult\": true"]) }
    if manifest.refusesAdult { rows.append(["adult", "not for providers that say \"adult\": true"]) }
    if manifest.isPartial { rows.append(["brings", "parts only: it fills gaps and is never the match"]) }
    if let credit = manifest.attribution {
      rows.append(["attribution", credit.text + (credit.url.map { " (\($0))" } ?? "")])
    }
    return Table(rows: rows).text + settings
  }

  private var settings: String {
    guard !manifest.settings.isEmpty else { return "" }
    let rows = manifest.settings.map { setting in
      [
        setting.name, setting.form.rawValue, setting.required ? "required" : Self.text(of: setting.standard),
        setting.meaning + (setting.secret ? " (secret)" : ""),
      ]
    }
    return "\n" + Table(header: ["SETTING", "TYPE", "DEFAULT", "MEANING"], rows: rows).text
  }

  private static func text(of value: SettingValue?) -> String {
    switch value {
    case nil: "-"
    case .string(let text): text.isEmpty ? "\"\"" : text
    case .integer(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .list(let items): "[\(items.joined(separator: ", "))]"
    }
  }
}
