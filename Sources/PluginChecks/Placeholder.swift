public struct Check: Sendable { public var name = "" }
public struct CheckResult: Sendable, Encodable { public var name = "", text = "", detail = "", passed = false }
public enum PluginChecker {
  public static let checks: [Check] = []
  public static func runAll(library: String, program: String) -> [CheckResult] { [] }
  public static func runOne(_ name: String, library: String) -> CheckResult { CheckResult() }
}
