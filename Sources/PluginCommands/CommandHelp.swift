public import MetadataModel
public import Terminal

/// The help of a plugin's commands.
public struct CommandHelp: Sendable {
  private let plugin: PluginManifest

  /// Options that the host gives every command of a plugin.
  public static let hostOptions = [
    Option("json", nil, "JSON instead of text"),
    Option("config", "FILE", "the configuration, 'plugins.json' in the working directory otherwise"),
    Option("data", "DIR", "the data folder, instead of 'data' in the configuration"),
    Option("help", nil, "this text"),
    Option("version", nil, "the plugin's version"),
  ]

  public init(_ plugin: PluginManifest) { self.plugin = plugin }

  /// What there is: a row per command.
  public var overview: String {
    """
    usage: usher \(plugin.id) COMMAND [OPTION …]

    Commands of the plugin '\(plugin.id)' (\(plugin.title) \(plugin.version)).

    commands:
    \(Table(rows: plugin.commands.map { ["  \($0.name)", $0.summary] }).text)
    'usher \(plugin.id) COMMAND --help' tells more. \(Self.exits)

    """
  }

  private static let exits =
    "Exit status: 0 done, 1 failed or not found, 2 wrong usage or configuration."

  /// All about one command.
  public func text(of command: CommandDescription) -> String {
    var text = "usage: usher \(plugin.id) \(usage(of: command))\n\n\(command.summary)\n"
    if !command.details.isEmpty { text += "\n\(command.details)\n" }
    if !command.words.isEmpty {
      let rows = command.words.map { ["  \($0.shownPlaceholder)", Self.help(of: $0)] }
      text += "\n" + Table(rows: rows).text
    }
    let own = command.options.map { ["  --\($0.name)\(Self.value(of: $0))", Self.help(of: $0)] }
    let hosts = Self.hostOptions.map { ["  --\($0.name)\($0.value.map { " " + $0 } ?? "")", $0.help] }
    text += "\noptions:\n" + Table(rows: own + hosts).text
    guard !command.exits.isEmpty else { return text }
    return text + "\nexit status:\n" + Table(rows: command.exits.map { ["  \($0.status)", $0.meaning] }).text
  }

  private func usage(of command: CommandDescription) -> String {
    let words = command.words.map { word in
      let shown = word.shownPlaceholder + (word.repeatable ? "…" : "")
      return word.required ? shown : "[\(shown)]"
    }
    let required = command.options.filter(\.required).map { "--\($0.name)\(Self.value(of: $0))" }
    return ([command.name] + words + required + ["[OPTION …]"]).joined(separator: " ")
  }

  private static func value(of option: CommandParameter) -> String {
    option.form == .flag ? "" : " \(option.shownPlaceholder)"
  }

  private static func help(of parameter: CommandParameter) -> String {
    var help = parameter.help
    if case .choice(let choices) = parameter.form, choices.count > 4 || !parameter.placeholder.isEmpty {
      help += " (\(choices.joined(separator: ", ")))"
    }
    if parameter.form == .secret { help += " (- reads it from standard input)" }
    if parameter.repeatable { help += " (may be repeated)" }
    return help
  }
}
