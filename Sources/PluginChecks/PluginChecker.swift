/// The contract checks behind `usher check`.
public enum PluginChecker {
  private static let trials = LoadChecks.all + RequestChecks.all + TimeChecks.all + CommandChecks.all

  /// All checks, in the order in which they are made.
  public static var checks: [Check] { trials.map(\.check) }

  /// Makes each check in a child process, so that a crash or a hang is a failed check. `program` is called as
  /// `program check LIBRARY --only NAME`; it must call `runOne`, print the detail and end with 0 when it passed, 1 when
  /// not. When the library cannot be loaded, the rest is not tried. Blocks.
  public static func runAll(
    library: String, program: String, timeoutMilliseconds: Int64 = 10_000
  ) -> [CheckResult] {
    var results: [CheckResult] = []
    var isLoadable = true
    for check in checks {
      guard isLoadable else {
        results.append(CheckResult(check, passed: false, detail: "not tried, because the plugin does not load"))
        continue
      }
      let arguments = [program, "check", library, "--only", check.name]
      var (passed, detail) = ChildProcess.run(arguments, timeoutMilliseconds: timeoutMilliseconds).verdict
      // Whatever else the machine does can only add to the time: the least of three tries is the plugin's own.
      for _ in 0..<2 where !passed && check.name == LoadChecks.timed {
        (passed, detail) = ChildProcess.run(arguments, timeoutMilliseconds: timeoutMilliseconds).verdict
      }
      results.append(CheckResult(check, passed: passed, detail: detail))
      if !passed, LoadChecks.preconditions.contains(check.name) { isLoadable = false }
    }
    return results
  }

  /// Makes one check in this process, which a bad plugin may crash or hang. Blocks.
  public static func runOne(_ name: String, library: String) -> CheckResult {
    guard let trial = trials.first(where: { $0.check.name == name }) else {
      let known = checks.map(\.name).joined(separator: ", ")
      return CheckResult(
        Check(name: name, sentence: ""), passed: false, detail: "there is no check '\(name)'; there are \(known)")
    }
    defer { ScratchFolder.remove() }
    do {
      return CheckResult(trial.check, passed: true, detail: try trial.run(Bench(library: library)))
    } catch {
      return CheckResult(trial.check, passed: false, detail: (error as? CheckFailure)?.detail ?? "\(error)")
    }
  }
}
