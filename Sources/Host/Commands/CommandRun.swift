import Configuration
import Glibc
import MetadataModel
import PluginCalls
import PluginCommands
import PluginHosting
import Support
import Terminal
import Wiring

/// One run of a plugin's command, from the signals that end it to the program's exit status.
struct CommandRun {
  let plugin: String
  let command: CommandDescription
  let arguments: CommandLineReader.Line

  /// Nobody hangs up on a command, so its deadline is one that never comes: ten years.
  private static let endlessMilliseconds: Int64 = 10 * 365 * 86_400_000

  /// Opens the plugin alone, runs the command, closes everything.
  func run(_ words: Arguments) throws(CommandError) {
    // Before any thread starts: each inherits the mask, so the signals wait for the thread below.
    let signals = StopSignals()
    CrashRecord.install(descriptor: STDERR_FILENO, before: "usher: plugin '", after: "' crashed\n")
    let place = Place(words)
    let configuration = try place.read()
    guard let entry = PluginEntries.entry(of: plugin, in: place) else {
      throw .failed("there is no library of plugin '\(plugin)'")
    }
    let runtime = try Runtime(
      configuration, place, dataFolder: words.text("data"), isHost: false, onlyPlugin: entry)
    defer { runtime.close() }
    guard let client = runtime.plugins.commands(plugin) else { throw .failed("plugin '\(plugin)' has no commands") }
    let printer = CommandPrinter(
      isJSON: arguments.isJSON, streams: command.streams, columns: TerminalWidth.ofErrors, time: runtime.time,
      // As SIGPIPE would: `usher … | head` ends when head does.
      output: { if !Output.delivers($0) { _exit(141) } }, errors: { Output.errorBytes($0) })
    let request = request(configuration)
    let call = CallInfo(
      requestID: "command", deadline: .after(milliseconds: Self.endlessMilliseconds, runtime.time))
    let stopped = Lock<String?>(nil)
    let result = Interruptible.run(signals, onSignal: { name in stopped.withLock { $0 = name } }) {
      () async throws(PluginError) in
      try await client.run(request, call: call) { printer.hear($0) }
    }
    printer.close()
    if let signal = stopped.withLock({ $0 }) { throw .stopped(signal) }
    guard case .failure(let error) = result else { return }
    if error.kind == .badRequest { throw .misuse(error.text, help: "usher \(plugin) \(command.name) --help") }
    throw .failed(error.text)
  }

  private func request(_ configuration: Configuration) -> CommandRequest {
    CommandRequest(
      command.name, arguments.arguments, isJSON: arguments.isJSON,
      providers: configuration.providers.map { $0.provider(version: usherVersion) },
      address: "http://\(configuration.listen)",
      mediaFolders: Dictionary(
        configuration.providers.filter { !$0.mediaFolders.isEmpty }.map { ($0.name, $0.mediaFolders) },
        uniquingKeysWith: { first, _ in first }))
  }
}

/// Work that SIGINT and SIGTERM end.
enum Interruptible {
  /// What `work` gives. The first signal cancels it, the second one ends the process at once. Blocks.
  static func run<Value: Sendable, Failure: Error>(
    _ signals: StopSignals, onSignal: @escaping @Sendable (String) -> Void,
    _ work: @escaping @Sendable () async throws(Failure) -> Value
  ) -> Result<Value, Failure> {
    let outcome = Lock<Result<Value, Failure>?>(nil)
    let done = Semaphore()
    let task = Task {
      let result: Result<Value, Failure>
      do throws(Failure) {
        result = .success(try await work())
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    Thread.start("signals") {
      onSignal(signals.wait())
      task.cancel()
      _exit(CommandError.stopped(signals.wait()).status)
    }
    while true {
      done.wait()
      if let result = outcome.withLock({ $0 }) { return result }
    }
  }
}
