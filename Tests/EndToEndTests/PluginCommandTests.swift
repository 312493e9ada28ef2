import Foundation
import Support
import TestSupport
import Testing

/// Commands of plugins, through the built program and built libraries.
@Suite(.serialized) @OwnThread struct PluginCommandTests {
  private let usher: UsherProgram
  private let environment: [String: String]

  init() throws {
    usher = try UsherProgram(configuration: "{}")
    environment = ["USHER_PLUGIN_PATH": try CommandProbe.folder()]
  }

  private func probe(_ arguments: String...) throws -> UsherProgram.Outcome {
    try usher.run(["commandprobe"] + arguments, environment: environment)
  }

  @Test func helpNamesPluginsWithCommandsTheirCommandsAndTheirArguments() throws {
    let program = try usher.run(["--help"], environment: environment)
    #expect(program.output.contains("commandprobe COMMAND") && program.output.contains("exampleswift COMMAND"))
    #expect(!program.output.contains("tvmaze COMMAND"))
    for line in [[], ["--help"], ["help"]] {
      let plugin = try usher.run(["commandprobe"] + line, environment: environment)
      #expect(plugin.status == 0 && plugin.output.contains("  hello "), "\(plugin)")
    }
    let command = try probe("fetch", "--help")
    #expect(command.status == 0 && command.output.hasPrefix("usage: usher commandprobe fetch URL [OPTION …]"))
    #expect(command.output.contains("--forbidden") && command.output.contains("--json"))
    #expect(try probe("hello", "--version").output == "commandprobe 1.0.0\n")
  }

  @Test func helpNeedsNoConfiguration() throws {
    try FileManager.default.removeItem(at: usher.folder.appendingPathComponent("plugins.json"))
    #expect(try probe("hello", "--help").status == 0)
    let run = try probe("hello")
    #expect(run.status == 2 && run.errors.contains("plugins.json"))
  }

  @Test func textGoesToOutputAndNotesToErrors() throws {
    let outcome = try probe("hello")
    #expect(outcome.status == 0)
    #expect(outcome.output == "hello\n")
    #expect(outcome.errors == "a note\nwarning: be [31mware\n")
  }

  @Test func jsonIsOneDocumentAndNothingElse() throws {
    let outcome = try probe("hello", "--json")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect((value?["hello"] as? [Any])?.count == 3, "\(outcome)")
    #expect(outcome.errors.hasPrefix("a note\n"))
  }

  @Test func aCommandThatRunsOnPrintsALineAValue() throws {
    #expect(try probe("lines", "--json").output == "{\"n\":1}\n{\"n\":2}\n")
  }

  @Test(arguments: [["list"], ["list", "--json"]])
  func bothExamplesListTheirCatalogue(line: [String]) throws {
    for id in ["examplec", "exampleswift"] {
      let outcome = try usher.run([id] + line + ["nosferatu"])
      #expect(outcome.status == 0 && outcome.output.contains("F. W. Murnau"), "\(id): \(outcome)")
    }
  }

