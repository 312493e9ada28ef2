import Glibc

/// The file of the running program.
public enum ProgramFile {
  /// Its path with all links followed.
  public static var path: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return CommandLine.arguments.first ?? "usher" }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The folder that it is in.
  public static var folder: String {
    let path = path
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
