/// A command of the program.
protocol Command: SendableMetatype {
  static var name: String { get }
  /// What follows the name: "PROVIDER TITLE".
  static var parameters: String { get }
  /// One sentence.
  static var summary: String { get }
  static var options: [Option] { get }

  /// Does it; returns when done. Throws why it could not.
  static func run(_ arguments: Arguments, _ place: Place) throws(CommandError)
}

extension Command {
  static var parameters: String { "" }
  static var options: [Option] { [] }

  /// The text of `usher NAME --help`.
  static var help: String {
    var text = "usage: usher \(name)\(parameters.isEmpty ? "" : " " + parameters) [OPTION …]\n\n\(summary)\n\noptions:\n"
    let rows = (options + Place.options).map { option in
      ["  --\(option.name)\(option.value.map { " " + $0 } ?? "")", option.help]
    }
    text += Table(rows: rows).text
    return text
  }
}

/// Every command, in the order of the help.
let commands: [any Command.Type] = [
  ServeCommand.self, PluginsCommand.self, CheckCommand.self, ConfigCommand.self, MatchCommand.self, ItemCommand.self,
  CacheCommand.self, ParseCommand.self,
]
