import UsherKit

/// What can be asked of either version of the API.
protocol TVDBCatalogue: Sendable {
  /// The work that an id names: the service's own, or that of another one. Nil when it knows none of them.
  func known(_ kind: MediaKind, own: Int?, _ ids: ExternalIDs) async throws -> Candidate?
  /// Hits for a title, best first. A person who chooses wants those of other years too.
  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [Candidate]
  /// Throws `.notFound`.
  func movie(_ id: Int) async throws -> MediaItem
  /// Throws `.notFound`.
  func show(_ id: Int) async throws -> MediaItem
  /// The show in an order. `summaries` says of which seasons the texts are needed, as they may cost a request each.
  /// Throws `.notFound` where the show has no order that an id names.
  func ordered(_ id: Int, _ order: TVDBOrderWish, summaries: TVDBSeasonChoice) async throws -> TVDBOrderedShow
}

enum TVDBSeasonChoice: Sendable, Equatable {
  case none, all
  case only(Int)

  func contains(_ number: Int) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .only(let one): one == number
    }
  }
}

/// Which order is meant: what an item's id says holds before what the request wants.
struct TVDBOrderWish: Sendable {
  /// The service's word; an id has it, so the show had such an order once.
  var named: String?
  /// The service's word; where the show has no such order, the usual one is taken.
  var wanted: String?

  /// The word of one of `others`, or nil for the usual order.
  func choice(usual: String, others: [String]) throws -> String? {
    if let named, named != usual {
      guard others.contains(named) else { throw PluginError(.notFound, "TheTVDB has no order '\(named)' of this show") }
      return named
    }
    guard named == nil, let wanted, others.contains(wanted) else { return nil }
    return wanted
  }
}

/// API v4.
struct TVDBv4Catalogue: TVDBCatalogue {
  let api: TVDBAPI
  let wish: TVDBWish

  func known(_ kind: MediaKind, own: Int?, _ ids: ExternalIDs) async throws -> Candidate? {
    if let own, let candidate = try await candidate(own, kind) { return candidate }
    if let imdb = ids["imdb"] {
      for id in try await records(imdb, kind).prefix(1) {
        guard var candidate = try await candidate(id, kind) else { continue }
        candidate.externalIDs?["imdb"] = imdb
        return candidate
      }
    }
    if let tmdb = ids["tmdb"] {
      // Numbers are the same in many services: only what the record itself says is proof.
      for id in try await records(tmdb, kind).prefix(3) {
        if let candidate = try await candidate(id, kind), candidate.externalIDs?["tmdb"] == tmdb { return candidate }
      }
    }
    return nil
  }

  private func records(_ remoteID: String, _ kind: MediaKind) async throws -> [Int] {
    try await api.search(remoteID: remoteID).compactMap { kind == .movie ? $0.movie?.id : $0.series?.id }
  }

