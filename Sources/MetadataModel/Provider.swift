/// A root that a media server registers: `/tv` with its kind and identifier. What `library/1` tells a server plugin.
public struct Provider: Hashable, Sendable, Codable {
  /// The name in plugins.json: "tv".
  public var name: String
  /// Path on the host, with a leading slash and none at its end.
  public var path: String
  /// `movie` or `show`.
  public var kind: MediaKind
  /// For people.
  public var title: String
  /// The media server's name for it: `tv.plex.agents.custom.usher.tv`.
  public var identifier: String
  /// Explicit items may be answered.
  public var adult: Bool
  /// The host's version.
  public var version: String

  public init(
    name: String, path: String, kind: MediaKind, title: String, identifier: String, adult: Bool, version: String
  ) {
    self.name = name
    self.path = path
    self.kind = kind
    self.title = title
    self.identifier = identifier
    self.adult = adult
    self.version = version
  }
}
