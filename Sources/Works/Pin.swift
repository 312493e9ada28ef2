public import MetadataModel

/// What a pin holds for.
public enum PinTarget: Hashable, Sendable {
  /// A file, or a folder with all below it: the path as the media server writes it, '/' between its parts and neither
  /// at its start nor at its end.
  case file(String)
  /// A folded title. Without a year it holds for every year.
  case title(String, year: Int?)

  /// A path in whatever form it comes: `\` counts as `/`, and empty parts as nothing. Nil when nothing is left.
  public static func path(_ path: String) -> PinTarget? {
    let parts = path.split { $0 == "/" || $0 == "\\" }
    return parts.isEmpty ? nil : .file(parts.joined(separator: "/"))
  }
}

/// A match that a person has fixed.
public struct Pin: Hashable, Sendable {
  /// Never given twice.
  public let number: Int64
  public let provider: String
  public let target: PinTarget
  /// The target as the person wrote it.
  public let shown: String
  public let key: ItemID
  /// Milliseconds since 1970.
  public let pinnedAt: Int64

  public init(number: Int64, provider: String, target: PinTarget, shown: String, key: ItemID, pinnedAt: Int64) {
    self.number = number
    self.provider = provider
    self.target = target
    self.shown = shown
    self.key = key
    self.pinnedAt = pinnedAt
  }
}
