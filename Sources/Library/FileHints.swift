public import MetadataModel

/// What the host can learn from media files themselves, for sources that know files by their content.
public protocol FileHints: Sendable {
  /// The OpenSubtitles hash of the file that a media server calls `file`, and that may lie at one of `places`; nil when it
  /// cannot be reached.
  func oshash(of file: String, at places: [LocalFile], provider: String) async -> String?
}
