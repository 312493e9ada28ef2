public import UsherKit

/// A run of a command against fixtures, and what it said.
public struct CommandRun: Sendable {
  /// In their order.
  public let events: [CommandEvent]
  /// What `run` threw; nil when it was done.
  public let error: PluginError?

  /// Runs the command. Throws when `arguments` do not fit its description, as the host would not run it, or when the
  /// provider cannot be made.
  public init<Provider: CommandProvider>(
    _ provider: Provider.Type, _ name: String, _ arguments: [String: CommandValue] = [:],
    host: FakeHost = FakeHost(), isJSON: Bool = false, providers: [UsherKit.Provider] = [], address: String? = nil,
    mediaFolders: [String: [String]] = [:]
  ) async throws {
    guard let description = provider.commands.first(where: { $0.name == name }) else {
      throw PluginError(.badRequest, "there is no command '\(name)'")
    }
    try Self.check(arguments, description)
    let heard = HeardEvents()
    let request = CommandRequest(
      name, arguments, isJSON: isJSON, providers: providers, address: address, mediaFolders: mediaFolders)
    var failure: PluginError?
    do {
      try await provider.init(host.context).run(request, CommandOutput(heard, isJSON: isJSON), host.context)
    } catch {
      failure = PluginError(thrown: error)
    }
    error = failure
    events = try heard.events.map { try JSONCoding.decode(CommandEvent.self, from: $0) }
  }

  /// The rows of all tables, by the keys of their columns.
  public var rows: [[String: CommandValue]] {
    events.flatMap { event -> [[String: CommandValue]] in
      guard case .table(let columns, let rows) = event else { return [] }
      return rows.map { row in
        Dictionary(zip(columns.map(\.key), row).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
      }
    }
  }

  public var texts: [String] { events.compactMap { if case .text(let text) = $0 { text } else { nil } } }
  public var values: [CommandValue] { events.compactMap { if case .value(let value) = $0 { value } else { nil } } }
  public var notes: [String] { events.compactMap { if case .note(let text) = $0 { text } else { nil } } }
  public var warnings: [String] { events.compactMap { if case .warning(let text) = $0 { text } else { nil } } }
  public var progress: [CommandProgress] {
    events.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
  }

  private static func check(_ arguments: [String: CommandValue], _ command: CommandDescription) throws {
    let parameters = command.words + command.options
    if let missing = parameters.first(where: { $0.required && arguments[$0.name] == nil }) {
      throw PluginError(.badRequest, "'\(command.name)' requires '\(missing.name)'")
    }
    for (name, value) in arguments {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw PluginError(.badRequest, "'\(command.name)' has no parameter '\(name)'")
      }
      guard parameter.accepts(value) else {
        throw PluginError(.badRequest, "'\(name)' of '\(command.name)' does not take \(value)")
      }
    }
  }
}

extension CommandParameter {
  fileprivate func accepts(_ value: CommandValue) -> Bool {
    guard repeatable else { return acceptsOne(value) }
    guard case .list(let values) = value else { return false }
    return values.allSatisfy(acceptsOne)
  }

  private func acceptsOne(_ value: CommandValue) -> Bool {
    switch (form, value) {
    case (.flag, .boolean(true)), (.integer, .integer), (.text, .text), (.secret, .text): true
    case (.path, .text(let path)): path.hasPrefix("/")
    case (.choice(let choices), .text(let text)): choices.contains(text)
    default: false
    }
  }
}

private final class HeardEvents: CommandOutputInterface {
  private let heard = Guarded<[[UInt8]]>([])
  var events: [[UInt8]] { heard.withLock { $0 } }
  func emit(_ event: [UInt8]) { heard.withLock { $0.append(event) } }
}
