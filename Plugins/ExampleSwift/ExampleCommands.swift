import UsherKit

/// `usher exampleswift …`: a plugin that is a source may have commands beside. One that has nothing else is exported
/// with `PluginExport(commands:manifest:)`.
struct ExampleCommands: CommandProvider {
  /// The host reads and checks the command line by this, and writes the help from it.
  static let commands = [
    CommandDescription(
      "list", "Lists the works of the built-in catalogue.",
      words: [CommandParameter("text", .text, "what the title has in it; all works otherwise")],
      options: [
        CommandParameter("kind", .choice(["movie", "show"]), "movies or shows alone"),
        CommandParameter("after", .integer, placeholder: "YEAR", "later works alone"),
      ],
      exits: [CommandExit(1, "no work fits")])
  ]

  init(_ host: HostContext) throws {}

  func run(_ command: CommandRequest, _ output: CommandOutput, _ host: HostContext) async throws {
    let text = command.text("text")?.lowercased() ?? ""
    let works = catalogue.filter { work in
      (text.isEmpty || work.title.lowercased().contains(text)) && work.year > (command.integer("after") ?? 0)
        && (command.text("kind") ?? work.kind.rawValue) == work.kind.rawValue
    }
    guard !works.isEmpty else { throw PluginError(.notFound, "no work of the catalogue fits") }
    output.table(
      ["title", CommandColumn("year", "YEAR", .right), "kind", "director"],
      works.map { [.text($0.title), .integer($0.year), .text($0.kind.rawValue), .text($0.director)] })
  }
}
