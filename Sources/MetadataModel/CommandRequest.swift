/// One run of a command: what `commands/1` asks a plugin.
public struct CommandRequest: Hashable, Sendable, Codable {
  /// "paths add".
  public var name: String
  /// By the names of words and options; those that were not given are left out. Types are those of the manifest.
  public var arguments: [String: CommandValue]
  /// The user wants JSON: one table or value, no lines of text.
  public var isJSON: Bool
  /// The roots of plugins.json.
  public var providers: [Provider]
  /// Where the host of this configuration answers: "http://127.0.0.1:8000".
  public var address: String?
  /// Folders with media files on this machine, by the name of the provider.
  public var mediaFolders: [String: [String]]

  public init(
    _ name: String, _ arguments: [String: CommandValue] = [:], isJSON: Bool = false, providers: [Provider] = [],
    address: String? = nil, mediaFolders: [String: [String]] = [:]
  ) {
    self.name = name
    self.arguments = arguments
    self.isJSON = isJSON
    self.providers = providers
    self.address = address
    self.mediaFolders = mediaFolders
  }

  enum CodingKeys: String, CodingKey {
    case arguments, providers, address, mediaFolders
    case name = "command"
    case isJSON = "json"
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    name = try members.decode(String.self, forKey: .name)
    arguments = try members.decodeIfPresent([String: CommandValue].self, forKey: .arguments) ?? [:]
    isJSON = try members.decodeIfPresent(Bool.self, forKey: .isJSON) ?? false
    providers = try members.list(.providers)
    address = try members.decodeIfPresent(String.self, forKey: .address)
    mediaFolders = try members.decodeIfPresent([String: [String]].self, forKey: .mediaFolders) ?? [:]
  }
}

extension CommandRequest {
  /// A text, choice, secret or path; nil when it was not given.
  public func text(_ name: String) -> String? {
    if case .text(let text)? = arguments[name] { return text }
    return nil
  }

  /// A whole number; nil when it was not given.
  public func integer(_ name: String) -> Int? {
    if case .integer(let number)? = arguments[name] { return number }
    return nil
  }

  /// True when the flag was given.
  public func flag(_ name: String) -> Bool { arguments[name] == .boolean(true) }

  /// The texts of a repeatable parameter, in their order.
  public func texts(_ name: String) -> [String] {
    values(name).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The numbers of a repeatable parameter, in their order.
  public func integers(_ name: String) -> [Int] {
    values(name).compactMap { if case .integer(let number) = $0 { number } else { nil } }
  }

  private func values(_ name: String) -> [CommandValue] {
    switch arguments[name] {
    case .list(let values)?: values
    case nil: []
    case let value?: [value]
    }
  }
}
