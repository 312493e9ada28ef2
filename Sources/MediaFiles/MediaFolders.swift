import Glibc

/// The folders in which a provider's media files lie, as this machine sees them.
///
/// A file's name comes from outside, so it is opened first and asked afterwards where it really lies: whatever `..`,
/// symbolic links or races lead out of the folders is not there.
public struct MediaFolders: Sendable {
  /// Where they really lie, without a slash at the end.
  private let folders: [String]

  /// Folders that do not exist are left out.
  public init(_ folders: [String]) {
    self.folders = folders.compactMap { folder in
      guard let real = realpath(folder, nil) else { return nil }
      defer { free(real) }
      return String(cString: real)
    }
  }

  /// A file that was found, with the path where it really lies.
  struct OpenFile {
    var descriptor: Int32
    var path: String
  }

  public var isEmpty: Bool { folders.isEmpty }

  /// An open regular file below one of the folders; the caller closes it. `name` is relative to a folder, or absolute
  /// on this machine; both kinds of slashes are understood. Blocks.
  func open(_ name: String) -> OpenFile? {
    guard name.utf8.count <= 4096, !name.utf8.contains(0) else { return nil }
    let relative = name.split { $0 == "/" || $0 == "\\" }.joined(separator: "/")
    let absolute = name.hasPrefix("/") ? [name] : []
    for path in absolute + folders.map({ "\($0)/\(relative)" }) {
      // Never waits for the writer of a pipe; what is no regular file is refused below.
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      guard descriptor >= 0 else { continue }
      if let real = realPath(of: descriptor), isInside(real), isRegular(descriptor) {
        return OpenFile(descriptor: descriptor, path: real)
      }
      close(descriptor)
    }
    return nil
  }

  private func isInside(_ path: String) -> Bool {
    folders.contains { path.hasPrefix($0 == "/" ? "/" : $0 + "/") }
  }

  private func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private func realPath(of descriptor: Int32) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4097)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/fd/\(descriptor)", $0.assumingMemoryBound(to: CChar.self), 4096) }
        ?? -1
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
