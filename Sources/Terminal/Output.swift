import FoundationEssentials
import Glibc

/// The program's standard output and error.
public enum Output {
  public static func text(_ text: String) { write(text, to: STDOUT_FILENO) }

  public static func bytes(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  /// The same; false when the reader went away.
  public static func delivers(_ bytes: [UInt8]) -> Bool { write(bytes, to: STDOUT_FILENO) }

  /// One line on standard error.
  public static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  public static func errorBytes(_ bytes: [UInt8]) { write(bytes, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

  /// What cannot be written is dropped: a reader that went away wants no more. False in that case.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno != EPIPE
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

extension Output {
  /// A value as readable JSON.
  public static func json(_ value: some Encodable) throws(CommandError) { bytes(try readableJSON(value)) }

  /// The same, a newline at its end.
  public static func readableJSON(_ value: some Encodable) throws(CommandError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { throw .failed("the answer could not be written as JSON") }
    return [UInt8](data) + [0x0A]
  }
}
