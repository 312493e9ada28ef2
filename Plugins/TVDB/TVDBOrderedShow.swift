import UsherKit

/// A show with its seasons and episodes in one order, whichever version of the API they came from.
struct TVDBOrderedShow: Sendable {
  struct Season: Sendable {
    var number: Int
    /// Only where it has a name beside its number.
    var name: String?
    var summary: String?
    var posters: [Artwork] = []
    var title: String { name ?? (number == 0 ? "Specials" : "Season \(number)") }
  }

  struct Episode: Sendable {
    let season: Int
    /// Without what stands above it.
    var item: MediaItem

    /// Nil for an episode without a place in the order. Throws `.unavailable` for an id that is none.
    init?(_ record: TVDBEpisode, ofShow show: Int, _ texts: TVDBEpisodeTexts?) throws {
      guard let season = record.seasonNumber, let number = record.number, season >= 0, number >= 0 else { return nil }
      self.season = season
      item = MediaItem(id: try .tvdb(.episode(show, episode: record.id)), title: texts?.name ?? "Episode \(number)")
      item.index = number
      item.absoluteIndex = record.absoluteNumber.flatMap { $0 > 0 ? $0 : nil }
      item.summary = texts?.summary
      item.language = TVDBLanguage.twoLetters(texts?.language)
      item.released = TVDBText.date(record.aired)
      item.year = item.released?.year
      item.duration = TVDBText.milliseconds(record.runtime)
      item.artwork = TVDBText.picture(record.image).map { [Artwork(form: .snapshot, url: $0)] } ?? []
      item.externalIDs = ["tvdb": String(record.id)]
      item.page = "https://www.thetvdb.com/dereferrer/episode/\(record.id)"
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
    self.episodes = episodes.filter { ids.insert($0.item.id).inserted }.sorted {
      ($0.season, $0.item.index ?? 0) < ($1.season, $1.item.index ?? 0)
    }
    let filled = Set(self.episodes.map(\.season))
    let named = Dictionary(seasons.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    self.seasons = filled.union(named.keys.filter { $0 > 0 }).sorted().map { named[$0] ?? Season(number: $0) }
  }

  /// Nil when the order has no such season. `id` is how it was asked for, where that differs from the order's own id.
  func season(_ number: Int, as id: ItemID? = nil) throws -> MediaItem? {
    guard let season = seasons.first(where: { $0.number == number }) else { return nil }
    var item = MediaItem(id: try id ?? seasonID(number), title: season.title)
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

  /// The episodes of a season in order, below a season of that id. Throws `.notFound` when the order has no such season.
  func items(ofSeason number: Int, as id: ItemID) throws -> [MediaItem] {
    guard seasons.contains(where: { $0.number == number }) else {
      throw PluginError(.notFound, "TheTVDB has no \(id)")
    }
    return try episodes.filter { $0.season == number }.map { episode in
      var item = try placed(episode)
      item.parent?.id = id
      return item
    }
  }

  /// Nil when the order has no such episode.
  func item(_ id: ItemID) throws -> MediaItem? { try episodes.first { $0.item.id == id }.map(placed) }

  private func placed(_ episode: Episode) throws -> MediaItem {
    let season = seasons.first { $0.number == episode.season } ?? Season(number: episode.season)
    var item = episode.item
    item.duration = item.duration ?? show.duration
    if item.contentRatings.isEmpty { item.contentRatings = show.contentRatings }
    item.parent = Ancestor(id: try seasonID(episode.season), title: season.title, index: episode.season)
    item.parent?.poster = season.posters.first?.url
    item.grandparent = above
    return item
  }

  private var above: Ancestor {
    let (poster, background) = (show.firstArtwork(.coverPoster), show.firstArtwork(.background))
    return Ancestor(id: show.id, title: show.title, poster: poster, background: background)
  }

  private func seasonID(_ number: Int) throws -> ItemID { try .tvdb(.season(id, order: order, number: number)) }
}
