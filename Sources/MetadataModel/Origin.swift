/// Where a field of an item came from.
public struct Origin: Hashable, Sendable, Codable {
  /// The source's id.
  public var source: String
  /// Language of a text, ISO 639-1; nil when it has none or nobody knows.
  public var language: String?

  public init(source: String, language: String? = nil) {
    self.source = source
    self.language = language
  }
}
