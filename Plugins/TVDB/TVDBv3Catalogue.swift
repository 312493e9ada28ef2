import UsherKit

/// API v3: shows only, in a language that a header names.
struct TVDBv3Catalogue: TVDBCatalogue {
  let api: TVDBv3API
  let wish: TVDBWish

  /// TheTVDB's code and ISO 639-1 of the language asked for; English where it has none.
  private var language: (code: String, letters: String) {
    wish.languages.lazy.compactMap { code in TVDBLanguage.twoLetters(code).map { (code, $0) } }.first ?? Self.english
  }

  private var isEnglish: Bool { language.code == Self.english.code }
  private static let english = (code: "eng", letters: "en")
  private static let noMovies = PluginError(.unsupported, "TheTVDB's API v3 has no movies; v4 has")

  func works(withID id: String, of namespace: String, _ kind: MediaKind) async throws -> [Int] {
    guard namespace == "imdb", kind == .show else { return [] }
    return try await api.search(("imdbId", id), language.letters).map(\.id)
  }

  /// This version knows no year to search by.
  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [TVDBWork] {
    guard kind == .show else { throw Self.noMovies }
    return try await api.search(("name", title), language.letters).map { $0.work(language.code) }
  }

  func overview(of season: TVDBSeason) async throws -> String? { nil }

  /// With everything that takes requests of its own; its orders are only told by its episodes.
  func work(_ id: Int, _ kind: MediaKind) async throws -> TVDBWork {
    guard kind == .show else { throw Self.noMovies }
    let series = try await api.series(id, language.letters)
    var work = series.work(language.code)
    async let actors = api.actors(ofSeries: id, language.letters)
    async let posters = images(id, "poster", type: 2)
    async let backgrounds = images(id, "fanart", type: 3, else: series.fanart)
    async let banners = images(id, "series", type: 1, else: series.banner)
    async let seasonPosters = images(id, "season", type: 7)
    async let episodes = api.episodes(ofSeries: id, language.letters)
    if !isEnglish, TVDBText.name(series.seriesName) == nil || TVDBText.summary(series.overview) == nil {
      work.add(try await api.series(id, Self.english.letters), Self.english.code)
    }
    work.characters = try await actors.map(\.character)
    work.artworks = try await posters + backgrounds + banners + seasonPosters
    work.seasons = TVDBv3Numbering.seasons(of: try await episodes)
    return work
  }

  private func images(_ id: Int, _ keyType: String, type: Int, else one: String? = nil) async throws -> [TVDBArtwork] {
    var images = try await api.images(ofSeries: id, keyType, language.letters)
    if images.isEmpty, !isEnglish { images = try await api.images(ofSeries: id, keyType, Self.english.letters) }
    guard images.isEmpty, let one else { return images.map { $0.artwork(type) } }
    return [TVDBArtwork(image: one, type: type)]
  }

  /// In the language asked for, and in English as well where texts are missing.
  func episodes(of series: TVDBWork, order: String) async throws -> [TVDBOrderedShow.Episode] {
    let episodes = try await api.episodes(ofSeries: series.id, language.letters)
    var texts: [Int: TVDBEpisodeTexts] = [:]
    func fill(_ episodes: [TVDBv3Episode], _ code: String) {
      for episode in episodes {
        texts[episode.id, default: TVDBEpisodeTexts()].fill(episode.episodeName, episode.overview, code)
      }
    }
    fill(episodes, language.code)
    if !isEnglish, texts.values.contains(where: { $0.name == nil || $0.summary == nil }) {
      fill(try await api.episodes(ofSeries: series.id, Self.english.letters), Self.english.code)
    }
    return try TVDBv3Numbering.places(of: episodes, order).compactMap { place in
      try place.episode.placed(place, ofShow: series.id, texts[place.episode.id])
    }
  }
}
