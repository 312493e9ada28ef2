import Glibc

/// A program made of commands: shows a command line to the one that it names, tells help and version.
public struct Program {
  private let name: String
  private let version: String
  private let summary: String
  private let commands: [any Command.Type]
  private let options: [Option]
  private let more: (any MoreCommands)?

  /// Options that need no explanation beside each command.
  private static let everywhere = [Option("help", nil, "this text"), Option("version", nil, "the version")]

  /// `options` are those that every command has; `more` is asked for a word that names no command.
  public init(
    name: String, version: String, summary: String, commands: [any Command.Type], options: [Option],
    more: (any MoreCommands)? = nil
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.commands = commands
    self.options = options
    self.more = more
  }

  /// Does what the line after the program's name says; when that fails, tells why and ends the process.
  public func run(_ line: [String]) {
    do {
      try perform(line)
    } catch {
      var sentence = "\(name): \(error)"
      if case .usage = error { sentence += "; see '\(name) --help'" }
      if case .misuse(_, let help) = error { sentence += "; see '\(help)'" }
      Output.error(sentence)
      exit(error.status)
    }
  }

  private func perform(_ line: [String]) throws(CommandError) {
    guard let word = line.first, word != "--help", word != "help" else {
      Output.text(help)
      return
    }
    if word == "--version" {
      Output.text("\(name) \(version)\n")
      return
    }
    guard let command = commands.first(where: { $0.name == word }) else {
      if let more, try more.run(word, Array(line.dropFirst())) { return }
      throw .usage("there is no command '\(word)'")
    }
    let arguments = try Arguments(Array(line.dropFirst()), options: command.options + options + Self.everywhere)
    if arguments.has("help") {
      Output.text(help(of: command))
    } else if arguments.has("version") {
      Output.text("\(name) \(version)\n")
    } else {
      try command.run(arguments)
    }
  }

  private var help: String {
    """
    usage: \(name) COMMAND [OPTION …]

    \(summary)

    commands:
    \(Table(rows: commands.map { ["  \($0.name)", $0.summary] }).text + (more?.help ?? ""))
    '\(name) COMMAND --help' tells more. Exit status: 0 done, 1 failed or not found, 2 wrong usage or configuration.

    """
  }

  private func help(of command: any Command.Type) -> String {
    let parameters = command.parameters.isEmpty ? "" : " " + command.parameters
    let rows = (command.options + options).map { option in
      ["  --\(option.name)\(option.value.map { " " + $0 } ?? "")", option.help]
    }
    return "usage: \(name) \(command.name)\(parameters) [OPTION …]\n\n\(command.summary)\n\noptions:\n"
      + Table(rows: rows).text
  }
}
