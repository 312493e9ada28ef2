/// One rule of the plugin contract that can be tried out on a library.
public struct Check: Sendable, Hashable {
  /// One word with hyphens: what `--only` takes.
  public let name: String
  /// What holds for a plugin that passes.
  public let sentence: String
}

/// How a check went.
public struct CheckResult: Sendable, Hashable, Codable {
  public var name: String
  public var sentence: String
  public var passed: Bool
  /// What was seen: why it failed, or why it does not apply. May be empty.
  public var detail: String

  public init(_ check: Check, passed: Bool, detail: String) {
    name = check.name
    sentence = check.sentence
    self.passed = passed
    self.detail = detail
  }
}

/// What was seen that must not be, as a sentence.
struct CheckFailure: Error {
  let detail: String
  init(_ detail: String) { self.detail = detail }
}

/// A check and how it is made. `run` gives a remark, mostly an empty one, and throws when the check fails.
struct Trial: Sendable {
  let check: Check
  let run: @Sendable (Bench) throws -> String

  init(_ name: String, _ sentence: String, _ run: @escaping @Sendable (Bench) throws -> String) {
    check = Check(name: name, sentence: sentence)
    self.run = run
  }
}
