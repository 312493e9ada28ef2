/// One setting that a plugin understands.
public struct PluginSetting: Hashable, Sendable, Codable {
  public enum Form: String, Hashable, Sendable, Codable {
    case string, integer, boolean
    /// A list of strings.
    case list
  }

  public var name: String
  public var form: Form
  /// Used when plugins.json says nothing; nil when there is none.
  public var standard: SettingValue?
  /// Without it the plugin is `needs-configuration`.
  public var required: Bool
  /// Never shown anywhere.
  public var secret: Bool
  /// One sentence for people.
  public var meaning: String

  public init(
    _ name: String, _ form: Form, standard: SettingValue? = nil, required: Bool = false, secret: Bool = false,
    meaning: String
  ) {
    self.name = name
    self.form = form
    self.standard = standard
    self.required = required
    self.secret = secret
    self.meaning = meaning
  }

  enum CodingKeys: String, CodingKey {
    case name, required, secret, meaning
    case form = "type"
    case standard = "default"
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    name = try members.decode(String.self, forKey: .name)
    form = try members.decode(Form.self, forKey: .form)
    standard = try members.decodeIfPresent(SettingValue.self, forKey: .standard)
    required = try members.decodeIfPresent(Bool.self, forKey: .required) ?? false
    secret = try members.decodeIfPresent(Bool.self, forKey: .secret) ?? false
    meaning = try members.decodeIfPresent(String.self, forKey: .meaning) ?? ""
  }
}

/// A setting's value, as JSON has it.
public enum SettingValue: Hashable, Sendable, Codable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case list([String])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String].self) {
      self = .list(value)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected a string, a whole number, true, false or a list of strings")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    }
  }
}
