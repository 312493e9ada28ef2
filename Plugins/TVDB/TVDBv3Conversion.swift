import UsherKit

// API v3's records in the shapes of v4, so that both are mapped alike.

extension TVDBv3Series {
  /// With texts in the language of `code`.
  func work(_ code: String) -> TVDBWork {
    var work = TVDBWork(id: id)
    work.image = TVDBText.picture(poster) ?? image
    work.firstAired = firstAired
    work.averageRuntime = runtime.flatMap { Int($0) }
    work.genres = genre.map { TVDBNamed(name: $0) }
    work.aliases = aliases.map { TVDBTranslation(name: $0) }
    work.originalNetwork = TVDBNamed(name: network)
    // Ratings of this version are those of the United States.
    work.contentRatings = rating.map { [TVDBContentRating(name: $0, country: "usa")] } ?? []
    work.remoteIds = imdbId.map { [TVDBRemoteID(id: $0, sourceName: "IMDB")] } ?? []
    work.ratings = TVDBText.ratings(siteRating, siteRatingCount)
    work.add(self, code)
    return work
  }
}

extension TVDBWork {
  /// Adds the texts of another language.
  mutating func add(_ series: TVDBv3Series, _ code: String) {
    translations = translations ?? TVDBTranslations()
    translations?.nameTranslations.append(TVDBTranslation(language: code, name: series.seriesName))
    translations?.overviewTranslations.append(TVDBTranslation(language: code, overview: series.overview))
  }
}

extension TVDBv3Actor {
  var character: TVDBCharacter {
    let roles = (role ?? "").split(separator: "|").map(\.trimmed).joined(separator: " / ")
    return TVDBCharacter(personName: name, sort: sortOrder, name: roles, peopleType: "Actor", personImgURL: image)
  }
}

extension TVDBv3Image {
  /// With one of v4's types; that of a season belongs to the row which `TVDBv3Numbering` makes of it.
  func artwork(_ type: Int) -> TVDBArtwork {
    let size = (resolution ?? "").split(separator: "x").map { TVDBKey.number($0) }
    return TVDBArtwork(
      image: fileName, type: type, language: language.flatMap { LanguageCode.threeLetters($0) },
      score: ratingsInfo?.average, width: size.count == 2 ? size[0] : nil, height: size.count == 2 ? size[1] : nil,
      seasonId: subKey.flatMap { TVDBKey.number($0) })
  }
}

extension TVDBv3Episode {
  func placed(
    _ place: TVDBv3Numbering.Place, ofShow show: Int, _ texts: TVDBEpisodeTexts?
  ) throws -> TVDBOrderedShow.Episode? {
    var record = TVDBEpisode(id: id, seasonNumber: place.season, number: place.number)
    (record.aired, record.image, record.absoluteNumber) = (firstAired, filename, absoluteNumber)
    var episode = try TVDBOrderedShow.Episode(record, ofShow: show, texts)
    episode?.item.contentRatings = TVDBText.name(contentRating).map { [ContentRating(country: "US", rating: $0)] } ?? []
    episode?.item.ratings = TVDBText.ratings(siteRating, siteRatingCount)
    episode?.item.credits = [(directors, Credit.Job.director), (writers, .writer), (guestStars, .actor)].flatMap {
      names, job in TVDBText.unique(names.map(\.trimmed)).map { Credit(name: $0, job: job) }
    }
    if let imdb = imdbId, imdb.hasPrefix("tt") { episode?.item.externalIDs["imdb"] = imdb }
    return episode
  }
}

/// Which episode is which number of which season, in one of v3's three orders.
enum TVDBv3Numbering {
  typealias Place = (season: Int, number: Int, episode: TVDBv3Episode)

  /// Rows as v4 has them, of the orders in which at least one episode beside the specials has a number. Only seasons as
  /// broadcast have pictures, under their number.
  static func seasons(of episodes: [TVDBv3Episode]) -> [TVDBSeason] {
    let orders = [("Aired", TVDBOrder.aired), ("DVD", TVDBOrder.dvd), ("Absolute", TVDBOrder.absolute)]
    let used = orders.filter { _, order in
      episodes.contains { $0.airedSeason != 0 && own(place: $0, order) != nil }
    }
    return used.flatMap { name, order in
      Set(places(of: episodes, order).map(\.season)).sorted().map { number in
        let id = order == TVDBOrder.aired ? number : -1
        return TVDBSeason(id: id, number: number, type: TVDBSeasonType(name: name, type: order))
      }
    }
  }

  /// Specials that an order does not place keep their number; other episodes without one are left out. Of the parts
  /// of one episode of a disc the first stands for all.
  static func places(of episodes: [TVDBv3Episode], _ order: String) -> [Place] {
    var taken: Set<[Int]> = []
    let sorted = episodes.sorted { ($0.dvdEpisodeNumber ?? 0, $0.id) < ($1.dvdEpisodeNumber ?? 0, $1.id) }
    return sorted.compactMap { episode in
      let special = episode.airedSeason == 0 ? own(place: episode, TVDBOrder.aired) : nil
      guard let place = own(place: episode, order) ?? special,
        order == TVDBOrder.aired || taken.insert([place.season, place.number]).inserted
      else { return nil }
      return place
    }
  }

  private static func own(place episode: TVDBv3Episode, _ order: String) -> Place? {
    var numbers = (season: episode.airedSeason, number: episode.airedEpisodeNumber)
    if order == TVDBOrder.dvd {
      numbers = (episode.dvdSeason, episode.dvdEpisodeNumber.flatMap { (1...100_000).contains($0) ? Int($0) : nil })
    } else if order == TVDBOrder.absolute {
      let number = episode.absoluteNumber.flatMap { $0 > 0 && episode.airedSeason != 0 ? $0 : nil }
      numbers = (1, number)
    }
    guard let season = numbers.season, let number = numbers.number else { return nil }
    return (season, number, episode)
  }
}
