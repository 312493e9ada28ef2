import Glibc

/// The program's version, as `--version`, `/health` and the providers' root documents tell it.
let usherVersion = "0.1.0"

@main
enum Main {
  static func main() {
    // A client that hangs up must not end the program.
    signal(SIGPIPE, SIG_IGN)
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Output.error("usher: \(error)")
      exit(error.status)
    }
  }

  private static func run(_ line: [String]) throws(CommandError) {
    guard let name = line.first, name != "--help", name != "help" else {
      Output.text(help)
      return
    }
    if name == "--version" {
      Output.text("usher \(usherVersion)\n")
      return
    }
    guard let command = commands.first(where: { $0.name == name }) else {
      throw .usage("there is no command '\(name)'")
    }
    let arguments = try Arguments(Array(line.dropFirst()), options: command.options + Place.options + Place.everywhere)
    if arguments.has("help") {
      Output.text(command.help)
    } else if arguments.has("version") {
      Output.text("usher \(usherVersion)\n")
    } else {
      try command.run(arguments, Place(arguments))
    }
  }

  private static var help: String {
    """
    usage: usher COMMAND [OPTION …]

    Answers media servers from many sources of metadata.

    commands:
    \(Table(rows: commands.map { ["  \($0.name)", $0.summary] }).text)
    'usher COMMAND --help' tells more. Exit status: 0 done, 1 failed or not found, 2 wrong usage or configuration.

    """
  }
}
