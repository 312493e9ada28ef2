/// Why a command ends without success; `status` is the program's exit status (0 done, 1 failed, 2 wrong usage).
public enum CommandError: Error, CustomStringConvertible {
  /// The asked-for thing failed or was not found.
  case failed(String)
  /// The command line is wrong.
  case usage(String)
  /// plugins.json is wrong: messages with their places.
  case configuration(String)

  public var status: Int32 {
    switch self {
    case .failed: 1
    case .usage, .configuration: 2
    }
  }

  public var description: String {
    switch self {
    case .failed(let text), .usage(let text), .configuration(let text): text
    }
  }
}
