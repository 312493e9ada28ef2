/// Commands that the program itself does not know by name.
public protocol MoreCommands: Sendable {
  /// Lines for the program's help, each ended; empty when there is nothing to say.
  var help: String { get }

  /// Does what the line after `word` says. False when `word` means nothing here.
  func run(_ word: String, _ line: [String]) throws(CommandError) -> Bool
}
