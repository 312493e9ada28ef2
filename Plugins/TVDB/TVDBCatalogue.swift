import UsherKit

/// What either version of the API brings, in the shapes of v4.
protocol TVDBCatalogue: Sendable {
  var wish: TVDBWish { get }
  /// Throws `.notFound`.
  func work(_ id: Int, _ kind: MediaKind) async throws -> TVDBWork
  /// Works that may have that id of another service: `imdb` or `tmdb`.
  func works(withID id: String, of namespace: String, _ kind: MediaKind) async throws -> [Int]
  /// Hits for a title, best first. A person who chooses wants those of other years too.
  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [TVDBWork]
  /// All episodes in an order of the series.
  func episodes(of series: TVDBWork, order: String) async throws -> [TVDBOrderedShow.Episode]
  /// What a season is about; nil where no text is known. May cost a request.
  func overview(of season: TVDBSeason) async throws -> String?
}

extension TVDBCatalogue {
  /// Throws `.notFound`.
  func mapping(_ id: Int, _ kind: MediaKind) async throws -> TVDBMapping {
    TVDBMapping(work: try await work(id, kind), wish: wish)
  }

  /// The work that an id names: the service's own, or that of another one. Nil when it knows none of them.
  func known(_ kind: MediaKind, own: Int?, _ ids: ExternalIDs) async throws -> Candidate? {
    if let own, let candidate = try await candidate(own, kind) { return candidate }
    for namespace in ["imdb", "tmdb"] {
      guard let wanted = ids[namespace] else { continue }
      for id in try await works(withID: wanted, of: namespace, kind).prefix(3) {
        guard var candidate = try await candidate(id, kind) else { continue }
        // Ids of IMDb are nobody else's; numbers are the same in many services, so the record itself must say it.
        guard namespace == "imdb" || candidate.externalIDs?[namespace] == wanted else { continue }
        candidate.externalIDs?[namespace] = wanted
        return candidate
      }
    }
    return nil
  }

  private func candidate(_ id: Int, _ kind: MediaKind) async throws -> Candidate? {
    do {
      return try await mapping(id, kind).candidate(kind)
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }

  /// The show in the order that its item's id names, else in the one wanted if it has that, else in the usual one.
  /// `summaries` says of which seasons the texts are needed. Throws `.notFound` for a named order that it has not.
  func ordered(
    _ id: Int, named: String? = nil, wanted: String?, summaries: (Int) -> Bool = { _ in false }
  ) async throws -> TVDBOrderedShow {
    let mapping = try await mapping(id, .show)
    let order = mapping.otherOrders.map(\.type).first { $0 == named ?? wanted }
    if let named, order == nil, named != mapping.usualOrder {
      throw PluginError(.notFound, "TheTVDB has no order '\(named)' of show \(id)")
    }
    let path = order ?? mapping.usualOrder
    let rows = mapping.seasons.filter { $0.type.type == path }
    let told = rows.filter { summaries($0.number) }
    async let overviews = overviews(of: told)
    let episodes = try await episodes(of: mapping.work, order: path)
    let texts = try await overviews
    let seasons = rows.map { row in
      TVDBOrderedShow.Season(
        number: row.number, name: TVDBText.name(row.name), summary: texts[row.id],
        posters: mapping.posters(ofSeason: row))
    }
    return TVDBOrderedShow(id: id, show: try mapping.show(), order: order, seasons: seasons, episodes: episodes)
  }

  private func overviews(of seasons: [TVDBSeason]) async throws -> [Int: String] {
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      for season in seasons { group.addTask { (season.id, TVDBText.summary(try await overview(of: season))) } }
      return try await group.reduce(into: [:]) { texts, text in texts[text.0] = text.1 }
    }
  }
}

/// API v4.
struct TVDBv4Catalogue: TVDBCatalogue {
  let api: TVDBAPI
  let wish: TVDBWish

  func work(_ id: Int, _ kind: MediaKind) async throws -> TVDBWork { try await api.work(id, kind) }

  func works(withID id: String, of namespace: String, _ kind: MediaKind) async throws -> [Int] {
    try await api.search(remoteID: id).compactMap { kind == .movie ? $0.movie?.id : $0.series?.id }
  }

  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [TVDBWork] {
    var hits = year == nil ? [] : try await api.search(title, kind, year: year)
    // The service's year must be the very one, and the file's may be off by one.
    if hits.isEmpty || manual {
      let known = Set(hits.map(\.id))
      hits += try await api.search(title, kind, year: nil).filter { !known.contains($0.id) }
    }
    return hits.compactMap(\.work)
  }

  func overview(of season: TVDBSeason) async throws -> String? {
    guard let code = wish.languages.first(where: season.overviewTranslations.contains) else { return nil }
    return try await api.overview(ofSeason: season.id, language: code)
  }

  /// In the original language first, then in those asked for as far as episodes still lack texts that they say they have.
  func episodes(of series: TVDBWork, order: String) async throws -> [TVDBOrderedShow.Episode] {
    let plain = try await api.episodes(ofSeries: series.id, order: order)
    var texts: [Int: TVDBEpisodeTexts] = [:]
    // What comes after the original language in the order of wishes is not needed: that one has every text.
    for code in wish.languages.prefix(while: { $0 != series.originalLanguage }) {
      let lacking = plain.contains { episode in
        let known = texts[episode.id]
        return known?.name == nil && (episode.nameTranslations?.contains(code) ?? true)
          || known?.summary == nil && (episode.overviewTranslations?.contains(code) ?? true)
      }
      guard lacking else { continue }
      for episode in try await api.episodes(ofSeries: series.id, order: order, language: code) {
        texts[episode.id, default: TVDBEpisodeTexts()].fill(episode.name, episode.overview, code)
      }
    }
    return try plain.compactMap { record in
      var words = texts[record.id] ?? TVDBEpisodeTexts()
      words.fill(record.name, record.overview, series.originalLanguage)
      var episode = try TVDBOrderedShow.Episode(record, ofShow: series.id, words)
      let original = TVDBText.name(record.name)
      if episode?.item.title != original { episode?.item.originalTitle = original }
      if order == TVDBOrder.absolute, record.seasonNumber != 0 { episode?.item.absoluteIndex = record.number }
      return episode
    }
  }
}
