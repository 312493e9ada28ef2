import CUsher
import MetadataModel
import PluginCalls
import PluginHosting
import Support

/// Checks of commands. They run with made-up arguments, without a network and in a scratch folder.
enum CommandChecks {
  static let all: [Trial] = [
    Trial("unknown-command", "A command that it does not have, or a request that is none, is a bad request.") { bench in
      guard let subject = try subject(bench) else { return none }
      let texts = ["", "nonsense", "[]", "{}", "{\"command\":5}", "{\"command\":\"no such command\",\"arguments\":{}}"]
      for text in texts {
        let outcome = subject.run(Array(text.utf8), cancelledAfter: 2_000).outcome
        guard case .returned(USHER_BAD_REQUEST, _) = outcome else {
          throw CheckFailure("run with '\(text)' gave \(RequestChecks.text(outcome)), expected BAD_REQUEST")
        }
      }
      return ""
    },
    Trial("command-events", "While its service is down its commands say what can be printed, or fail with a sentence.")
    {
      bench in
      guard let subject = try subject(bench) else { return none }
      let heard = Lock(0)
      for (command, request) in requests(subject) {
        let outcome = subject.run(request, cancelledAfter: 700) { _ in heard.withLock { $0 += 1 } }.outcome
        if let complaint = complaint(about: outcome, of: subject) {
          throw CheckFailure("'\(command)': \(complaint)")
        }
      }
      return "\(subject.manifest.commands.count) commands, \(heard.withLock { $0 }) events"
    },
    Trial("command-stops", "A command returns within a second after it was cancelled.") { bench in
      guard let subject = try subject(bench, .hangs) else { return none }
      for (command, request) in requests(subject) {
        let milliseconds = subject.run(request, cancelledAfter: 100).milliseconds
        guard milliseconds <= 1_100 else {
          throw CheckFailure("'\(command)' came back \(milliseconds - 100) ms after it was cancelled")
        }
      }
      return "\(subject.manifest.commands.count) commands"
    },
  ]

  private static let none = "does not apply: it has no commands"

  private static func subject(
    _ bench: Bench, _ behaviour: CheckServices.Behaviour = .answers(503)
  ) throws -> Subject? {
    guard try bench.manifest().interfaces.contains(USHER_COMMANDS) else { return nil }
    return try bench.opened(behaviour)
  }

  /// A request per command, with all that it requires.
  private static func requests(_ subject: Subject) -> [(command: String, request: [UInt8])] {
    subject.manifest.commands.compactMap { command in
      let required = (command.words + command.options).filter(\.required)
      let arguments = Dictionary(required.map { ($0.name, sample($0)) }, uniquingKeysWith: { first, _ in first })
      let request = CommandRequest(command.name, arguments, providers: [Sample.provider])
      return (try? JSONCoding.encode(request)).map { (command.name, $0) }
    }
  }

  private static func sample(_ parameter: CommandParameter) -> CommandValue {
    let value: CommandValue =
      switch parameter.form {
      case .text, .secret: "check"
      case .path: "/usher-check/nothing-is-here"
      case .integer: 1
      case .flag: true
      case .choice(let choices): .text(choices.first ?? "")
      }
    return parameter.repeatable ? .list([value]) : value
  }

  /// A run may fail, for there is no service; not by a fault of its own, and not without a word.
  private static func complaint(about outcome: CallOutcome, of subject: Subject) -> String? {
    do throws(PluginError) {
      _ = try subject.plugin.reply(of: outcome)
      return nil
    } catch {
      if error.kind == .fault { return error.text }
      guard case .returned(let status, let reply) = outcome, reply.bytes?.isEmpty ?? true else { return nil }
      return "failed with status \(status) and gave no sentence"
    }
  }
}
