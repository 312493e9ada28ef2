import UsherKit

/// A show with its seasons and episodes in one order, whichever version of the API they came from.
struct TVDBOrderedShow: Sendable {
  struct Season: Sendable {
    var number: Int
    /// Only where it has a name beside its number.
    var name: String?
    var summary: String?
    var posters: [Artwork] = []
  }

  struct Episode: Sendable {
    let season: Int
    /// Without what stands above it.
    var item: MediaItem

    /// With its title, summary and number. Throws `.unavailable` for an id that is none.
    init(show: Int, episode: Int, season: Int, number: Int, _ texts: TVDBEpisodeTexts?) throws {
      self.season = season
      item = MediaItem(id: try .tvdb(.episode(show, episode: episode)), title: texts?.name ?? "Episode \(number)")
      item.index = number
      item.summary = texts?.summary
      item.language = texts?.language
      item.externalIDs = ["tvdb": String(episode)]
      item.page = "https://www.thetvdb.com/dereferrer/episode/\(episode)"
    }
  }

  private let id: Int
  private let show: MediaItem
  /// The service's word for the order; nil for that of broadcast.
  private let order: String?
  /// By number, each once.
  let seasons: [Season]
  /// By season and number.
  private let episodes: [Episode]

  /// Seasons that only episodes speak of are added; specials are a season only where there are some.
  init(id: Int, show: MediaItem, order: String?, seasons: [Season], episodes: [Episode]) {
    self.id = id
    self.show = show
    self.order = order
    var ids: Set<ItemID> = []
    self.episodes = episodes.filter { $0.season >= 0 && ($0.item.index ?? -1) >= 0 && ids.insert($0.item.id).inserted }
      .enumerated().sorted {
        ($0.element.season, $0.element.item.index ?? 0, $0.offset)
          < ($1.element.season, $1.element.item.index ?? 0, $1.offset)
      }.map(\.element)
    let filled = Set(self.episodes.map(\.season))
    let named = Dictionary(seasons.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    self.seasons = filled.union(named.keys.filter { $0 > 0 }).sorted().map { named[$0] ?? Season(number: $0) }
  }

  /// Nil when the order has no such season.
  func season(_ number: Int) throws -> MediaItem? {
    guard let season = seasons.first(where: { $0.number == number }) else { return nil }
    var item = MediaItem(id: try seasonID(number), title: title(of: season))
    item.summary = season.summary
    item.released = episodes.lazy.filter { $0.season == number }.compactMap(\.item.released).min()
    item.year = item.released?.year
    item.language = show.language
    item.index = number
    item.networks = show.networks
    item.studios = show.studios
    item.contentRatings = show.contentRatings
    item.artwork = season.posters
    item.parent = above
    item.page = show.page
    return item
  }

  /// The episodes of a season in order.
  func items(ofSeason number: Int) throws -> [MediaItem] { try episodes.filter { $0.season == number }.map(placed) }

  /// Nil when the order has no such episode.
  func item(_ id: ItemID) throws -> MediaItem? { try episodes.first { $0.item.id == id }.map(placed) }

  private func placed(_ episode: Episode) throws -> MediaItem {
    let season = seasons.first { $0.number == episode.season } ?? Season(number: episode.season)
    var item = episode.item
    item.year = item.released?.year
    item.duration = item.duration ?? show.duration
    if item.contentRatings.isEmpty { item.contentRatings = show.contentRatings }
    item.parent = Ancestor(
      id: try seasonID(episode.season), title: title(of: season), index: episode.season,
      poster: season.posters.first?.url)
    item.grandparent = above
    return item
  }

  private var above: Ancestor {
    Ancestor(
      id: show.id, title: show.title, poster: show.firstArtwork(.coverPoster),
      background: show.firstArtwork(.background))
  }

  private func seasonID(_ number: Int) throws -> ItemID { try .tvdb(.season(id, order: order, number: number)) }

  private func title(of season: Season) -> String {
    season.name ?? (season.number == 0 ? "Specials" : "Season \(season.number)")
  }
}
