import UsherKit

/// A series of API v3 in the words of the shared model.
struct TVDBv3Mapping {
  /// The same series in the language asked for, then in English where that lacks texts.
  let series: [TVDBv3Series]
  var language = "en"

  /// The series as a possible match. Throws `.unavailable` for a record without any name.
  func candidate(relevance: Double) throws -> Candidate {
    let item = try show(actors: [])
    var candidate = Candidate(id: item.id, title: item.title, year: item.year)
    candidate.alternativeTitles = item.alternativeTitles
    candidate.released = item.released
    candidate.summary = item.summary
    candidate.poster = try TVDBText.picture(first.poster) ?? TVDBText.picture(first.image)
    candidate.externalIDs = item.externalIDs
    candidate.score = relevance
    return candidate
  }

  /// The show's item, without artwork and orders.
  func show(actors: [TVDBv3Actor]) throws -> MediaItem {
    let record = try first
    guard let title = series.lazy.compactMap({ TVDBText.name($0.seriesName) }).first else {
      throw PluginError(.unavailable, "series \(record.id) of TheTVDB lacks the member 'seriesName'")
    }
    var item = MediaItem(id: try .tvdb(.show(record.id)), title: title)
    item.alternativeTitles = TVDBText.unique(series.flatMap { $0.aliases + [$0.seriesName ?? ""] }).filter {
      $0 != title
    }
    item.summary = series.lazy.compactMap { TVDBText.summary($0.overview) }.first
    item.released = TVDBText.date(record.firstAired)
    item.year = item.released?.year
    item.duration = TVDBText.milliseconds(record.runtime.flatMap { Int($0) })
    item.language = TVDBText.name(record.seriesName) == nil ? "en" : language
    item.contentRatings = Self.contentRatings(record.rating)
    item.genres = record.genre
    item.networks = [TVDBText.name(record.network)].compactMap { $0 }
    item.studios = item.networks
    item.ratings = Self.ratings(record.siteRating, record.siteRatingCount)
    item.credits = Self.cast(actors)
    item.externalIDs = ["tvdb": String(record.id)]
    if let imdb = record.imdbId, imdb.hasPrefix("tt") { item.externalIDs["imdb"] = imdb }
    item.page = "https://www.thetvdb.com/dereferrer/series/\(record.id)"
    return item
  }

  private var first: TVDBv3Series {
    get throws {
      guard let first = series.first else { throw PluginError(.unavailable, "TheTVDB gave no series") }
      return first
    }
  }

  /// `texts` are the best of all languages that were asked.
  static func episode(
    _ place: TVDBv3Numbering.Place, ofShow show: Int, _ texts: TVDBEpisodeTexts?
  ) throws -> TVDBOrderedShow.Episode {
    let record = place.episode
    var episode = try TVDBOrderedShow.Episode(
      show: show, episode: record.id, season: place.season, number: place.number, texts)
    episode.item.absoluteIndex = record.absoluteNumber.flatMap { $0 > 0 ? $0 : nil }
    episode.item.released = TVDBText.date(record.firstAired)
    episode.item.artwork = TVDBText.picture(record.filename).map { [Artwork(form: .snapshot, url: $0)] } ?? []
    episode.item.contentRatings = contentRatings(record.contentRating)
    episode.item.ratings = ratings(record.siteRating, record.siteRatingCount)
    episode.item.credits =
      names(record.directors, .director) + names(record.writers, .writer)
      + names(record.guestStars, .actor)
    if let imdb = record.imdbId, imdb.hasPrefix("tt") { episode.item.externalIDs["imdb"] = imdb }
    return episode
  }

  /// Ratings of this version are those of the United States.
  private static func contentRatings(_ rating: String?) -> [ContentRating] {
    TVDBText.name(rating).map { [ContentRating(country: "US", rating: $0)] } ?? []
  }

