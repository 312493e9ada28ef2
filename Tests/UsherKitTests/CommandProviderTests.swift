import TestSupport
import Testing
import UsherKit
import UsherKitTesting

/// Commands that do one thing each.
private struct Probe: CommandProvider {
  static let commands = [
    CommandDescription("ask", "Asks.", words: [CommandParameter("url", required: true, "where")]),
    CommandDescription("walk", "Moves a bar.", options: [CommandParameter("steps", .integer, "how many")]),
    CommandDescription("wait", "Waits."), CommandDescription("fail", "Fails."),
  ]

  private let folder: String?

  init(_ host: HostContext) throws { folder = try? host.dataDirectory() }

  func run(_ command: CommandRequest, _ output: CommandOutput, _ host: HostContext) async throws {
    switch command.name {
    case "ask":
      let url = command.text("url") ?? ""
      try host.allow(userHost: url)
      let answer = try await host.send(HTTPRequest(method: "DELETE", url: url, body: [1], timeout: 90))
      output.note("\(answer.status) \(folder ?? "-")")
      output.text("text")
      try output.value(["status": answer.status])
    case "walk":
      let steps = command.integer("steps") ?? 3
      for step in 0...steps { output.progress("walk", "Steps", done: step, total: steps, unit: "steps") }
      output.finish("walk")
      output.finish("never begun")
    case "wait": try await Task.sleep(for: .seconds(3600))
    default: throw PluginError(.notFound, "nothing there")
    }
  }
}

private let export = PluginExport(
  commands: Probe.self, manifest: PluginManifest(id: "probe", version: "1", title: "Probe", userHosts: true))

@Suite @OwnThread struct CommandProviderTests {
  private func host(_ folder: String? = "/data/probe") -> FakeHost {
    let host = FakeHost(dataDirectory: folder)
    host.answer("http://10.0.0.1:32400/", method: "DELETE", with: HTTPResponse(status: 204))
    return host
  }

  @Test func theManifestTellsTheCommands() throws {
    let plugin = try TableHost(host()).open(export.table(1))
    let manifest = try plugin.manifest()
    #expect(manifest.interfaces == ["commands/1"] && manifest.commands == Probe.commands && manifest.userHosts)
    #expect(plugin.interface(USHER_COMMANDS) != nil && plugin.interface(USHER_METADATA_SOURCE) == nil)
    plugin.close()
  }

  @Test func eventsFolderAndServersPassThroughTheTables() async throws {
    let host = host()
    let plugin = try TableHost(host).open(export.table(1))
    let outcome = try await plugin.run(CommandRequest("ask", ["url": "http://10.0.0.1:32400/"], isJSON: true))
    #expect(outcome.status == USHER_OK, "\(outcome)")
    #expect(outcome.events == [.note("204 /data/probe"), .text("text"), .value(["status": 204])])
    #expect(host.allowedUserHosts == ["http://10.0.0.1:32400/"])
    #expect(host.requests.map(\.timeout) == [90] && host.requests.map(\.body) == [[1]])
    plugin.close()
  }

  @Test func aCommandThatFailsHandsOverItsSentence() async throws {
    let plugin = try TableHost(host()).open(export.table(1))
    let failed = try await plugin.run(CommandRequest("fail"))
    #expect(failed.status == USHER_NOT_FOUND && failed.text == "nothing there")
    let unknown = try await plugin.run(CommandRequest("no such"))
    #expect(unknown.status == USHER_BAD_REQUEST && unknown.text == "there is no command 'no such'")
    let refused = try await plugin.run(CommandRequest("ask", ["url": "ftp://a"]))
    #expect(refused.status == USHER_BAD_REQUEST)
    plugin.close()
  }

  @Test func cancellationReachesTheTask() async throws {
    let plugin = try TableHost(host()).open(export.table(1))
    #expect(try await plugin.run(CommandRequest("wait"), cancelAfter: 20).status == USHER_CANCELLED)
    #expect(try await plugin.run(CommandRequest("wait"), cancelled: true).status == USHER_CANCELLED)
    plugin.close()
  }

  @Test func aBarThatMovesFastIsToldNowAndThenAndItsEndAlways() async throws {
    let plugin = try TableHost(host()).open(export.table(1))
    let events = try await plugin.run(CommandRequest("walk", ["steps": 100_000])).events
    #expect(events.count < 10_000, "\(events.count)")
    let end = CommandProgress(
      id: "walk", label: "Steps", done: 100_000, total: 100_000, unit: "steps", isFinished: true)
    #expect(events.last == .progress(end))
    plugin.close()
  }

  @Test func aRunAgainstFixturesKeepsEveryEvent() async throws {
    let walk = try await CommandRun(Probe.self, "walk", ["steps": 4])
    #expect(walk.error == nil && walk.progress.map(\.done) == [0, 1, 2, 3, 4, 4])
    #expect(try await CommandRun(Probe.self, "fail").error == PluginError(.notFound, "nothing there"))
    let text = try await CommandRun(Probe.self, "ask", ["url": "http://10.0.0.1:32400/"], host: host())
    #expect(text.values.isEmpty && text.notes.count == 1 && text.texts == ["text"])
  }

  @Test func aRunTakesOnlyWhatTheHostWouldPass() async {
    for (name, arguments) in [
      ("no such", [:]), ("ask", [:]), ("walk", ["steps": "three"]), ("walk", ["speed": 1]),
    ] as [(String, [String: CommandValue])] {
      await #expect(throws: PluginError.self) { try await CommandRun(Probe.self, name, arguments) }
    }
  }
}
