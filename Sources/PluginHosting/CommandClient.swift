public import MetadataModel
public import PluginCalls

/// The commands behind a plugin.
public struct CommandClient: Sendable {
  let plugin: Plugin

  public var id: String { plugin.entry.id }

  /// Empty when the library could not be read.
  public var descriptions: [CommandDescription] { plugin.manifest?.commands ?? [] }

  /// Nil when it can be asked now; otherwise why not, as in `Source`.
  public var unusable: String? { plugin.unusable }

  /// Runs a command on a lent thread until it is done, or the surrounding Task is cancelled: then it throws at once, and
  /// the plugin is told. `listener` hears what the command says, on the plugin's threads.
  public func run(
    _ request: CommandRequest, call: CallInfo, listener: @escaping CommandListener
  ) async throws(PluginError) {
    let opened = try plugin.opened()
    guard descriptions.contains(where: { $0.name == request.name }) else {
      throw PluginError(.badRequest, "plugin '\(id)' has no command '\(request.name)'")
    }
    guard let bytes = try? JSONCoding.encode(request) else {
      throw PluginError(.badRequest, "the arguments of '\(request.name)' have no JSON")
    }
    try await plugin.exchange(call, listener: listener) {
      opened.runCommand($0, bytes)
    } read: { _ throws(PluginError) in
    }
  }
}
