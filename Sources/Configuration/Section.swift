import ConfigurationText

/// What is wrong so far, and what strings are filled in from.
final class Report {
  /// Nobody reads more, and a sentence with advice takes time.
  static let maximumProblems = 100

  let environment: [String: String]
  private(set) var problems: [ConfigurationProblem] = []
  private var count = 0

  init(environment: [String: String]) { self.environment = environment }

  /// What comes after the hundredth is only counted, and not made into a sentence.
  func add(_ position: TextPosition?, _ message: @autoclosure () -> String) {
    count += 1
    if count <= Self.maximumProblems { problems.append(ConfigurationProblem(position, message())) }
    if count == Self.maximumProblems + 1 {
      problems.append(ConfigurationProblem(nil, "more than \(Self.maximumProblems) mistakes; here are some of them"))
    }
  }
}

/// A string of the file.
struct Text {
  /// With environment variables filled in.
  var value: String
  /// As it stands in the file: this is shown, because a variable may hold a secret.
  var written: String
  var position: TextPosition
}

/// One object of the file: gives its members in the types they must have, and reports those that do not.
struct Section {
  /// For sentences: "plugin 'tmdb'".
  let name: String
  let position: TextPosition
  let members: [JSONMember]
  let report: Report

  /// Reports a value that is no object and, unless `known` is nil, names that are not known.
  init?(_ node: JSONNode, _ name: String, known: [String]?, _ report: Report) {
    guard case .object(let members) = node.value else {
      report.add(node.position, "\(name): expected an object, found \(node.kind)")
      return nil
    }
    self.name = name
    self.position = node.position
    self.members = members
    self.report = report
    guard let known else { return }
    for member in members where !known.contains(member.name) {
      report.add(
        member.position,
        "unknown key '\(member.name.prefix(40))' in \(name); \(Suggestion.text(for: member.name, among: known))")
    }
  }

  func member(_ key: String) -> JSONMember? { members.first { $0.name == key } }

  /// The string under `key`; nil when it is missing or has been reported.
  func text(_ key: String) -> Text? {
    guard let node = member(key)?.node else { return nil }
    return text(node, key)
  }

  /// Like `text`, and reports when it is missing; `example` is what could stand there, as JSON.
  func requiredText(_ key: String, example: String) -> Text? {
    requireMember(key, example: example) ? text(key) : nil
  }

  func requireMember(_ key: String, example: String) -> Bool {
    if member(key) != nil { return true }
    report.add(position, "\(name) has no '\(key)'; add one, for example \"\(key)\": \(example)")
    return false
  }

  func boolean(_ key: String) -> Bool? {
    guard let node = member(key)?.node else { return nil }
    guard case .boolean(let value) = node.value else { return mismatch(node, key, "true or false") }
    return value
  }

  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node = member(key)?.node else { return nil }
    switch node.value {
    case .integer(let value) where range.contains(value): return value
    case .integer, .number: return outside(node, key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    default: return mismatch(node, key, "a number")
    }
  }

  /// A number above 0 and up to `limit`.
  func positiveNumber(_ key: String, upTo limit: Double) -> Double? {
    number(key, "a number above 0 and up to \(Int(limit))") { $0 > 0 && $0 <= limit }
  }

  /// A number from 0 to 1.
  func share(_ key: String) -> Double? { number(key, "a number from 0 to 1") { (0...1).contains($0) } }

  /// The strings of a list; those that are something else are reported and left out.
  func texts(_ key: String) -> [Text]? {
    guard let node = member(key)?.node else { return nil }
    guard case .list(let elements) = node.value else { return mismatch(node, key, "a list of strings") }
    return elements.compactMap { text($0, key) }
  }

  /// Like `texts`, for a list in which null may stand too.
  func textsAndNulls(_ key: String) -> [Text?]? {
    guard let node = member(key)?.node else { return nil }
    guard case .list(let elements) = node.value else { return mismatch(node, key, "a list of strings and null") }
    return elements.compactMap { element -> Text?? in
      if case .null = element.value { return .some(nil) }
      return text(element, key).map { .some($0) }
    }
  }

  /// Reports a list of strings that is empty or has one of them twice.
  func checkList(_ key: String, _ texts: [Text], whenEmpty advice: String) {
    if let node = member(key)?.node, case .list(let elements) = node.value, elements.isEmpty {
      report.add(node.position, "'\(key)' of \(name) is empty; \(advice)")
    }
    var seen: Set<String> = []
    for text in texts where !seen.insert(text.value).inserted {
      report.add(text.position, "'\(key)' of \(name): '\(text.written.prefix(40))' stands here twice; keep one")
    }
  }

  /// One of a few words.
  func choice(_ key: String, among words: [String]) -> String? {
    guard let text = text(key) else { return nil }
    if words.contains(text.value) { return text.value }
    report.add(
      text.position,
      "'\(key)' of \(name): '\(text.written.prefix(40))' is not known; "
        + Suggestion.text(for: text.written, among: words))
    return nil
  }

  private func text(_ node: JSONNode, _ key: String) -> Text? {
    guard case .string(let written) = node.value else { return mismatch(node, key, "a string") }
    switch Substitution.of(written, report.environment) {
    case .text(let value): return Text(value: value, written: written, position: node.position)
    case .missing(let variable):
      report.add(node.position, "the environment variable \(variable) is not set; set it or write the value here")
    case .malformed(let sentence): report.add(node.position, sentence)
    }
    return nil
  }

  private func number(_ key: String, _ expected: String, _ fits: (Double) -> Bool) -> Double? {
    guard let node = member(key)?.node else { return nil }
    let value: Double
    switch node.value {
    case .integer(let integer): value = Double(integer)
    case .number(let number): value = number
    default: return mismatch(node, key, "a number")
    }
    return fits(value) ? value : outside(node, key, expected)
  }

  private func mismatch<Value>(_ node: JSONNode, _ key: String, _ expected: String) -> Value? {
    report.add(node.position, "'\(key)' of \(name): expected \(expected), found \(node.kind)")
    return nil
  }

  private func outside<Value>(_ node: JSONNode, _ key: String, _ expected: String) -> Value? {
    report.add(node.position, "'\(key)' of \(name): expected \(expected)")
    return nil
  }
}
