import Glibc
import Support

/// The database file and what lies beside it.
struct DatabaseFile: Sendable {
  let path: String
  private static let companions = ["", "-wal", "-shm"]

  /// There when a read or a write met damage: the next start then looks at the whole file.
  private var damageMark: String { path + ".damaged" }

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the folder (mode 0700, with those above it) and an empty file (0600) when they are not there; whatever is
  /// there keeps its mode. SQLite gives its companion files the mode of the file.
  func prepare() throws(StorageError) {
    try makeFolder(folder)
    guard access(folder, W_OK | X_OK) == 0 else {
      throw .folderNotWritable(folder: folder, reason: Self.reason(errno))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: Self.reason(errno)) }
    close(descriptor)
  }

  private func makeFolder(_ folder: String) throws(StorageError) {
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw .folderNotWritable(folder: folder, reason: "it is not a folder")
      }
      return
    }
    let parent = DatabaseFile(path: folder).folder
    if parent != folder { try makeFolder(parent) }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw .folderNotWritable(folder: folder, reason: Self.reason(errno))
    }
  }

  /// Renames the file and its companions to `<name>.corrupt-<time>` and gives the new path.
  func setAside(_ time: some TimeSource) throws(StorageError) -> String {
    let base = "\(path).corrupt-\(time.wallMilliseconds / 1000)"
    var kept = base
    var number = 1
    while access(kept, F_OK) == 0 {
      number += 1
      kept = "\(base)-\(number)"
    }
    for companion in Self.companions where access(path + companion, F_OK) == 0 {
      guard rename(path + companion, kept + companion) == 0 else {
        throw .cannotOpen(path: path + companion, reason: "it cannot be set aside: \(Self.reason(errno))")
      }
    }
    clearDamageMark()
    return kept
  }

  var hasDamageMark: Bool { access(damageMark, F_OK) == 0 }

  func clearDamageMark() { unlink(damageMark) }

  func setDamageMark() {
    let descriptor = open(damageMark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
