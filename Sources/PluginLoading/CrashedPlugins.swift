import Glibc
import MetadataModel
import Support

/// Which plugins crashed the host, kept over restarts in a file beside the crash record.
package struct CrashedPlugins: Sendable {
  private struct Crash: Codable, Sendable {
    var library: String
    var file: LibraryFile
    /// Milliseconds since 1970.
    var when: Int64
  }

  private let path: String
  private var crashes: [String: Crash] = [:]

  /// Takes over what the crash record says and empties it, so that each crash is read once. Never fails: a file that
  /// cannot be read tells nothing.
  package init(record: String, entries: [PluginEntry]) {
    path = LibraryFile.folder(of: record) + "/crashed-plugins.json"
    if let bytes = WholeFile.read(path, maximum: 1 << 20) {
      crashes = (try? JSONCoding.decode([String: Crash].self, from: bytes)) ?? [:]
    }
    guard let lines = WholeFile.read(record, maximum: 1 << 20), !lines.isEmpty,
      let written = LibraryFile(path: record)
    else { return }
    let names = Set(lines.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
    for entry in entries where names.contains(entry.id) {
      // A library replaced since the crash is not the one that crashed.
      guard let file = LibraryFile(path: entry.library), file.changed <= written.modified else { continue }
      crashes[entry.id] = Crash(library: entry.library, file: file, when: written.modified / 1_000_000)
    }
    if save() { truncate(record, 0) }
  }

  /// Throws when the library of `entry` is the one that crashed the host.
  package func check(_ entry: PluginEntry, _ file: LibraryFile) throws(LoadError) {
    guard let crash = crashes[entry.id], crash.library == entry.library, crash.file == file else { return }
    throw .crashedHost(library: entry.library, when: timeText(crash.when), record: path)
  }

  private func save() -> Bool {
    guard let bytes = try? JSONCoding.encode(crashes) else { return false }
    return WholeFile.write(bytes, to: path)
  }

  /// Has crashes inside plugins written to `record` from now on. False when it cannot be opened.
  package static func startRecording(to record: String) -> Bool {
    let descriptor = open(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    CrashRecord.install(descriptor: descriptor)
    return true
  }
}
