/// A command that a plugin adds: `usher <plugin id> <name>`. Stands in the manifest's `commands`.
public struct CommandDescription: Hashable, Sendable, Codable {
  /// One or more words of a–z, 0–9 and hyphens, one space between: "sync", "paths add".
  public var name: String
  /// One sentence for the list of commands.
  public var summary: String
  /// What stands on the line without a name, in this order.
  public var words: [CommandParameter]
  /// What stands on the line as `--name`, anywhere.
  public var options: [CommandParameter]
  /// More for `--help`; empty when the summary says it all.
  public var details: String
  /// What the exit statuses mean, where the usual meaning does not say enough.
  public var exits: [CommandExit]
  /// With `--json` each value is one line, printed as it comes: for commands that run on.
  public var streams: Bool

  public init(
    _ name: String, _ summary: String, words: [CommandParameter] = [], options: [CommandParameter] = [],
    details: String = "", exits: [CommandExit] = [], streams: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.words = words
    self.options = options
    self.details = details
    self.exits = exits
    self.streams = streams
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    name = try members.decode(String.self, forKey: .name)
    summary = try members.decode(String.self, forKey: .summary)
    words = try members.decodeIfPresent([CommandParameter].self, forKey: .words) ?? []
    options = try members.decodeIfPresent([CommandParameter].self, forKey: .options) ?? []
    details = try members.decodeIfPresent(String.self, forKey: .details) ?? ""
    exits = try members.decodeIfPresent([CommandExit].self, forKey: .exits) ?? []
    streams = try members.decodeIfPresent(Bool.self, forKey: .streams) ?? false
  }
}

/// An argument of a command: a word at its place, or an option.
public struct CommandParameter: Hashable, Sendable, Codable {
  public enum Form: Hashable, Sendable {
    case text, integer
    /// An option without a value: given or not.
    case flag
    /// One of these texts.
    case choice([String])
    /// A text that no message repeats; `-` on the command line reads it from a line of standard input.
    case secret
    /// A file or folder on this machine; arrives absolute.
    case path
  }

  /// Letters, digits and hyphens, without `--`; one name is used once in a command.
  public var name: String
  public var form: Form
  /// What stands for the value in the help: "SERVER". Empty takes the name in capitals.
  public var placeholder: String
  public var required: Bool
  /// May be given several times; as a word only the last one.
  public var repeatable: Bool
  /// What it is for, as a phrase.
  public var help: String

  public init(
    _ name: String, _ form: Form = .text, placeholder: String = "", required: Bool = false, repeatable: Bool = false,
    _ help: String
  ) {
    self.name = name
    self.form = form
    self.placeholder = placeholder
    self.required = required
    self.repeatable = repeatable
    self.help = help
  }

  enum CodingKeys: String, CodingKey {
    case name, choices, placeholder, required, repeatable, help
    case form = "type"
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    name = try members.decode(String.self, forKey: .name)
    let word = try members.decode(String.self, forKey: .form)
    switch word {
    case "text": form = .text
    case "integer": form = .integer
    case "flag": form = .flag
    case "choice": form = .choice(try members.decode([String].self, forKey: .choices))
    case "secret": form = .secret
    case "path": form = .path
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .form, in: members,
        debugDescription: "'\(word)' is none of text, integer, flag, choice, secret and path")
    }
    placeholder = try members.decodeIfPresent(String.self, forKey: .placeholder) ?? ""
    required = try members.decodeIfPresent(Bool.self, forKey: .required) ?? false
    repeatable = try members.decodeIfPresent(Bool.self, forKey: .repeatable) ?? false
    help = try members.decodeIfPresent(String.self, forKey: .help) ?? ""
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(name, forKey: .name)
    try members.encode(form.word, forKey: .form)
    if case .choice(let choices) = form { try members.encode(choices, forKey: .choices) }
    if !placeholder.isEmpty { try members.encode(placeholder, forKey: .placeholder) }
    if required { try members.encode(required, forKey: .required) }
    if repeatable { try members.encode(repeatable, forKey: .repeatable) }
    try members.encode(help, forKey: .help)
  }
}

extension CommandParameter.Form {
  /// As the manifest has it.
  public var word: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .flag: "flag"
    case .choice: "choice"
    case .secret: "secret"
    case .path: "path"
    }
  }
}

/// What an exit status of a command means.
public struct CommandExit: Hashable, Sendable, Codable {
  /// 0 done, 1 failed or not found, 2 wrong usage.
  public var status: Int
  public var meaning: String

  public init(_ status: Int, _ meaning: String) {
    self.status = status
    self.meaning = meaning
  }
}
