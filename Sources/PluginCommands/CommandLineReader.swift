public import MetadataModel
public import Terminal

/// Reads what follows `usher <plugin id>`: which command it is, and its arguments, checked against the description.
public struct CommandLineReader: Sendable {
  /// A command line that can be run.
  public struct Line: Sendable {
    public let arguments: [String: CommandValue]
    public let isJSON: Bool
  }

  let plugin: String
  let commands: [CommandDescription]
  private let workingFolder: String
  private let readSecret: @Sendable () -> String?

  /// Relative paths start from `workingFolder`; `readSecret` gives a line of standard input.
  public init(
    plugin: String, commands: [CommandDescription], workingFolder: String,
    readSecret: @escaping @Sendable () -> String?
  ) {
    self.plugin = plugin
    self.commands = commands
    self.workingFolder = workingFolder
    self.readSecret = readSecret
  }

  /// The command that `line` begins with, the longest name first, and what follows it. Throws `.misuse`.
  public func command(of line: [String]) throws(CommandError) -> (command: CommandDescription, rest: [String]) {
    let candidates = commands.map { (command: $0, words: $0.name.split(separator: " ").map(String.init)) }
    let found = candidates.filter { line.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    if let found { return (found.command, Array(line.dropFirst(found.words.count))) }
    let help = "usher \(plugin) --help"
    guard let word = line.first, !word.hasPrefix("-") else {
      throw .misuse("the command comes first: usher \(plugin) COMMAND [OPTION …]", help: help)
    }
    let known = Set(candidates.compactMap(\.words.first)).sorted().joined(separator: ", ")
    throw .misuse("plugin '\(plugin)' has no command '\(word)'; it has: \(known)", help: help)
  }

  /// The words and options of `command`, as getopt sees them. Throws `.misuse`.
  public func words(_ rest: [String], of command: CommandDescription) throws(CommandError) -> Arguments {
    let options = command.options.map { Option($0.name, $0.form == .flag ? nil : $0.shownPlaceholder, $0.help) }
    do {
      return try Arguments(rest, options: options + CommandHelp.hostOptions)
    } catch {
      throw .misuse("\(error)", help: "usher \(plugin) \(command.name) --help")
    }
  }

  /// The values of all arguments, of the types that the description gives them. Throws `.misuse`.
  public func read(_ words: Arguments, of command: CommandDescription) throws(CommandError) -> Line {
    do throws(Fault) {
      var values: [String: CommandValue] = [:]
      for (parameter, texts) in try placed(words.words, of: command) {
        values[parameter.name] = try value(texts, of: parameter, called: parameter.shownPlaceholder)
      }
      for option in command.options {
        let name = "option '--\(option.name)'"
        guard words.has(option.name) else {
          if option.required { throw Fault("\(name) must be given: \(option.help)") }
          continue
        }
        values[option.name] =
          option.form == .flag ? .boolean(true) : try value(words.texts(option.name), of: option, called: name)
      }
      return Line(arguments: values, isJSON: words.has("json"))
    } catch {
      throw .misuse(error.text, help: "usher \(plugin) \(command.name) --help")
    }
  }

  private struct Fault: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  /// Which of the words belong to which parameter; those that were not given are left out.
  private func placed(
    _ words: [String], of command: CommandDescription
  ) throws(Fault) -> [(CommandParameter, [String])] {
    var rest = words[...]
    var placed: [(CommandParameter, [String])] = []
    for parameter in command.words {
      guard let word = rest.first else {
        if parameter.required { throw Fault("\(parameter.shownPlaceholder) is missing: \(parameter.help)") }
        break
      }
      placed.append((parameter, parameter.repeatable ? Array(rest) : [word]))
      rest = parameter.repeatable ? [] : rest.dropFirst()
    }
    if let word = rest.first { throw Fault("'\(command.name)' takes no '\(word)'") }
    return placed
  }

  private func value(
    _ texts: [String], of parameter: CommandParameter, called name: String
  ) throws(Fault) -> CommandValue {
    var values: [CommandValue] = []
    for text in texts { values.append(try value(text, of: parameter, called: name)) }
    if parameter.repeatable { return .list(values) }
    guard values.count == 1, let value = values.first else { throw Fault("\(name) is given \(values.count) times") }
    return value
  }

  private func value(
    _ text: String, of parameter: CommandParameter, called name: String
  ) throws(Fault) -> CommandValue {
    switch parameter.form {
    case .text, .flag: return .text(text)
    case .path: return .text(text.hasPrefix("/") ? text : "\(workingFolder)/\(text)")
    case .integer:
      guard let number = Int(text) else { throw Fault("\(name) takes a whole number, not '\(text)'") }
      return .integer(number)
    case .choice(let choices):
      guard choices.contains(text) else {
        throw Fault("\(name) takes \(choices.joined(separator: ", ")), not '\(text)'")
      }
      return .text(text)
    case .secret:
      guard text == "-" else { return .text(text) }
      guard let line = readSecret(), !line.isEmpty else { throw Fault("\(name) is '-', and standard input is empty") }
      return .text(line)
    }
  }
}

extension CommandParameter {
  /// What stands for the value in help and messages.
  var shownPlaceholder: String {
    if !placeholder.isEmpty { return placeholder }
    if case .choice(let choices) = form, choices.count <= 4 { return choices.joined(separator: "|") }
    return name.uppercased()
  }
}
