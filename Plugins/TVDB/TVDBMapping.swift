import UsherKit

/// A series or a movie of API v4 in the words of the shared model.
struct TVDBMapping {
  let work: TVDBWork
  let wish: TVDBWish

  /// The work as a possible match.
  func candidate(_ kind: MediaKind, relevance: Double = 1) throws -> Candidate {
    Candidate(kind == .movie ? try movie() : try show(), score: relevance)
  }

  /// The series' item.
  func show() throws -> MediaItem {
    var item = try common(.tvdb(.show(work.id)))
    item.released = TVDBText.date(work.firstAired)
    if work.status?.name == "Ended" { item.ended = TVDBText.date(work.lastAired) }
    item.year = item.released?.year ?? work.year.flatMap { Int($0) }
    item.duration = TVDBText.milliseconds(work.averageRuntime)
    item.networks = TVDBText.unique(
      [work.originalNetwork?.name, work.latestNetwork?.name].compactMap { $0 } + companies { $0 == "network" })
    if item.studios.isEmpty { item.studios = Array(item.networks.prefix(1)) }
    item.seasonOrders = otherOrders.map(TVDBOrder.seasonOrder)
    item.page = "https://www.thetvdb.com/dereferrer/series/\(work.id)"
    return item
  }

  /// The movie's item. Its date is that of the country asked for, else the first of all.
  func movie() throws -> MediaItem {
    var item = try common(.tvdb(.movie(work.id)))
    let home = work.releases.filter { CountryCode.twoLetters($0.country ?? "") == (wish.country ?? "") }
    let first = TVDBText.date(work.firstRelease?.date) ?? work.releases.compactMap { TVDBText.date($0.date) }.min()
    item.released = home.compactMap { TVDBText.date($0.date) }.min() ?? first
    item.year = work.year.flatMap { Int($0) } ?? first?.year
    item.duration = TVDBText.milliseconds(work.runtime)
    item.collections = work.lists.filter { $0.isOfficial == true && $0.id > 0 && !$0.name.isEmpty }.map { list in
      let (summary, poster) = (TVDBText.summary(list.overview), TVDBText.picture(list.image))
      return CollectionReference(id: String(list.id), title: list.name, summary: summary, poster: poster)
    }
    item.page = "https://www.thetvdb.com/dereferrer/movie/\(work.id)"
    return item
  }

  private func common(_ id: ItemID) throws -> MediaItem {
    let names = work.translations?.nameTranslations ?? []
    let overviews = work.translations?.overviewTranslations ?? []
    let any = names.lazy.compactMap { TVDBText.name($0.name) }.first
    guard let title = best(names, \.name, work.name) ?? any.map({ ($0, nil) }) else {
      throw PluginError(.unavailable, "record \(work.id) of TheTVDB lacks the member 'name'")
    }
    var item = MediaItem(id: id, title: title.text)
    item.originalTitle = TVDBText.name(work.name).flatMap { $0 == title.text ? nil : $0 }
    item.alternativeTitles = alternativeTitles(beside: title.text)
    item.summary = TVDBText.summary(best(overviews, \.overview, work.overview)?.text)
    item.tagline = (best(names, \.tagline, nil) ?? best(overviews, \.tagline, nil))?.text
    item.language = TVDBLanguage.twoLetters(title.language)
    item.contentRatings = contentRatings
    item.genres = TVDBText.unique(work.genres.compactMap(\.name))
    item.credits = credits
    item.studios = TVDBText.unique(companies { $0.hasPrefix("production") } + companies { $0 == "studio" })
    let countries = work.countries.map(\.country) + [work.originalCountry ?? ""]
    item.countries = TVDBText.unique(countries.compactMap { CountryCode.englishName($0) })
    item.ratings = work.ratings
    item.artwork = artwork
    item.externalIDs = TVDBText.externalIDs(work.remoteIds, own: work.id)
    return item
  }

  var seasons: [TVDBSeason] { work.seasons ?? [] }

  /// Orders of which the series has seasons, each once.
  private var orders: [TVDBSeasonType] {
    let words = Set(seasons.map(\.type.type).filter(TVDBOrder.isWord))
    var seen: Set<String> = []
    return (work.seasonTypes + seasons.map(\.type)).filter {
      words.contains($0.type) && seen.insert($0.type).inserted
    }
  }

  /// The order that is asked for when nobody asks for one: that of broadcast, or where a series has no such, the one
  /// that its page shows.
  var usualOrder: String {
    let aired = orders.first { $0.type == TVDBOrder.aired }
    return (aired ?? orders.first { $0.id == work.defaultSeasonType })?.type ?? TVDBOrder.aired
  }

  /// Orders beside the usual one.
  var otherOrders: [TVDBSeasonType] { orders.filter { $0.type != usualOrder } }

  /// The text in the first language asked for that has one, and the language; in the original one where none has.
  private func best(
    _ texts: [TVDBTranslation], _ member: KeyPath<TVDBTranslation, String?>, _ original: String?
  ) -> (text: String, language: String?)? {
    for code in wish.languages + [work.originalLanguage].compactMap({ $0 }) {
      let named = texts.filter { $0.language == code && $0.isAlias != true }
      let text = named.lazy.compactMap { TVDBText.name($0[keyPath: member]) }.first
      if let text = text ?? (code == work.originalLanguage ? TVDBText.name(original) : nil) { return (text, code) }
    }
    return TVDBText.name(original).map { ($0, work.originalLanguage) }
  }

  /// Names in the languages asked for come first: whoever compares does not read all of them.
  private func alternativeTitles(beside title: String) -> [String] {
    let names = work.translations?.nameTranslations ?? []
    let near = names.filter { wish.languages.contains($0.language ?? "") }
    let aliases = work.aliases.filter { wish.languages.contains($0.language ?? "") } + work.aliases
    return TVDBText.unique((near + aliases + names).compactMap { TVDBText.name($0.name) }).filter { $0 != title }
  }

  /// One per country.
  private var contentRatings: [ContentRating] {
    var countries: Set<String> = []
    return work.contentRatings.compactMap { rating in
      guard let country = CountryCode.twoLetters(rating.country), let name = TVDBText.name(rating.name),
        countries.insert(country).inserted
      else { return nil }
      return ContentRating(country: country, rating: name)
    }
  }

  private func companies(_ isWanted: (String) -> Bool) -> [String] {
    (work.companies?.all ?? []).filter { isWanted($0.type) }.map(\.name)
  }
}
