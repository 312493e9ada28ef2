import Glibc
import Terminal
import Wiring

@main
enum Main {
  /// In the order of the help.
  private static let commands: [any Command.Type] = [
    ServeCommand.self, PluginsCommand.self, CheckCommand.self, ConfigCommand.self, MatchCommand.self, ItemCommand.self,
    PinCommand.self, PinsCommand.self, UnpinCommand.self, UnmatchedCommand.self, CacheCommand.self, ParseCommand.self,
  ]

  static func main() {
    // A client that hangs up must not end the program.
    signal(SIGPIPE, SIG_IGN)
    let program = Program(
      name: "usher", version: usherVersion, summary: "Answers media servers from many sources of metadata.",
      commands: commands, options: Place.options, more: PluginCommands())
    program.run(Array(CommandLine.arguments.dropFirst()))
  }
}
