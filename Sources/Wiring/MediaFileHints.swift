import Configuration
import Library
import MediaFiles
import MetadataModel
import Storage
import Support

/// Hashes of the files below each provider's `mediaFolders`, and of those whose place a media server's plugin knows.
struct MediaFileHints: FileHints {
  private let folders: [String: MediaFolders]
  private let hashes: FileHashes

  init(_ configuration: Configuration, store: any ByteStore, time: any TimeSource) {
    folders = Dictionary(
      configuration.providers.map { ($0.name, MediaFolders($0.mediaFolders)) }, uniquingKeysWith: { first, _ in first })
    hashes = FileHashes(store: store, time: time)
  }

  func oshash(of file: String, at places: [LocalFile], provider: String) async -> String? {
    if let folders = folders[provider], let hash = await hashes.hash(of: file, in: folders) { return hash }
    return await hashes.hash(ofFirst: places.map { (folder: $0.folder, path: $0.path) })
  }
}
