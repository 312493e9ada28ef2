import MetadataModel
import Terminal
import Testing

@testable import PluginCommands

@Suite struct CommandLineReaderTests {
  private static let commands = [
    CommandDescription("paths", "Shows the rules."),
    CommandDescription(
      "paths add", "Adds a rule.",
      words: [
        CommandParameter("from", required: true, "the path there"), CommandParameter("to", .path, "the path here"),
      ],
      options: [
        CommandParameter("limit", .integer, "how many"), CommandParameter("full", .flag, "all of it"),
        CommandParameter("kind", .choice(["movie", "show"]), "what"), CommandParameter("token", .secret, "the token"),
        CommandParameter("library", repeatable: true, "a library"),
      ]),
    CommandDescription(
      "find", "Finds titles.", words: [CommandParameter("title", required: true, repeatable: true, "the title")],
      options: [CommandParameter("server", placeholder: "NAME", required: true, "where to look")]),
  ]

  private func read(_ line: [String], secret: String? = nil) throws(CommandError) -> (String, [String: CommandValue]) {
    let reader = CommandLineReader(plugin: "demo", commands: Self.commands, workingFolder: "/home/a") { secret }
    let (command, rest) = try reader.command(of: line)
    return (command.name, try reader.read(try reader.words(rest, of: command), of: command).arguments)
  }

  @Test func theLongestNameIsTheCommand() throws {
    #expect(try read(["paths"]).0 == "paths")
    #expect(try read(["paths", "add", "/x"]).0 == "paths add")
  }

  @Test func argumentsHaveTheTypesOfTheirDescription() throws {
    let (_, values) = try read([
      "paths", "add", "--limit=-3", "D:\\Films", "films", "--full", "--kind", "show", "--library", "A", "--library=B C",
    ])
    #expect(
      values == [
        "from": "D:\\Films", "to": "/home/a/films", "limit": -3, "full": true, "kind": "show", "library": ["A", "B C"],
      ])
  }

  @Test func whatIsNotGivenIsLeftOut() throws { #expect(try read(["paths", "add", "/x"]).1 == ["from": "/x"]) }

  @Test func aRepeatableWordTakesTheRest() throws {
    #expect(
      try read(["find", "A", "B", "--server", "s", "--", "--C"]).1 == ["title": ["A", "B", "--C"], "server": "s"])
  }

  @Test func aSecretMayComeFromStandardInput() throws {
    #expect(try read(["paths", "add", "/x", "--token", "-"], secret: "t0p").1["token"] == "t0p")
    #expect(try read(["paths", "add", "/x", "--token", "t1p"], secret: "t0p").1["token"] == "t1p")
  }

  @Test(arguments: [
    (["nonsense"], "plugin 'demo' has no command 'nonsense'; it has: find, paths"),
    (["--full", "paths"], "the command comes first: usher demo COMMAND [OPTION …]"),
    (["paths", "add"], "FROM is missing: the path there"),
    (["paths", "add", "a", "b", "c"], "'paths add' takes no 'c'"),
    (["paths", "add", "a", "--limit", "many"], "option '--limit' takes a whole number, not 'many'"),
    (["paths", "add", "a", "--limit", "1", "--limit", "2"], "option '--limit' is given 2 times"),
    (["paths", "add", "a", "--kind", "song"], "option '--kind' takes movie, show, not 'song'"),
    (["paths", "add", "a", "--tokn=secret"], "unknown option '--tokn'"),
    (["paths", "add", "a", "--full=secret"], "option '--full' needs a value, or was given one that it does not take"),
    (["paths", "add", "a", "--token", "-"], "option '--token' is '-', and standard input is empty"),
    (["find", "a"], "option '--server' must be given: where to look"),
  ])
  func wrongLinesAreRefusedWithASentence(line: [String], sentence: String) {
    let error = #expect(throws: CommandError.self) { try read(line) }
    #expect(error?.description == sentence)
    #expect(error?.status == 2)
  }

  @Test func theMessageNamesTheHelpOfTheCommand() {
    let error = #expect(throws: CommandError.self) { try read(["paths", "add"]) }
    guard case .misuse(_, let help)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(help == "usher demo paths add --help")
  }
}
