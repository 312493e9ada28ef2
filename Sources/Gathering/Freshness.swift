package import MetadataModel

/// For how many seconds an answer is used without asking its source again.
public struct Freshness: Sendable, Equatable {
  public var movie: Int
  public var show: Int
  public var season: Int
  public var episode: Int
  /// A decision which item fits some hints. Older ones still help when sources fail.
  public var match: Int
  public var children: Int
  public var images: Int
  /// A source's clear "no such item".
  public var negative: Int

  public init(
    movie: Int = 86400, show: Int = 86400, season: Int = 86400, episode: Int = 86400, match: Int = 3600,
    children: Int = 86400, images: Int = 86400, negative: Int = 3600
  ) {
    self.movie = movie
    self.show = show
    self.season = season
    self.episode = episode
    self.match = match
    self.children = children
    self.images = images
    self.negative = negative
  }

  package func seconds(for kind: MediaKind) -> Int {
    switch kind {
    case .movie: movie
    case .show: show
    case .season: season
    default: episode
    }
  }

  /// For "nothing found" and for decisions made while a source failed: soon tried again.
  package var provisional: Int { min(60, negative) }
}