  /// The best liked first; `other` where there is none.
  static func artwork(_ images: [TVDBv3Image], _ form: Artwork.Form, else other: String? = nil) -> [Artwork] {
    let artwork = images.compactMap { image -> Artwork? in
      guard let url = TVDBText.picture(image.fileName) else { return nil }
      let size = (image.resolution ?? "").split(separator: "x").map { TVDBKey.number($0) }
      return Artwork(
        form: form, url: url, language: image.language.flatMap { $0.utf8.count == 2 ? $0 : nil },
        width: size.count == 2 ? size[0] : nil, height: size.count == 2 ? size[1] : nil,
        score: image.ratingsInfo?.average)
    }
    if artwork.isEmpty, let url = TVDBText.picture(other) { return [Artwork(form: form, url: url)] }
    return artwork.enumerated().sorted { one, other in
      let scores = (one.element.score ?? 0, other.element.score ?? 0)
      return scores.0 != scores.1 ? scores.0 > scores.1 : one.offset < other.offset
    }.map(\.element)
  }

  private static func cast(_ actors: [TVDBv3Actor]) -> [Credit] {
    let ordered = actors.filter { !$0.name.isEmpty }.enumerated().sorted {
      ($0.element.sortOrder ?? .max, $0.offset) < ($1.element.sortOrder ?? .max, $1.offset)
    }
    return ordered.enumerated().map { order, actor in
      let role = (actor.element.role ?? "").split(separator: "|").map(\.trimmed).joined(separator: " / ")
      return Credit(
        name: actor.element.name, job: .actor, role: role.isEmpty ? nil : role,
        picture: TVDBText.picture(actor.element.image), order: order)
    }
  }

  private static func names(_ names: [String], _ job: Credit.Job) -> [Credit] {
    names.map(\.trimmed).filter { !$0.isEmpty }.map { Credit(name: $0, job: job) }
  }

  private static func ratings(_ value: Double?, _ votes: Int?) -> [Rating] {
    guard let value, value > 0, value <= 10 else { return [] }
    return [Rating(origin: "tvdb", value: value, votes: votes.flatMap { $0 > 0 ? $0 : nil })]
  }
}

/// Which episode is which number of which season, in one of v3's three orders.
enum TVDBv3Numbering {
  struct Place {
    let season: Int
    let number: Int
    let episode: TVDBv3Episode
  }

  /// Orders beside that of broadcast in which at least one episode has a number.
  static func otherOrders(of episodes: [TVDBv3Episode]) -> [String] {
    [TVDBOrder.dvd, TVDBOrder.absolute].filter { order in
      episodes.contains { ($0.airedSeason ?? 0) > 0 && own(place: $0, order) != nil }
    }
  }

  /// Specials that an order does not place keep their number; other episodes without one are left out. Of the parts
  /// of one episode of a disc the first stands for all.
  static func places(of episodes: [TVDBv3Episode], _ order: String?) -> [Place] {
    var taken: Set<[Int]> = []
    let sorted = episodes.sorted { ($0.dvdEpisodeNumber ?? 0, $0.id) < ($1.dvdEpisodeNumber ?? 0, $1.id) }
    return sorted.compactMap { episode in
      let isSpecial = episode.airedSeason == 0
      guard let place = own(place: episode, order) ?? (isSpecial ? own(place: episode, nil) : nil) else { return nil }
      guard order == nil || taken.insert([place.season, place.number]).inserted else { return nil }
      return place
    }
  }

  private static func own(place episode: TVDBv3Episode, _ order: String?) -> Place? {
    var numbers: (season: Int?, number: Int?)
    switch order {
    case TVDBOrder.dvd:
      let whole = episode.dvdEpisodeNumber.flatMap { (1...100_000).contains($0) ? Int($0) : nil }
      numbers = (episode.dvdSeason, whole)
    case TVDBOrder.absolute:
      let isCounted = (episode.absoluteNumber ?? 0) > 0 && (episode.airedSeason ?? 0) > 0
      numbers = isCounted ? (1, episode.absoluteNumber) : (nil, nil)
    default: numbers = (episode.airedSeason, episode.airedEpisodeNumber)
    }
    guard let season = numbers.season, let number = numbers.number else { return nil }
    return Place(season: season, number: number, episode: episode)
  }
}