  @Test(arguments: [
    ["nonsense"], ["hello", "more"], ["hello", "--quiet"], ["fetch"], ["--loud", "hello"], ["refuse"],
  ])
  func wrongUsageEndsWithTwoAndOneSentence(line: [String]) throws {
    let outcome = try usher.run(["commandprobe"] + line, environment: environment)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.hasPrefix("usher: ") && outcome.errors.contains("see 'usher commandprobe"), "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome)")
  }

  @Test func failureEndsWithOneAndItsSentence() throws {
    let nothing = try usher.run(["examplec", "list", "no such film"])
    #expect(nothing.status == 1 && nothing.errors == "usher: no film of the catalogue fits\n", "\(nothing)")
    let wrong = try probe("wrong")
    #expect(wrong.status == 1 && wrong.errors.contains("'dance' is none of table, text"), "\(wrong)")
  }

  @Test func aPluginWithoutCommandsSaysSo() throws {
    let outcome = try usher.run(["tvmaze"])
    #expect(outcome.status == 2 && outcome.errors.contains("plugin 'tvmaze' has no commands"), "\(outcome)")
  }

  @Test func aPluginThatIsSwitchedOffRunsNothing() throws {
    try usher.write(#"{ "plugins": { "examplec": { "enabled": false } } }"#, to: "plugins.json")
    let outcome = try usher.run(["examplec", "list"])
    #expect(outcome.status == 1 && outcome.errors.contains("switched off in plugins.json"), "\(outcome)")
  }

  @Test func barsAreDrawnOnATerminalAlone() throws {
    let piped = try probe("bars")
    #expect(piped.output == "done\n" && piped.errors.isEmpty, "\(piped)")
    // `script`, of the base system, gives a program a terminal.
    let script = Process()
    script.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    script.arguments = ["-qec", "'\(UsherProgram.program.path)' commandprobe bars", "/dev/null"]
    script.currentDirectoryURL = usher.folder
    script.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }.merging(["TERM": "xterm"]) {
      $1
    }
    let screen = Pipe()
    script.standardInput = FileHandle.nullDevice
    script.standardOutput = screen
    try script.run()
    let drawn = String(decoding: screen.allData(), as: UTF8.self)
    script.waitUntilExit()
    #expect(drawn.contains("Items  [=====") && drawn.contains("100 %  10/10 items"), "\(drawn)")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalStopsACommandInOrder(signal: Int32) throws {
    let status: Int32 = signal == SIGINT ? 130 : 143
    let (process, output, errors) = try started("wait")
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == status)
    #expect(output.allData().isEmpty)
    #expect(String(decoding: errors.allData(), as: UTF8.self).contains("stopped by SIG"))
  }

  @Test func theSecondSignalEndsWhatMindsNoSignal() throws {
    let (process, _, _) = try started("stuck")
    kill(process.processIdentifier, SIGINT)
    #expect(process.isRunning)
    // The first signal must be taken before the next one: two of a kind that wait become one.
    while !Self.isTaken(process.processIdentifier) { usleep(1000) }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
  }

  @Test func aReaderThatGoesAwayEndsTheCommand() throws {
    let (output, errors) = (Pipe(), Pipe())
    let process = usher.process(["commandprobe", "forever"], environment)
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    #expect(!output.nextData().isEmpty)
    try output.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 141)
  }

  @Test func aCrashIsNamedAndKeepsNobodyElseFromStarting() throws {
    let outcome = try probe("crash")
    #expect(outcome.status == SIGSEGV, "\(outcome)")
    #expect(outcome.errors.contains("usher: plugin 'commandprobe' crashed"), "\(outcome)")
    try usher.write(#"{ "plugins": { "commandprobe": {} } }"#, to: "plugins.json")
    let plugins = try usher.run(["plugins"], environment: environment)
    #expect(plugins.output.contains("commandprobe  1.0.0") && !plugins.output.contains("failed"), "\(plugins)")
  }

  @Test func thePluginHasAFolderForItselfAlone() throws {
    let outcome = try probe("folder", "--data", "elsewhere")
    let folder = usher.folder.resolvingSymlinksInPath().appendingPathComponent("elsewhere/commandprobe").path
    #expect(outcome.output == "0 \(folder)\n", "\(outcome)")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder)
    #expect((attributes[.posixPermissions] as? Int) == 0o700)
  }

  @Test func aServerThatTheUserNamedIsAskedOverPlainHTTPAndNoOther() throws {
    let server = try LoopbackServer { request in
      let text =
        "\(request.method) \(request.headers["x-token"] ?? "-") \(String(decoding: request.body, as: UTF8.self))"
      return .response(status: 200, body: Array(text.utf8))
    }
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)/library?X=1"
    let allowed = try probe("fetch", url, "--token", "t0psecret")
    #expect(allowed.output == "0 http://127.0.0.1:\(server.port)\n0 200 PUT t0psecret a body\n", "\(allowed)")
    #expect(!allowed.errors.contains("t0psecret"))
    let refused = try probe("fetch", url, "--forbidden")
    #expect(refused.output.hasPrefix("2 0 ") && refused.output.contains("127.0.0.1"), "\(refused)")
    #expect(!refused.output.contains("X=1") && !refused.errors.contains("X=1"), "\(refused)")
  }

  /// Starts a command that says "waiting", and returns once it did.
  private func started(_ command: String) throws -> (Process, output: Pipe, errors: Pipe) {
    let process = usher.process(["commandprobe", command], environment)
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    #expect(String(decoding: output.nextData(), as: UTF8.self) == "waiting\n")
    return (process, output, errors)
  }

  /// True when no SIGINT waits for any thread of the process.
  private static func isTaken(_ process: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let pending = status.split(separator: "\n").first { $0.hasPrefix("ShdPnd:") }?.split(separator: "\t").last ?? "0"
    return (UInt64(pending, radix: 16) ?? 0) & (1 << UInt64(SIGINT - 1)) == 0
  }
}
