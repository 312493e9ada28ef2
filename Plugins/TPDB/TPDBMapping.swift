import UsherKit

/// A site in the words of the shared model: a show, whose seasons are years.
struct TPDBSiteMapping: Sendable {
  let site: TPDBSite
  let number: Int
  /// The site it belongs to, and the network of both; nil when there is none, or it is the site itself.
  let parent, network: String?

  /// Names that are not given are those in the site's record. Throws `.unavailable` for a site without the number that
  /// everything else is asked by.
  init(_ site: TPDBSite, parent: String? = nil, network: String? = nil) throws {
    guard let number = site.id else { throw PluginError(.unavailable, "the site '\(site.name)' has no member 'id'") }
    self.site = site
    self.number = number
    self.parent = (parent ?? site.parent?.name).flatMap { $0 == site.name ? nil : $0 }
    self.network = (network ?? site.network?.name).flatMap { $0 == site.name ? nil : $0 }
  }

  /// The site as a possible match. `asked` is the name looked for: file names write sites without spaces and marks.
  func candidate(asked: String?) throws -> Candidate {
    var candidate = Candidate(id: try .show(number), title: site.name)
    var others = [site.shortName].compactMap { $0 }
    if let asked, others.map(\.normalizedName).contains(asked.normalizedName) || isNamed(asked) { others.append(asked) }
    others = others.unique.filter { $0 != site.name }
    candidate.alternativeTitles = others.isEmpty ? nil : others
    candidate.summary = site.description.flatMap { $0.plain }
    candidate.poster = site.poster
    candidate.externalIDs = ["tpdb": site.uuid ?? String(number)]
    candidate.isAdult = true
    return candidate
  }

  /// Whether a name is the site's, in any spelling.
  func isNamed(_ name: String) -> Bool {
    let name = name.normalizedName
    return !name.isEmpty && [site.name, site.shortName ?? ""].contains { $0.normalizedName == name }
  }

  /// The show; `released` is the day of its first scene.
  func show(released: CalendarDate?) throws -> MediaItem {
    var item = MediaItem(id: try .show(number), title: site.name)
    item.alternativeTitles = [site.shortName].compactMap { $0 }.filter { $0 != site.name }
    item.summary = site.description.flatMap { $0.plain }
    item.released = released
    item.year = released?.year
    item.studios = [site.name, parent].compactMap { $0 }.unique
    item.networks = [network ?? parent].compactMap { $0 }
    item.artwork =
      [site.poster.map { Artwork(form: .coverPoster, url: $0) }].compactMap { $0 }
      + [site.logo.map { Artwork(form: .clearLogo, url: $0) }].compactMap { $0 }
    item.externalIDs = ["tpdb": site.uuid ?? String(number)]
    item.page = "https://theporndb.net/sites/\((site.shortName ?? String(number)).pathEscaped)"
    return item.adult
  }

  func season(_ year: TPDBListing.Year) throws -> MediaItem {
    var item = MediaItem(id: try .season(number, year.year), title: Self.seasonTitle(year.year))
    item.index = year.year
    item.released = year.first
    item.year = year.year
    item.studios = [site.name]
    item.networks = [network ?? parent].compactMap { $0 }
    item.parent = try ancestor
    return item.adult
  }

  /// A scene as an episode; one without a date belongs to no year and has no number.
  func episode(_ scene: TPDBItem, number: Int?) throws -> MediaItem {
    var item = MediaItem(id: try .episode(self.number, scene.id), title: scene.title)
    scene.fill(&item)
    item.studios = [site.name, parent, network].compactMap { $0 }.unique
    item.artwork =
      scene.backgrounds.map { Artwork(form: .snapshot, url: $0) }
      + scene.posters.map { Artwork(form: .coverPoster, url: $0) }
      + scene.backgrounds.map { Artwork(form: .background, url: $0) }
    if let year = scene.released?.year, let number {
      item.index = number
      item.parent = Ancestor(id: try .season(self.number, year), title: Self.seasonTitle(year), index: year)
    }
    item.grandparent = try ancestor
    return item.adult
  }

  private var ancestor: Ancestor {
    get throws { Ancestor(id: try .show(number), title: site.name, poster: site.poster) }
  }

  private static func seasonTitle(_ year: Int) -> String { "Season \(year)" }
}

extension TPDBItem {
  /// The movie's item; `studios` are its site, the site above that and the network.
  func movie(studios: [String]) throws -> MediaItem {
    var item = MediaItem(id: try .movie(id), title: title)
    fill(&item)
    item.studios = studios.unique
    item.artwork =
      posters.map { Artwork(form: .coverPoster, url: $0) } + backgrounds.map { Artwork(form: .background, url: $0) }
    return item.adult
  }

  /// A possible match under `id`. `score` is TPDB's part in the choice, 0 to 1.
  func candidate(_ id: ItemID, score: Double) -> Candidate {
    var candidate = Candidate(id: id, title: title)
    candidate.released = released
    candidate.year = released?.year
    candidate.summary = description.flatMap { $0.plain }
    candidate.poster = posters.first ?? backgrounds.first
    candidate.externalIDs = ["tpdb": self.id]
    candidate.isAdult = true
    candidate.score = score
    return candidate
  }

  /// What scenes and movies have alike.
  fileprivate func fill(_ item: inout MediaItem) {
    item.summary = description.flatMap { $0.plain }
    item.released = released
    item.year = released?.year
    item.duration = duration.map { $0 * 1000 }
    item.genres = tags.map(\.name).unique
    item.credits = cast + directors.map(\.name).unique.map { Credit(name: $0, job: .director) }
    item.externalIDs = ["tpdb": id]
    item.page = page
  }

  /// The person's own name; the name that stands in this item's credits is the role. One entry per person.
  private var cast: [Credit] {
    var seen: Set<String> = []
    var credits: [Credit] = []
    for performer in performers {
      guard let name = performer.parent?.name ?? performer.credited.name, seen.insert(name).inserted else { continue }
      let people = [performer.parent, performer.credited].compactMap { $0 }
      var credit = Credit(name: name, job: .actor, role: performer.credited.name, order: credits.count)
      credit.picture = people.compactMap(\.face).first ?? people.compactMap(\.image).first
      credit.gender = people.compactMap(\.gender).first?.lowercased()
      credits.append(credit)
    }
    return credits
  }
}

extension MediaItem {
  /// All of TPDB is for adults, and all its texts are English.
  fileprivate var adult: MediaItem {
    var item = self
    item.isAdult = true
    item.language = "en"
    item.contentRatings = [ContentRating(country: "US", rating: "XXX")]
    return item
  }
}

extension String {
  /// As the service compares names: letters and digits in lower case, nothing else.
  var normalizedName: String { lowercased().filter { $0.isLetter || $0.isNumber } }

  /// Without remnants of HTML; nil when nothing is left.
  fileprivate var plain: String? {
    let text = String.plainText(html: self)
    return text.isEmpty ? nil : text
  }
}

extension [String] {
  /// Each once, where it came first.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
