public import MetadataModel

/// Commands of a plugin, `usher <plugin id> <command>`: what `commands/1` of usher.h is in Swift.
///
/// The host reads the command line, checks it against `commands`, and prints what is said to `output`. Functions run on
/// a thread that the host lends, without a deadline.
public protocol CommandProvider: Sendable {
  /// What there is. Goes into the manifest.
  static var commands: [CommandDescription] { get }

  /// Reads settings. No network here.
  init(_ host: HostContext) throws

  /// Does what was asked; returns when it is done. The sentence of a thrown `PluginError` is printed: `.badRequest`, for
  /// arguments that make no sense together, ends the program with 2, every other kind with 1. Ctrl-C cancels the task.
  func run(_ command: CommandRequest, _ output: CommandOutput, _ host: HostContext) async throws
}
