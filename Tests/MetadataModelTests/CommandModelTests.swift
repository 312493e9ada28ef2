import MetadataModel
import Testing

@Suite struct CommandModelTests {
  private func decoded<Value: Decodable>(_ text: String, _ type: Value.Type = Value.self) throws -> Value {
    try JSONCoding.decode(type, from: text.utf8)
  }

  @Test func aDescriptionSurvivesItsJSON() throws {
    let command = CommandDescription(
      "paths add", "Adds a rule.", words: [CommandParameter("from", required: true, "the path")],
      options: [
        CommandParameter("kind", .choice(["a", "b"]), placeholder: "KIND", "which"),
        CommandParameter("library", repeatable: true, "a library"), CommandParameter("token", .secret, "the token"),
      ], details: "More.", exits: [CommandExit(1, "nothing there")], streams: true)
    #expect(try JSONCoding.decode(CommandDescription.self, from: JSONCoding.encode(command)) == command)
  }

  @Test func onlyNamesAndSummaryMustBeThere() throws {
    let command: CommandDescription = try decoded(
      #"{"name":"a","summary":"Does.","words":[{"name":"b","type":"path"}],"later":1}"#)
    #expect(command == CommandDescription("a", "Does.", words: [CommandParameter("b", .path, "")]))
    let error = #expect(throws: (any Error).self) {
      _ = try decoded(#"{"name":"b","type":"date","help":""}"#, CommandParameter.self)
    }
    #expect(error.map(JSONCoding.path)?.contains("'date' is none of text, integer, flag") == true)
  }

  @Test(arguments: [
    CommandEvent.table(["title", CommandColumn("n", "N", .right)], rows: [["a", 1], [nil, 2.5]]), .text("a"),
    .note("b"),
    .warning("c"), .value(["a": [1, true, nil, "x", 0.5]]),
    .progress(CommandProgress(id: "a", label: "A", done: 1, total: 3, unit: "u", isFinished: true)),
  ])
  func anEventSurvivesItsJSON(event: CommandEvent) throws {
    #expect(try JSONCoding.decode(CommandEvent.self, from: JSONCoding.encode(event)) == event)
  }

  @Test(arguments: [
    (#"{"event":"dance"}"#, "'dance' is none of"), (#"{}"#, "event"), (#"{"event":"text"}"#, "text"),
    (#"{"event":"table","columns":[{"key":"a"}],"rows":[["x"],["y","z"]]}"#, "row 1 has 2 cells for 1 columns"),
    (#"{"event":"progress","id":"a"}"#, "done"),
  ])
  func whatIsNoEventIsRefusedWithItsReason(text: String, reason: String) {
    let error = #expect(throws: (any Error).self) { _ = try decoded(text, CommandEvent.self) }
    #expect(error.map(JSONCoding.path)?.contains(reason) == true)
  }

  @Test func argumentsAreReadByTheirTypes() throws {
    let request: CommandRequest = try decoded(
      #"{"command":"a","arguments":{"t":"x","n":5,"f":true,"l":["a","b"],"m":[1,2]},"json":true}"#)
    #expect(request.text("t") == "x" && request.text("n") == nil && request.integer("n") == 5)
    #expect(request.flag("f") && !request.flag("g") && request.isJSON)
    #expect(request.texts("l") == ["a", "b"] && request.integers("m") == [1, 2] && request.texts("none") == [])
  }

  @Test func soundCommandsHaveNoFault() {
    let commands = [
      CommandDescription("a", "Does a."),
      CommandDescription(
        "a b-2", "Does b.",
        words: [CommandParameter("x", required: true, ""), CommandParameter("y", repeatable: true, "")],
        options: [CommandParameter("dry-run", .flag, "")]),
    ]
    #expect(CommandDescription.fault(in: commands) == nil)
  }

  @Test(arguments: [
    (CommandDescription("", "S."), "its name must be words"),
    (CommandDescription("a  b", "S."), "its name must be words"),
    (CommandDescription("--a", "S."), "its name must be words"), (CommandDescription("a", ""), "it has no summary"),
    (CommandDescription("a", "S.", options: [CommandParameter("json", .flag, "")]), "'json' belongs to the host"),
    (CommandDescription("a", "S.", options: [CommandParameter("a b", .flag, "")]), "is no name for a parameter"),
    (
      CommandDescription(
        "a", "S.", words: [CommandParameter("x", .text, "")], options: [CommandParameter("x", .text, "")]),
      "two parameters are named 'x'"
    ),
    (CommandDescription("a", "S.", options: [CommandParameter("x", .choice([]), "")]), "'x' has no choices"),
    (CommandDescription("a", "S.", words: [CommandParameter("x", .flag, "")]), "the word 'x' cannot be a flag"),
    (
      CommandDescription(
        "a", "S.", words: [CommandParameter("x", repeatable: true, ""), CommandParameter("y", .text, "")]),
      "'x' is repeatable and not the last one"
    ),
    (
      CommandDescription(
        "a", "S.", words: [CommandParameter("x", .text, ""), CommandParameter("y", required: true, "")]),
      "'y' is required and follows one that is not"
    ),
    (CommandDescription("a", "S.", exits: [CommandExit(7, "odd")]), "exit status 7"),
  ])
  func faultsAreNamed(command: CommandDescription, reason: String) {
    #expect(CommandDescription.fault(in: [command])?.contains(reason) == true)
    #expect(CommandDescription.fault(in: [CommandDescription("x", "S."), CommandDescription("x", "S.")]) != nil)
  }
}
