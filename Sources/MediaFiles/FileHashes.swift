import Glibc
public import Support

/// Hashes of media files, worked out away from the serving threads and remembered by path, size and time of change.
public final class FileHashes: Sendable {
  /// A disk that sleeps or a network mount that hangs must not hold up a match: after so long there is no hint.
  private static let patienceMilliseconds: Int64 = 5_000
  private static let space = "oshash"
  /// Half a year; the key changes with the file.
  private static let keptMilliseconds: Int64 = 180 * 86_400_000

  private let store: any ByteStore
  private let time: any TimeSource
  private let disk = DiskThread()

  public init(store: any ByteStore, time: any TimeSource) {
    self.store = store
    self.time = time
  }

  /// The OpenSubtitles hash of the file `name` below `folders`, 16 lower-case hex digits. Nil when it cannot be
  /// reached, is too small, or the disk is too slow: a hint, so never an error. A known file costs one `open`.
  public func hash(of name: String, in folders: MediaFolders) async -> String? {
    guard !folders.isEmpty, !name.isEmpty else { return nil }
    return await hash { folders.open(name) }
  }

  /// The same of the first of these files that is there; each must really lie below its folder.
  public func hash(ofFirst places: [(folder: String, path: String)]) async -> String? {
    guard !places.isEmpty else { return nil }
    return await hash {
      for place in places {
        if let file = MediaFolders([place.folder]).open(place.path) { return file }
      }
      return nil
    }
  }

  private func hash(_ open: @escaping @Sendable () -> MediaFolders.OpenFile?) async -> String? {
    guard let key = await onDisk({ open().flatMap(Self.key) }) else { return nil }
    if let kept = await store.value(for: key, in: Self.space), kept.freshUntil > time.wallMilliseconds {
      return String(decoding: kept.bytes, as: UTF8.self)
    }
    guard let hash = await onDisk({ open().flatMap(Self.hash) }) else { return nil }
    let now = time.wallMilliseconds
    await store.store(
      StoredValue(bytes: Array(hash.utf8), storedAt: now, freshUntil: now + Self.keptMilliseconds), for: key,
      in: Self.space)
    return hash
  }

  private func onDisk(_ body: @escaping @Sendable () -> String?) async -> String? {
    await disk.run(milliseconds: Self.patienceMilliseconds, body)
  }

  /// Names this state of the file.
  private static func key(_ file: MediaFolders.OpenFile) -> String? {
    defer { close(file.descriptor) }
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { return nil }
    return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(file.path)"
  }

  private static func hash(_ file: MediaFolders.OpenFile) -> String? {
    defer { close(file.descriptor) }
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { return nil }
    return OpenSubtitlesHash.hash(file.descriptor, size: Int64(status.st_size))
  }
}
