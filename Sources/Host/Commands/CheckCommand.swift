import Glibc
import PluginChecks
import Terminal
import Wiring

/// `usher check LIBRARY.so`: does a plugin keep the contract?
enum CheckCommand: Command {
  static let name = "check"
  static let parameters = "LIBRARY.so"
  static let summary = "Checks that a plugin keeps the contract, a line per check."
  static let options = [
    Option("json", nil, "JSON instead of lines"),
    Option("only", "CHECK", "run this check alone, in this process"),
  ]

  static func run(_ arguments: Arguments) throws(CommandError) {
    guard arguments.words.count == 1 else { throw .usage("'check' takes one library") }
    let library = Place.absolute(arguments.words[0])
    if let name = arguments.text("only") { return try runOne(name, library) }
    let results = PluginChecker.runAll(library: library, program: ProgramFile.path)
    if arguments.has("json") {
      try Output.json(results)
    } else {
      for result in results {
        let remark = result.passed || result.detail.isEmpty ? result.sentence : result.detail
        Output.text("\(result.passed ? "ok    " : "FAILED") \(result.name): \(remark)\n")
      }
    }
    let failed = results.filter { !$0.passed }.count
    if failed > 0 { throw .failed("\(failed) of \(results.count) checks failed for \(library)") }
  }

  /// In the child process: the outcome goes to standard output, success or failure into the exit status.
  private static func runOne(_ name: String, _ library: String) throws(CommandError) {
    guard PluginChecker.checks.contains(where: { $0.name == name }) else {
      let known = PluginChecker.checks.map(\.name).joined(separator: ", ")
      throw .usage("there is no check '\(name)'; there are: \(known)")
    }
    let result = PluginChecker.runOne(name, library: library)
    Output.text("\(result.detail)\n")
    // Not `return`: threads of the plugin may still run, and its destructors are none of this check's business.
    _exit(result.passed ? 0 : 1)
  }
}
