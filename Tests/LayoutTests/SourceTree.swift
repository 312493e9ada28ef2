import Foundation

/// The files of the repository, as the rules about its form see them.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Source files below a folder of the repository.
  static func files(below folder: String, endings: Set<String> = ["swift", "c", "h"]) -> [URL] {
    let start = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? []).filter { endings.contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }

  /// Names of the folders directly below one.
  static func folders(below folder: String) -> [String] {
    let start = root.appendingPathComponent(folder)
    let found = try? FileManager.default.contentsOfDirectory(at: start, includingPropertiesForKeys: [.isDirectoryKey])
    return (found ?? []).filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true }
      .map(\.lastPathComponent).sorted()
  }

  static func lines(of file: URL) -> [Substring] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
  }

  /// Modules that a Swift file imports.
  static func imports(of file: URL) -> [String] {
    lines(of: file).compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0 == "public" || $0 == "internal" || $0.hasPrefix("@") })
      else { return nil }
      return String(words[place + 1].prefix { $0 != "." })
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func path(_ file: URL) -> String { file.path.replacingOccurrences(of: root.path + "/", with: "") }
}
