/// A command of the program.
public protocol Command: SendableMetatype {
  static var name: String { get }
  /// What follows the name: "PROVIDER TITLE".
  static var parameters: String { get }
  /// One sentence.
  static var summary: String { get }
  static var options: [Option] { get }

  /// Does it; returns when done. Throws why it could not.
  static func run(_ arguments: Arguments) throws(CommandError)
}

extension Command {
  public static var parameters: String { "" }
  public static var options: [Option] { [] }
}
