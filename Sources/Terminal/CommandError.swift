/// Why a command ends without success; `status` is the program's exit status (0 done, 1 failed, 2 wrong usage).
public enum CommandError: Error, CustomStringConvertible {
  /// The asked-for thing failed or was not found.
  case failed(String)
  /// The command line is wrong.
  case usage(String)
  /// The same; `help` is the command that says what would be right.
  case misuse(String, help: String)
  /// SIGINT or SIGTERM ended it; the status is the one that shells give for that signal.
  case stopped(String)
  /// plugins.json is wrong: messages with their places.
  case configuration(String)

  public var status: Int32 {
    switch self {
    case .failed: 1
    case .stopped(let signal): signal == "SIGINT" ? 130 : 143
    case .usage, .misuse, .configuration: 2
    }
  }

  public var description: String {
    switch self {
    case .stopped(let signal): "stopped by \(signal)"
    case .failed(let text), .usage(let text), .misuse(let text, _), .configuration(let text): text
    }
  }
}
