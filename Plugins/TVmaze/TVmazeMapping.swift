import UsherKit

/// TVmaze's shapes in the words of the shared model.
struct TVmazeMapping {
  let show: TVmazeShow

  /// The show as a possible match. `relevance` is 1 for the best hit of its search.
  func candidate(relevance: Double?) -> Candidate? {
    guard let id = ItemID(show: show.id) else { return nil }
    var candidate = Candidate(id: id, title: show.name)
    candidate.released = show.premiered.flatMap { CalendarDate($0) }
    candidate.year = candidate.released?.year
    candidate.originalTitle = originalTitle
    let others = alternativeTitles
    candidate.alternativeTitles = others.isEmpty ? nil : others
    candidate.summary = show.summary.flatMap(Self.plain)
    candidate.poster = poster
    candidate.externalIDs = externalIDs
    candidate.score = relevance
    return candidate
  }

  /// The show's item. Texts are always English; there are no age ratings and no studios, so the network stands for one.
  func item(orders: [SeasonOrder]) throws -> MediaItem {
    var item = MediaItem(id: try showID, title: show.name)
    item.originalTitle = originalTitle
    item.alternativeTitles = alternativeTitles
    item.summary = show.summary.flatMap(Self.plain)
    item.released = show.premiered.flatMap { CalendarDate($0) }
    item.ended = show.ended.flatMap { CalendarDate($0) }
    item.year = item.released?.year
    item.duration = duration(nil)
    item.language = "en"
    item.genres = genres
    item.credits = cast + crew
    setNetworks(show.network, show.webChannel, &item)
    item.ratings = ratings(show.rating)
    item.artwork = artwork
    item.seasonOrders = orders
    item.externalIDs = externalIDs
    item.page = Self.secure(show.url)
    return item
  }

  /// Season `number` of a numbering that has it; what only the aired order knows is left out in others.
  func season(_ number: Int, isAired: Bool, in numbering: TVmazeNumbering) throws -> MediaItem {
    let season = isAired ? show.embedded?.seasons?.first { $0.number == number } : nil
    var item = MediaItem(id: try ItemID.season(show.id, number), title: seasonTitle(number, isAired: isAired))
    item.summary = season?.summary.flatMap(Self.plain)
    let firstAired = numbering.places.lazy.filter { $0.season == number }.compactMap {
      $0.episode.airdate.flatMap { CalendarDate($0) }
    }.min()
    item.released = season?.premiereDate.flatMap { CalendarDate($0) } ?? firstAired
    item.year = item.released?.year
    item.language = "en"
    item.index = number
    setNetworks(season?.network ?? show.network, season?.webChannel ?? show.webChannel, &item)
    if let url = Self.secure(season?.image?.original ?? season?.image?.medium) {
      item.artwork = [Artwork(form: .coverPoster, url: url)]
    }
    item.parent = Ancestor(id: try showID, title: show.name, poster: poster, background: background)
    item.page = Self.secure(season?.url ?? show.url)
    return item
  }

  func episode(_ place: TVmazeNumbering.Place, isAired: Bool) throws -> MediaItem {
    let episode = place.episode
    let name = place.name ?? episode.name ?? ""
    var item = MediaItem(
      id: try ItemID.episode(show.id, episode.id), title: name.isEmpty ? "Episode \(place.number)" : name)
    item.summary = episode.summary.flatMap(Self.plain)
    item.released = episode.airdate.flatMap { CalendarDate($0) }
    item.year = item.released?.year
    item.duration = duration(episode.runtime)
    item.language = "en"
    item.index = place.number
    item.ratings = ratings(episode.rating)
    if let url = Self.secure(episode.image?.original ?? episode.image?.medium) {
      item.artwork = [Artwork(form: .snapshot, url: url)]
    }
    item.parent = Ancestor(
      id: try ItemID.season(show.id, place.season), title: seasonTitle(place.season, isAired: isAired),
      index: place.season, poster: isAired ? seasonPoster(place.season) : nil)
    item.grandparent = Ancestor(id: try showID, title: show.name, poster: poster, background: background)
    item.page = Self.secure(episode.url)
    return item
  }

  private var showID: ItemID {
    get throws {
      guard let id = ItemID(show: show.id) else { throw PluginError(.unavailable, "show \(show.id) has no usable id") }
      return id
    }
  }

  private var externalIDs: ExternalIDs {
    var ids: ExternalIDs = ["tvmaze": String(show.id)]
    ids["imdb"] = show.externals?.imdb
    ids["tvdb"] = show.externals?.thetvdb.map(String.init)
    return ids
  }

  private var genres: [String] {
    guard let type = show.type, !type.isEmpty, type != "Scripted", !show.genres.contains(type) else {
      return show.genres
    }
    return show.genres + [type]
  }

