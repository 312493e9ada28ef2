/// Kinds of items that a catalogue keeps, with Plex's numbers of them.
public enum PlexItemKind: Int, Sendable, Hashable, CaseIterable {
  case movie = 1
  case show, season, episode

  public var name: String {
    switch self {
    case .movie: "movie"
    case .show: "show"
    case .season: "season"
    case .episode: "episode"
    }
  }
}

/// A file of an item: a part of one of its versions.
public struct PlexFile: Sendable, Hashable {
  public var part: Int64 = 0
  /// The version that it belongs to.
  public var media: Int64 = 0
  /// As the server has it; empty when the server keeps it to itself.
  public var path = ""
  /// Bytes.
  public var size: Int64 = 0
  /// Milliseconds.
  public var duration: Int64 = 0
  public var container = ""
  public var resolution = ""

  public init() {}
}

/// A row of a library's list. Times are seconds since 1970, durations milliseconds.
public struct PlexItem: Sendable, Hashable {
  public var ratingKey: Int64 = 0
  public var kind: PlexItemKind?
  public var title = ""
  public var year: Int64?
  public var index: Int64?
  public var parentIndex: Int64?
  public var parentKey: Int64?
  public var grandparentKey: Int64?
  public var parentTitle = ""
  public var grandparentTitle = ""
  public var guid = ""
  /// The external ids as the server writes them: "imdb://tt0133093".
  public var ids: [String] = []
  public var duration: Int64?
  public var addedAt: Int64?
  public var updatedAt: Int64?
  /// Set on what waits in the server's trash.
  public var deletedAt: Int64?
  public var released = ""
  public var childCount: Int64?
  public var leafCount: Int64?
  public var files: [PlexFile] = []

  public init() {}

  /// A short number that changes with anything that matters of the item: a replaced file may change only its part.
  public var digest: Int64 {
    var digest = Digest()
    for number in [
      ratingKey, Int64(kind?.rawValue ?? 0), year ?? -1, index ?? -1, parentIndex ?? -1, parentKey ?? -1,
      grandparentKey ?? -1, duration ?? -1, updatedAt ?? -1, deletedAt ?? -1, childCount ?? -1, leafCount ?? -1,
    ] { digest.add(number) }
    for text in [title, grandparentTitle, guid, released] { digest.add(text) }
    for id in ids { digest.add(id) }
    for file in files {
      for number in [file.part, file.media, file.size, file.duration] { digest.add(number) }
      digest.add(file.path)
    }
    return digest.value
  }
}

/// FNV-1a over eight bytes at a time: fast, stable between runs, and not meant against an adversary.
private struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325
  var value: Int64 { Int64(bitPattern: state) }

  mutating func add(_ number: Int64) {
    state = (state ^ UInt64(bitPattern: number)) &* 0x0000_0100_0000_01b3
    state ^= state >> 29
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var place = 0
      while place + 8 <= bytes.count {
        add(UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped).loadUnaligned(fromByteOffset: place, as: Int64.self))
        place += 8
      }
      var last: Int64 = Int64(bytes.count) << 56
      for byte in bytes[place...] { last = last << 8 ^ Int64(byte) }
      add(last)
    }
  }
}
