import CSupport
import Glibc

/// The terminal that standard error goes to.
public enum TerminalWidth {
  /// Its columns; 0 when it is no terminal that can move its cursor.
  public static var ofErrors: Int {
    if let name = getenv("TERM"), String(cString: name) == "dumb" { return 0 }
    return Int(usher_terminal_columns(STDERR_FILENO))
  }
}
