import UsherKit

/// API v3: shows only, in a language that a header names.
struct TVDBv3Catalogue: TVDBCatalogue {
  let api: TVDBv3API
  let wish: TVDBWish

  /// ISO 639-1, the best first, English last.
  private var languages: [String] {
    TVDBText.unique(wish.languages.compactMap { TVDBLanguage.twoLetters($0) })
  }

  private var language: String { languages.first ?? "en" }

  func known(_ kind: MediaKind, own: Int?, _ ids: ExternalIDs) async throws -> Candidate? {
    guard kind == .show else { throw Self.noMovies }
    do {
      if let own { return try TVDBv3Mapping(series: try await series(own)).candidate(relevance: 1) }
    } catch let error as PluginError where error.kind == .notFound {}
    guard let imdb = ids["imdb"], let hit = try await api.search(("imdbId", imdb), language).first else { return nil }
    var candidate = try TVDBv3Mapping(series: [hit]).candidate(relevance: 1)
    candidate.externalIDs?["imdb"] = imdb
    return candidate
  }

  /// This version knows no year to search by.
  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [Candidate] {
    guard kind == .show else { throw Self.noMovies }
    let hits = try await api.search(("name", title), language)
    return hits.enumerated().compactMap { offset, hit in
      try? TVDBv3Mapping(series: [hit]).candidate(relevance: 1 - 0.5 * Double(offset) / Double(hits.count))
    }
  }

  func movie(_ id: Int) async throws -> MediaItem { throw Self.noMovies }

  func show(_ id: Int) async throws -> MediaItem { try await whole(id).show }

  func ordered(_ id: Int, _ order: TVDBOrderWish, summaries: TVDBSeasonChoice) async throws -> TVDBOrderedShow {
    async let images = images(id, "season")
    let (show, episodes) = try await whole(id)
    let word = try order.choice(usual: TVDBOrder.aired, others: TVDBv3Numbering.otherOrders(of: episodes.original))
    let posters = Dictionary(grouping: try await images) { $0.subKey ?? "" }
    let placed = try TVDBv3Numbering.places(of: episodes.original, word).map { place in
      try TVDBv3Mapping.episode(place, ofShow: id, episodes.texts[place.episode.id])
    }
    let seasons = Set(placed.map(\.season)).map { number in
      // Pictures are of seasons as broadcast.
      TVDBOrderedShow.Season(
        number: number,
        posters: word == nil ? TVDBv3Mapping.artwork(posters[String(number)] ?? [], .coverPoster) : [])
    }
    return TVDBOrderedShow(id: id, show: show, order: word, seasons: seasons, episodes: placed)
  }

  private static let noMovies = PluginError(.unsupported, "TheTVDB's API v3 has no movies; v4 has")

  private struct Episodes {
    let original: [TVDBv3Episode]
    let texts: [Int: TVDBEpisodeTexts]
  }

  /// The show with its orders, which only its episodes tell.
  private func whole(_ id: Int) async throws -> (show: MediaItem, episodes: Episodes) {
    let series = try await series(id)
    async let actors = api.actors(ofSeries: id, language)
    async let posters = images(id, "poster")
    async let backgrounds = images(id, "fanart")
    async let banners = images(id, "series")
    async let episodes = episodes(id)
    var item = try TVDBv3Mapping(series: series, language: language).show(actors: try await actors)
    item.artwork = TVDBv3Mapping.artwork(try await posters, .coverPoster, else: series.first?.poster)
    item.artwork += TVDBv3Mapping.artwork(try await backgrounds, .background, else: series.first?.fanart)
    item.artwork += TVDBv3Mapping.artwork(try await banners, .banner, else: series.first?.banner)
    let all = try await episodes
    item.seasonOrders = TVDBv3Numbering.otherOrders(of: all.original).map { TVDBOrder.seasonOrder($0, name: nil) }
    return (item, all)
  }

  /// In the language asked for, and in English as well where texts are missing.
  private func series(_ id: Int) async throws -> [TVDBv3Series] {
    let first = try await api.series(id, language)
    let isWhole = TVDBText.name(first.seriesName) != nil && TVDBText.summary(first.overview) != nil
    return isWhole || language == "en" ? [first] : [first, try await api.series(id, "en")]
  }

  private func images(_ id: Int, _ keyType: String) async throws -> [TVDBv3Image] {
    let images = try await api.images(ofSeries: id, keyType, language)
    return images.isEmpty && language != "en" ? try await api.images(ofSeries: id, keyType, "en") : images
  }

  private func episodes(_ id: Int) async throws -> Episodes {
    let original = try await api.episodes(ofSeries: id, language)
    var texts: [Int: TVDBEpisodeTexts] = [:]
    func fill(_ episodes: [TVDBv3Episode], _ language: String) {
      for episode in episodes {
        texts[episode.id, default: TVDBEpisodeTexts()].fill(episode.episodeName, episode.overview, language)
      }
    }
    fill(original, language)
    if language != "en", texts.values.contains(where: { $0.name == nil || $0.summary == nil }) {
      fill(try await api.episodes(ofSeries: id, "en"), "en")
    }
    return Episodes(original: original, texts: texts)
  }
}
