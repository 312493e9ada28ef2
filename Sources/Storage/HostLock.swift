import Glibc

/// Says that a host works on a database. Held until it is let go of or the process ends, however it ends.
final class HostLock: Sendable {
  private let descriptor: Int32

  /// Throws `.inUse` when another process, or another database of this one, holds it.
  init(database path: String) throws(StorageError) {
    let file = path + ".lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotOpen(path: file, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let process = Self.process(in: descriptor)
      close(descriptor)
      throw .inUse(path: path, process: process)
    }
    self.descriptor = descriptor
    // For the sentence that another host says; a full disk takes no number, and the lock holds all the same.
    let number = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, number, number.count, 0)
  }

  deinit { close(descriptor) }

  private static func process(in descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Int(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}
