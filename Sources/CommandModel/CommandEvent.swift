/// What a command says while it runs: JSON objects with the member `event`.
public enum CommandEvent: Hashable, Sendable {
  /// Rows for standard output; with `--json` a list of objects.
  case table([CommandColumn], rows: [[CommandValue]])
  /// A line for standard output, left out with `--json`.
  case text(String)
  /// For `--json` alone.
  case value(CommandValue)
  /// A line for standard error, always.
  case note(String)
  /// The same, marked as a warning.
  case warning(String)
  /// How far a part of the work is; drawn on a terminal.
  case progress(CommandProgress)
}

/// A column of a table.
public struct CommandColumn: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
  public enum Alignment: String, Hashable, Sendable, Codable { case left, right }

  /// The member of each row's object in JSON.
  public var key: String
  /// The heading.
  public var title: String
  public var alignment: Alignment

  /// Without a title the key in capitals.
  public init(_ key: String, _ title: String? = nil, _ alignment: Alignment = .left) {
    self.key = key
    self.title = title ?? key.uppercased()
    self.alignment = alignment
  }

  public init(stringLiteral key: String) { self.init(key) }

  enum CodingKeys: String, CodingKey {
    case key, title
    case alignment = "align"
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    let key = try members.decode(String.self, forKey: .key)
    let alignment = try members.decodeIfPresent(Alignment.self, forKey: .alignment) ?? .left
    self.init(key, try members.decodeIfPresent(String.self, forKey: .title), alignment)
  }
}

/// How far a part of a command's work is.
public struct CommandProgress: Hashable, Sendable, Codable {
  /// Which bar it is; bars stand in the order in which they first appeared.
  public var id: String
  public var label: String
  public var done: Int
  /// Nil while it is not known.
  public var total: Int?
  /// What is counted: "items". May be empty.
  public var unit: String
  /// The bar stays as it is from now on.
  public var isFinished: Bool

  public init(
    id: String, label: String, done: Int, total: Int? = nil, unit: String = "", isFinished: Bool = false
  ) {
    self.id = id
    self.label = label
    self.done = done
    self.total = total
    self.unit = unit
    self.isFinished = isFinished
  }

  enum CodingKeys: String, CodingKey {
    case id, label, done, total, unit
    case isFinished = "finished"
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.decode(String.self, forKey: .id)
    label = try members.decodeIfPresent(String.self, forKey: .label) ?? id
    done = try members.decode(Int.self, forKey: .done)
    total = try members.decodeIfPresent(Int.self, forKey: .total)
    unit = try members.decodeIfPresent(String.self, forKey: .unit) ?? ""
    isFinished = try members.decodeIfPresent(Bool.self, forKey: .isFinished) ?? false
  }
}

extension CommandEvent: Codable {
  private enum CodingKeys: String, CodingKey { case event, columns, rows, text, value }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    let word = try members.decode(String.self, forKey: .event)
    switch word {
    case "table":
      let columns = try members.decode([CommandColumn].self, forKey: .columns)
      let rows = try members.decode([[CommandValue]].self, forKey: .rows)
      if let wrong = rows.firstIndex(where: { $0.count != columns.count }) {
        throw DecodingError.dataCorruptedError(
          forKey: .rows, in: members,
          debugDescription: "row \(wrong) has \(rows[wrong].count) cells for \(columns.count) columns")
      }
      self = .table(columns, rows: rows)
    case "text": self = .text(try members.decode(String.self, forKey: .text))
    case "value": self = .value(try members.decode(CommandValue.self, forKey: .value))
    case "note": self = .note(try members.decode(String.self, forKey: .text))
    case "warning": self = .warning(try members.decode(String.self, forKey: .text))
    case "progress": self = .progress(try CommandProgress(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .event, in: members,
        debugDescription: "'\(word)' is none of table, text, value, note, warning and progress")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .table(let columns, let rows):
      try members.encode("table", forKey: .event)
      try members.encode(columns, forKey: .columns)
      try members.encode(rows, forKey: .rows)
    case .text(let text): try line("text", text)
    case .note(let text): try line("note", text)
    case .warning(let text): try line("warning", text)
    case .value(let value):
      try members.encode("value", forKey: .event)
      try members.encode(value, forKey: .value)
    case .progress(let progress):
      try members.encode("progress", forKey: .event)
      try progress.encode(to: encoder)
    }
    func line(_ word: String, _ text: String) throws {
      try members.encode(word, forKey: .event)
      try members.encode(text, forKey: .text)
    }
  }
}
