import Configuration
import Library
import MediaFiles
import Storage
import Support

/// Hashes of the files below each provider's `mediaFolders`.
struct MediaFileHints: FileHints {
  private let folders: [String: MediaFolders]
  private let hashes: FileHashes

  init(_ configuration: Configuration, store: any ByteStore, time: any TimeSource) {
    folders = Dictionary(
      configuration.providers.map { ($0.name, MediaFolders($0.mediaFolders)) }, uniquingKeysWith: { first, _ in first })
    hashes = FileHashes(store: store, time: time)
  }

  func oshash(of file: String, provider: String) async -> String? {
    guard let folders = folders[provider] else { return nil }
    return await hashes.hash(of: file, in: folders)
  }
}