  private var alternativeTitles: [String] {
    var seen: Set = [show.name]
    return (show.embedded?.akas ?? []).map(\.name).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// A name without a country is the one at home; an English show's is just another English name.
  private var originalTitle: String? {
    guard let language = show.language, language != "English" else { return nil }
    return show.embedded?.akas.first { $0.country == nil && !$0.name.isEmpty && $0.name != show.name }?.name
  }

  private var poster: String? { artwork.first { $0.form == .coverPoster }?.url }
  private var background: String? { artwork.first { $0.form == .background }?.url }

  private func seasonTitle(_ number: Int, isAired: Bool) -> String {
    if number == 0 { return TVmazeNumbering.specialsTitle }
    let season = isAired ? show.embedded?.seasons?.first { $0.number == number } : nil
    guard let name = season?.name, !name.isEmpty else { return "Season \(number)" }
    return name
  }

  private func seasonPoster(_ number: Int) -> String? {
    let image = show.embedded?.seasons?.first { $0.number == number }?.image
    return Self.secure(image?.original ?? image?.medium)
  }

  /// Milliseconds; TVmaze has minutes, and no fixed length for streaming services.
  private func duration(_ minutes: Int?) -> Int? {
    (minutes ?? show.runtime ?? show.averageRuntime).flatMap { (1...10_000).contains($0) ? $0 * 60_000 : nil }
  }

  private func ratings(_ rating: TVmazeRating?) -> [Rating] {
    guard let value = rating?.average, (0...10).contains(value) else { return [] }
    return [Rating(origin: "tvmaze", value: value)]
  }

  private func setNetworks(_ network: TVmazeNetwork?, _ channel: TVmazeNetwork?, _ item: inout MediaItem) {
    let all = [network, channel].compactMap { $0 }
    item.networks = all.map(\.name)
    item.studios = Array(item.networks.prefix(1))
    item.countries = all.compactMap(\.country?.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Plain text, nil when nothing is left of it.
  private static func plain(_ html: String) -> String? {
    let text = String.plainText(html: html)
    return text.isEmpty ? nil : text
  }

  /// TVmaze's own pictures and pages answer on https; old records still say http.
  static func secure(_ url: String?) -> String? {
    guard let url else { return nil }
    if url.hasPrefix("https://") { return url }
    return url.hasPrefix("http://") ? "https://" + url.dropFirst("http://".count) : nil
  }
}

extension TVmazeMapping {
  /// People in the source's order; somebody who plays two characters is one credit with both.
  private var cast: [Credit] {
    var credits: [Credit] = []
    var places: [Int: Int] = [:]
    for member in show.embedded?.cast ?? [] {
      let role = member.character?.name.flatMap { $0.isEmpty ? nil : $0 }
      if let id = member.person.id, let place = places[id] {
        let roles = [credits[place].role, role].compactMap { $0 }
        credits[place].role = roles.isEmpty ? nil : roles.joined(separator: " / ")
        continue
      }
      if let id = member.person.id { places[id] = credits.count }
      let image = member.person.image ?? member.character?.image
      credits.append(
        Credit(
          name: member.person.name, job: .actor, role: role, picture: Self.secure(image?.original ?? image?.medium),
          order: credits.count))
    }
    return credits
  }

  /// Only the jobs that media servers list.
  private var crew: [Credit] {
    (show.embedded?.crew ?? []).compactMap { member in
      let job: Credit.Job
      switch member.type {
      case "Creator", "Writer": job = .writer
      case "Director": job = .director
      case "Executive Producer", "Producer": job = .producer
      default: return nil
      }
      let image = member.person.image
      return Credit(
        name: member.person.name, job: job, role: member.type,
        picture: Self.secure(image?.original ?? image?.medium))
    }
  }

  /// Main pictures first; the show's own image where no poster is among them. Pictures without a type are unsorted
  /// stills and of no use.
  private var artwork: [Artwork] {
    let pictures = show.embedded?.images ?? []
    let ordered = pictures.filter { $0.main == true } + pictures.filter { $0.main != true }
    var artwork = ordered.compactMap { picture -> Artwork? in
      guard let form = picture.type.flatMap({ Self.forms[$0] }),
        let best = picture.resolutions["original"] ?? picture.resolutions["medium"], let url = Self.secure(best.url)
      else { return nil }
      return Artwork(form: form, url: url, width: best.width, height: best.height)
    }
    if !artwork.contains(where: { $0.form == .coverPoster }),
      let url = Self.secure(show.image?.original ?? show.image?.medium)
    {
      artwork.insert(Artwork(form: .coverPoster, url: url), at: 0)
    }
    return artwork
  }

  private static let forms: [String: Artwork.Form] = [
    "poster": .coverPoster, "background": .background, "banner": .banner, "typography": .clearLogo,
  ]
}
