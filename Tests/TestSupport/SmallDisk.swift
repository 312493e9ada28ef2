import Foundation
import Glibc

/// A file system of a few megabytes in memory, unmounted with this. Only root can mount one.
public final class SmallDisk: Sendable {
  public let path: String

  public static let canMount = (try? SmallDisk(megabytes: 1)) != nil

  public init(megabytes: Int) throws {
    path = FileManager.default.temporaryDirectory.path + "/usher-disk-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
      let reason = String(cString: strerror(errno))
      rmdir(path)
      throw LoopbackError(text: "cannot mount a file system: \(reason)")
    }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
    rmdir(path)
  }

  /// Writes a file until the disk is full.
  public func fillUp() {
    guard let file = fopen(path + "/ballast", "w") else { return }
    let block = [UInt8](repeating: 1, count: 4096)
    while fwrite(block, 1, block.count, file) == block.count, fflush(file) == 0 {}
    fclose(file)
  }

  /// Removes what `fillUp` wrote.
  public func makeRoom() { unlink(path + "/ballast") }
}
