import Glibc

/// What the file system says of a library: enough to notice that it was replaced.
struct LibraryFile: Hashable, Sendable, Codable {
  var bytes: Int64
  /// Nanoseconds since 1970.
  var modified: Int64
  /// Nanoseconds since 1970, of the last change of any kind: a copied or moved file keeps its old `modified`.
  var changed: Int64

  /// Refuses what is not a regular file, and what everybody may write to.
  init(library: String) throws(LoadError) {
    var file = stat()
    guard stat(library, &file) == 0 else { throw .missing(library: library, reason: String(cString: strerror(errno))) }
    guard file.st_mode & S_IFMT == S_IFREG else { throw .notAFile(library: library) }
    guard file.st_mode & S_IWOTH == 0 else { throw .writableByAll(library: library, path: library) }
    let folder = Self.folder(of: library)
    var above = stat()
    if stat(folder, &above) == 0, above.st_mode & S_IWOTH != 0, above.st_mode & S_ISVTX == 0 {
      throw .writableByAll(library: library, path: folder)
    }
    self.init(file)
  }

  /// Nil when there is no such file.
  init?(path: String) {
    var file = stat()
    guard stat(path, &file) == 0 else { return nil }
    self.init(file)
  }

  private init(_ file: stat) {
    bytes = Int64(file.st_size)
    modified = Self.nanoseconds(file.st_mtim)
    changed = Self.nanoseconds(file.st_ctim)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The folder a path names a file in; "." when it names none.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// Files small enough to read whole.
enum WholeFile {
  /// Nil when the file cannot be read or has more than `maximum` bytes.
  static func read(_ path: String, maximum: Int) -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes += chunk[..<count]
      if bytes.count > maximum { return nil }
    }
  }

  /// Replaces the file at once, so that a crash leaves the old or the new text. False when it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let draft = path + ".new"
    guard let file = fopen(draft, "we") else { return false }
    let written = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, written else { return false }
    return rename(draft, path) == 0
  }
}