  private func candidate(_ id: Int, _ kind: MediaKind) async throws -> Candidate? {
    do {
      let work = kind == .movie ? try await api.movie(id) : try await api.series(id)
      return try TVDBMapping(work: work, wish: wish).candidate(kind)
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }

  func search(_ title: String, _ kind: MediaKind, year: Int?, manual: Bool) async throws -> [Candidate] {
    var hits = year == nil ? [] : try await api.search(title, kind, year: year)
    // The service's year must be the very one, and the file's may be off by one.
    if hits.isEmpty || manual {
      let known = Set(hits.map(\.id))
      hits += try await api.search(title, kind, year: nil).filter { !known.contains($0.id) }
    }
    return hits.enumerated().compactMap { offset, hit in
      // There is no score, only the order.
      candidate(hit, kind, relevance: 1 - 0.5 * Double(offset) / Double(max(1, hits.count)))
    }
  }

  private func candidate(_ hit: TVDBSearchHit, _ kind: MediaKind, relevance: Double) -> Candidate? {
    guard let number = TVDBKey.number(hit.id),
      let id = try? ItemID.tvdb(kind == .movie ? .movie(number) : .show(number))
    else { return nil }
    let translations = hit.translations ?? [:]
    let translated = wish.languages.lazy.compactMap { code in
      TVDBText.name(translations[code]) ?? (code == hit.language ? TVDBText.name(hit.name) : nil)
    }.first
    guard let title = translated ?? TVDBText.name(hit.name) else { return nil }
    var candidate = Candidate(id: id, title: title)
    candidate.originalTitle = TVDBText.name(hit.name).flatMap { $0 == title ? nil : $0 }
    let near = wish.languages.compactMap { translations[$0] }
    let far = translations.sorted { $0.key < $1.key }.map(\.value)
    candidate.alternativeTitles = TVDBText.unique(near + hit.aliases + far).filter { $0 != title }
    candidate.released = TVDBText.date(hit.firstAired)
    candidate.year = hit.year.flatMap { Int($0) } ?? candidate.released?.year
    candidate.summary = TVDBText.summary(wish.languages.lazy.compactMap { hit.overviews?[$0] }.first ?? hit.overview)
    candidate.poster = TVDBText.picture(hit.poster)
    candidate.externalIDs = TVDBText.externalIDs(hit.remoteIds, own: number)
    candidate.score = relevance
    return candidate
  }

  func movie(_ id: Int) async throws -> MediaItem {
    try TVDBMapping(work: try await api.movie(id), wish: wish).movie()
  }

  func show(_ id: Int) async throws -> MediaItem {
    try TVDBMapping(work: try await api.series(id), wish: wish).show()
  }

  func ordered(_ id: Int, _ order: TVDBOrderWish, summaries: TVDBSeasonChoice) async throws -> TVDBOrderedShow {
    let mapping = TVDBMapping(work: try await api.series(id), wish: wish)
    let word = try order.choice(usual: mapping.usualOrder, others: mapping.otherOrders.map(\.type))
    let path = word ?? mapping.usualOrder
    let rows = mapping.seasons.filter { $0.type.type == path }
    async let overviews = overviews(of: rows.filter { summaries.contains($0.number) })
    let episodes = try await episodes(of: mapping.work, path)
    let texts = try await overviews
    let seasons = rows.map { row in
      TVDBOrderedShow.Season(
        number: row.number, name: TVDBText.name(row.name), summary: texts[row.id],
        posters: mapping.posters(ofSeason: row))
    }
    return TVDBOrderedShow(id: id, show: try mapping.show(), order: word, seasons: seasons, episodes: episodes)
  }

  /// By season id. Only seasons that say they have a text are asked for.
  private func overviews(of seasons: [TVDBSeason]) async throws -> [Int: String] {
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      for season in seasons {
        guard let code = wish.languages.first(where: season.overviewTranslations.contains) else { continue }
        group.addTask { (season.id, TVDBText.summary(try await api.overview(ofSeason: season.id, language: code))) }
      }
      return try await group.reduce(into: [:]) { texts, text in texts[text.0] = text.1 }
    }
  }

  /// In the original language first, then in those asked for as far as episodes still lack texts that they say they have.
  private func episodes(of series: TVDBWork, _ order: String) async throws -> [TVDBOrderedShow.Episode] {
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
        texts[episode.id, default: TVDBEpisodeTexts()].fill(
          episode.name, episode.overview, TVDBLanguage.twoLetters(code))
      }
    }
    return try plain.compactMap { episode in
      guard let season = episode.seasonNumber, let number = episode.number else { return nil }
      var words = texts[episode.id] ?? TVDBEpisodeTexts()
      words.fill(episode.name, episode.overview, TVDBLanguage.twoLetters(series.originalLanguage))
      var place = try TVDBOrderedShow.Episode(
        show: series.id, episode: episode.id, season: season, number: number, words)
      let original = TVDBText.name(episode.name)
      place.item.originalTitle = original == place.item.title ? nil : original
      let absolute = order == TVDBOrder.absolute && season > 0 ? number : episode.absoluteNumber
      place.item.absoluteIndex = absolute.flatMap { $0 > 0 ? $0 : nil }
      place.item.released = TVDBText.date(episode.aired)
      place.item.duration = TVDBText.milliseconds(episode.runtime)
      place.item.artwork = TVDBText.picture(episode.image).map { [Artwork(form: .snapshot, url: $0)] } ?? []
      return place
    }
  }
}
