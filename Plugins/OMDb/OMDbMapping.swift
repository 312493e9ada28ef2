import UsherKit

/// A record of OMDb in the words of the shared model.
struct OMDbMapping {
  let title: OMDbTitle

  /// The movie or show as a possible match. Throws `.unavailable` for an id that fits no item.
  func candidate() throws -> Candidate {
    let id = try ItemID.omdb(title.type == "movie" ? .movie : .show, title.id ?? "")
    var candidate = Candidate(id: id, title: title.title, year: year)
    candidate.released = released
    candidate.summary = title.plot
    candidate.poster = OMDbText.picture(title.poster)
    candidate.externalIDs = externalIDs
    candidate.isAdult = isAdult ? true : nil
    candidate.score = 1
    return candidate
  }

  /// A movie, a show, or an episode without its place in the show.
  func item(_ id: ItemID) -> MediaItem {
    var item = MediaItem(id: id, title: title.title)
    item.summary = title.plot
    item.released = released
    item.year = year
    item.duration = title.runtime.flatMap(OMDbText.duration)
    item.language = "en"
    item.contentRatings = contentRatings
    item.isAdult = isAdult
    item.genres = OMDbText.list(title.genre)
    item.credits = credits
    item.studios = OMDbText.list(title.production)
    item.countries = OMDbText.list(title.country).map { Self.countries[$0] ?? $0 }
    item.ratings = ratings
    if let poster = OMDbText.picture(title.poster) {
      item.artwork = [Artwork(form: id.kind == .episode ? .snapshot : .coverPoster, url: poster)]
    }
    item.externalIDs = externalIDs
    return item
  }

  /// Of the audience at IMDb, and of critics at Rotten Tomatoes and Metacritic.
  var ratings: [Rating] {
    var ratings: [Rating] = []
    func value(_ source: String) -> String? { title.ratings.first { $0.source == source }?.value }
    if let imdb = (title.imdbRating ?? value("Internet Movie Database")).flatMap({ OMDbText.rating($0) }) {
      ratings.append(Rating(origin: "imdb", value: imdb, votes: title.imdbVotes.flatMap(OMDbText.count)))
    }
    if let tomatoes = value("Rotten Tomatoes").flatMap({ OMDbText.rating($0, bareScale: 100) }) {
      ratings.append(Rating(origin: "rottentomatoes", isCritic: true, value: tomatoes))
    }
    let metacritic = value("Metacritic") ?? title.metascore
    if let value = metacritic.flatMap({ OMDbText.rating($0, bareScale: 100) }) {
      ratings.append(Rating(origin: "metacritic", isCritic: true, value: value))
    }
    return ratings
  }

  private var released: CalendarDate? { title.released.flatMap(OMDbText.date) }
  private var year: Int? { title.year.flatMap(OMDbText.year) ?? released?.year }
  private var externalIDs: ExternalIDs { title.id.map { ["imdb": $0] } ?? [:] }
  private var isAdult: Bool { OMDbText.list(title.genre).contains("Adult") }

  /// The service has those of the US alone.
  private var contentRatings: [ContentRating] {
    guard let rated = title.rated, !Self.unrated.contains(rated.lowercased()) else { return [] }
    return [ContentRating(country: "US", rating: rated)]
  }

  private var credits: [Credit] {
    people(title.actors, .actor) + people(title.director, .director) + people(title.writer, .writer)
  }

  /// Each person once, with all their notes; only actors have an order.
  private func people(_ text: String?, _ job: Credit.Job) -> [Credit] {
    var credits: [Credit] = []
    for entry in OMDbText.list(text) {
      let person = OMDbText.person(entry)
      if let place = credits.firstIndex(where: { $0.name == person.name }) {
        let roles = [credits[place].role, person.note].compactMap { $0 }
        credits[place].role = roles.isEmpty ? nil : roles.joined(separator: " / ")
      } else {
        let order = job == .actor ? credits.count : nil
        credits.append(Credit(name: person.name, job: job, role: person.note, order: order))
      }
    }
    return credits
  }

  private static let unrated: Set<String> = ["not rated", "unrated", "nr", "n/a"]
  /// Short forms in older records.
  private static let countries = ["USA": "United States", "UK": "United Kingdom"]
}

/// A show with what stands below it.
struct OMDbShow {
  /// The show's id as it was asked for.
  let id: String
  let title: OMDbTitle

  /// From 1; none when the service does not say how many, or says more than there can be.
  var seasons: [Int] {
    guard let count = title.totalSeasons.flatMap({ Int($0) }), (1...200).contains(count) else { return [] }
    return Array(1...count)
  }

  /// A season; its date is that of its first episode, where its list is known.
  func season(_ number: Int, list: OMDbSeason?) throws -> MediaItem {
    var item = MediaItem(id: try ItemID.omdb(.season, "\(id)-\(number)"), title: Self.title(of: number))
    item.released = list?.episodes.compactMap { $0.released.flatMap(OMDbText.date) }.min()
    item.year = item.released?.year
    item.language = "en"
    item.index = number
    item.parent = try ancestor
    return item
  }

  /// An entry of a season's list, under `id` where it was asked for by one.
  func episode(_ entry: OMDbEpisode, season: Int, id: ItemID?) throws -> MediaItem {
    let value = "\(self.id)-\(entry.id ?? "s\(season)e\(entry.number)")"
    var item = MediaItem(
      id: try id ?? ItemID.omdb(.episode, value), title: entry.title ?? "Episode \(entry.number)")
    item.released = entry.released.flatMap(OMDbText.date)
    item.year = item.released?.year
    item.language = "en"
    if let rating = entry.imdbRating.flatMap({ OMDbText.rating($0) }) {
      item.ratings = [Rating(origin: "imdb", value: rating)]
    }
    if let imdb = entry.id { item.externalIDs = ["imdb": imdb] }
    try place(&item, season: season, number: entry.number)
    return item
  }

  /// An episode from its own record. Throws `.unavailable` when neither the record nor the id tells its numbers.
  func detailedEpisode(_ record: OMDbTitle, _ place: OMDbKey.Place, _ id: ItemID) throws -> MediaItem {
    var numbers = (season: record.season.flatMap { Int($0) }, episode: record.episode.flatMap { Int($0) })
    if case .number(let season, let episode) = place { numbers = (season, episode) }
    guard let season = numbers.season, let episode = numbers.episode, (0...9999).contains(season),
      (0...9999).contains(episode)
    else {
      throw PluginError(.unavailable, "OMDb: the members 'Season' and 'Episode' are no numbers, below show \(self.id)")
    }
    var item = OMDbMapping(title: record).item(id)
    try self.place(&item, season: season, number: episode)
    return item
  }

  private func place(_ item: inout MediaItem, season: Int, number: Int) throws {
    item.index = number
    item.parent = Ancestor(
      id: try ItemID.omdb(.season, "\(id)-\(season)"), title: Self.title(of: season), index: season)
    item.grandparent = try ancestor
  }

  private var ancestor: Ancestor {
    get throws {
      Ancestor(id: try ItemID.omdb(.show, id), title: title.title, poster: OMDbText.picture(title.poster))
    }
  }

  private static func title(of season: Int) -> String { season == 0 ? "Specials" : "Season \(season)" }
}
