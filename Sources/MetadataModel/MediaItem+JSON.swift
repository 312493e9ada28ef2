extension MediaItem: Codable {
  enum CodingKeys: String, CodingKey {
    case id, title, originalTitle, sortTitle, alternativeTitles, summary, tagline, released, ended, year, duration
    case language, contentRatings, isAdult, genres, credits, studios, networks, countries, ratings, artwork, theme
    case collections, seasonOrders, similar, index, absoluteIndex, parent, grandparent, externalIDs, page
    case provenance
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    self.init(id: try members.decode(ItemID.self, forKey: .id), title: try members.decode(String.self, forKey: .title))
    originalTitle = try members.decodeIfPresent(String.self, forKey: .originalTitle)
    sortTitle = try members.decodeIfPresent(String.self, forKey: .sortTitle)
    alternativeTitles = try members.list(.alternativeTitles)
    summary = try members.decodeIfPresent(String.self, forKey: .summary)
    tagline = try members.decodeIfPresent(String.self, forKey: .tagline)
    released = try members.decodeIfPresent(CalendarDate.self, forKey: .released)
    ended = try members.decodeIfPresent(CalendarDate.self, forKey: .ended)
    year = try members.decodeIfPresent(Int.self, forKey: .year)
    duration = try members.decodeIfPresent(Int.self, forKey: .duration)
    language = try members.decodeIfPresent(String.self, forKey: .language)
    contentRatings = try members.list(.contentRatings)
    isAdult = try members.decodeIfPresent(Bool.self, forKey: .isAdult) ?? false
    genres = try members.list(.genres)
    credits = try members.list(.credits)
    studios = try members.list(.studios)
    networks = try members.list(.networks)
    countries = try members.list(.countries)
    ratings = try members.list(.ratings)
    artwork = try members.list(.artwork)
    theme = try members.decodeIfPresent(String.self, forKey: .theme)
    collections = try members.list(.collections)
    seasonOrders = try members.list(.seasonOrders)
    similar = try members.list(.similar)
    index = try members.decodeIfPresent(Int.self, forKey: .index)
    absoluteIndex = try members.decodeIfPresent(Int.self, forKey: .absoluteIndex)
    parent = try members.decodeIfPresent(Ancestor.self, forKey: .parent)
    grandparent = try members.decodeIfPresent(Ancestor.self, forKey: .grandparent)
    externalIDs = try members.decodeIfPresent(ExternalIDs.self, forKey: .externalIDs) ?? ExternalIDs()
    page = try members.decodeIfPresent(String.self, forKey: .page)
    provenance = try members.decodeIfPresent([String: [Origin]].self, forKey: .provenance)
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(id, forKey: .id)
    try members.encode(title, forKey: .title)
    try members.encodeIfPresent(originalTitle, forKey: .originalTitle)
    try members.encodeIfPresent(sortTitle, forKey: .sortTitle)
    try members.encodeUnlessEmpty(alternativeTitles, .alternativeTitles)
    try members.encodeIfPresent(summary, forKey: .summary)
    try members.encodeIfPresent(tagline, forKey: .tagline)
    try members.encodeIfPresent(released, forKey: .released)
    try members.encodeIfPresent(ended, forKey: .ended)
    try members.encodeIfPresent(year, forKey: .year)
    try members.encodeIfPresent(duration, forKey: .duration)
    try members.encodeIfPresent(language, forKey: .language)
    try members.encodeUnlessEmpty(contentRatings, .contentRatings)
    if isAdult { try members.encode(true, forKey: .isAdult) }
    try members.encodeUnlessEmpty(genres, .genres)
    try members.encodeUnlessEmpty(credits, .credits)
    try members.encodeUnlessEmpty(studios, .studios)
    try members.encodeUnlessEmpty(networks, .networks)
    try members.encodeUnlessEmpty(countries, .countries)
    try members.encodeUnlessEmpty(ratings, .ratings)
    try members.encodeUnlessEmpty(artwork, .artwork)
    try members.encodeIfPresent(theme, forKey: .theme)
    try members.encodeUnlessEmpty(collections, .collections)
    try members.encodeUnlessEmpty(seasonOrders, .seasonOrders)
    try members.encodeUnlessEmpty(similar, .similar)
    try members.encodeIfPresent(index, forKey: .index)
    try members.encodeIfPresent(absoluteIndex, forKey: .absoluteIndex)
    try members.encodeIfPresent(parent, forKey: .parent)
    try members.encodeIfPresent(grandparent, forKey: .grandparent)
    if !externalIDs.isEmpty { try members.encode(externalIDs, forKey: .externalIDs) }
    try members.encodeIfPresent(page, forKey: .page)
    try members.encodeIfPresent(provenance, forKey: .provenance)
  }
}

extension KeyedDecodingContainer {
  /// A list that may be left out.
  func list<Element: Decodable>(_ key: Key) throws -> [Element] {
    try decodeIfPresent([Element].self, forKey: key) ?? []
  }
}

extension KeyedEncodingContainer {
  mutating func encodeUnlessEmpty<Element: Encodable>(_ list: [Element], _ key: Key) throws {
    if !list.isEmpty { try encode(list, forKey: key) }
  }
}
