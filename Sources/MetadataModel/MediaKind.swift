/// What sort of work an item is. Open: a newer plugin may name a kind that this host does not know yet.
public struct MediaKind: RawRepresentable, Hashable, Sendable, Codable {
  /// The word used in JSON and in keys: lower-case ASCII letters.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let movie = MediaKind(rawValue: "movie")
  public static let show = MediaKind(rawValue: "show")
  public static let season = MediaKind(rawValue: "season")
  public static let episode = MediaKind(rawValue: "episode")

  /// Whether the model gives this kind a meaning. An id of another kind may be an older name of an item, as `site` for
  /// a show: only its source knows, and answers with the item under its present id.
  public var isKnown: Bool { [.movie, .show, .season, .episode].contains(self) }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
