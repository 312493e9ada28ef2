extension CommandDescription {
  /// Options that the host gives every command; no parameter may take their names.
  public static let hostOptions: Set<String> = ["help", "version", "json", "config", "data"]

  /// What is wrong with a manifest's commands, as a sentence; nil when they can be offered.
  public static func fault(in commands: [CommandDescription]) -> String? {
    var names: Set<String> = []
    for command in commands {
      guard names.insert(command.name).inserted else { return "there are two commands '\(command.name)'" }
      if let fault = command.fault { return "command '\(command.name)': \(fault)" }
    }
    return nil
  }

  private var fault: String? {
    let parts = name.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ Self.isWord($0) && $0.first != "-" }) else {
      return "its name must be words of a to z, 0 to 9 and hyphens with one space between"
    }
    if summary.isEmpty { return "it has no summary" }
    var names = Self.hostOptions
    for parameter in words + options {
      guard Self.isWord(parameter.name), parameter.name.first != "-" else {
        return "'\(parameter.name)' is no name for a parameter: letters, digits and hyphens"
      }
      guard names.insert(parameter.name).inserted else {
        return Self.hostOptions.contains(parameter.name)
          ? "'\(parameter.name)' belongs to the host" : "two parameters are named '\(parameter.name)'"
      }
      if case .choice(let choices) = parameter.form, choices.isEmpty { return "'\(parameter.name)' has no choices" }
    }
    if let exit = exits.first(where: { !(0...2).contains($0.status) }) {
      return "exit status \(exit.status) is none of 0, 1 and 2"
    }
    return faultInWords
  }

  private var faultInWords: String? {
    if let flag = words.first(where: { $0.form == .flag }) { return "the word '\(flag.name)' cannot be a flag" }
    if let early = words.dropLast().first(where: \.repeatable) {
      return "the word '\(early.name)' is repeatable and not the last one"
    }
    let optional = words.firstIndex { !$0.required } ?? words.count
    if let late = words[optional...].first(where: \.required) {
      return "the word '\(late.name)' is required and follows one that is not"
    }
    return nil
  }

  private static func isWord(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 40
      && text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
