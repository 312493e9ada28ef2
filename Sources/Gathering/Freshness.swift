package import MetadataModel

/// For how many seconds an answer is used without asking its source again.
public struct Freshness: Sendable, Equatable {
  public var movie: Int
  public var show: Int
  public var season: Int
  public var episode: Int
  /// A show that has ended.
  public var endedShow: Int
  /// An episode that was first shown long ago, and a list of nothing but such.
  public var pastEpisode: Int
  /// A decision which item fits some hints. Older ones still help when sources fail.
  public var match: Int
  public var children: Int
  public var images: Int
  /// A source's clear "no such item".
  public var negative: Int

  public init(
    movie: Int = 86400, show: Int = 86400, season: Int = 86400, episode: Int = 86400,
    endedShow: Int = 7 * 86400, pastEpisode: Int = 7 * 86400, match: Int = 3600, children: Int = 86400,
    images: Int = 86400, negative: Int = 3600
  ) {
    self.movie = movie
    self.show = show
    self.season = season
    self.episode = episode
    self.endedShow = endedShow
    self.pastEpisode = pastEpisode
    self.match = match
    self.children = children
    self.images = images
    self.negative = negative
  }

  /// After so many days services hardly change an episode any more.
  static let daysUntilPast: Int64 = 30

  /// Before anything is known of the item.
  package func seconds(for kind: MediaKind) -> Int {
    switch kind {
    case .movie: movie
    case .show: show
    case .season: season
    default: episode
    }
  }

  /// `now`: milliseconds since 1970.
  package func seconds(for item: MediaItem, now: Int64) -> Int {
    switch item.kind {
    case .show where Self.isPast(item.ended, now): endedShow
    case .episode where Self.isPast(item.released, now): pastEpisode
    default: seconds(for: item.kind)
    }
  }

  /// For a list of what is below an item.
  package func seconds(forList items: [MediaItem], now: Int64) -> Int {
    let isPast = !items.isEmpty && items.allSatisfy { $0.kind == .episode && Self.isPast($0.released, now) }
    return isPast ? max(children, pastEpisode) : children
  }

  private static func isPast(_ date: CalendarDate?, _ now: Int64) -> Bool {
    guard let date, let limit = CalendarDate(millisecondsSince1970: now - daysUntilPast * 86_400_000) else {
      return false
    }
    return date <= limit
  }

  /// For "nothing found" and for decisions made while a source failed: soon tried again.
  package var provisional: Int { min(60, negative) }
}
