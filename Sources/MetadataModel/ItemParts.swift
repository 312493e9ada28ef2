/// A country's age rating: `ContentRating(country: "US", rating: "TV-14")`.
public struct ContentRating: Hashable, Sendable, Codable {
  /// ISO 3166-1 alpha-2, upper-case.
  public var country: String
  /// The rating as that country writes it, without a prefix.
  public var rating: String

  public init(country: String, rating: String) {
    self.country = country.uppercased()
    self.rating = rating
  }
}

/// What people or critics think of a work.
public struct Rating: Hashable, Sendable, Codable {
  /// Whose rating: `imdb`, `tmdb`, `rottentomatoes`, `tvmaze`, …
  public var origin: String
  /// True for critics, false for the audience.
  public var isCritic: Bool
  /// 0 to 10, whatever scale the source uses.
  public var value: Double
  /// How many voted; nil when not known.
  public var votes: Int?

  public init(origin: String, isCritic: Bool = false, value: Double, votes: Int? = nil) {
    self.origin = origin
    self.isCritic = isCritic
    self.value = value
    self.votes = votes
  }
}

/// A set of films that a movie belongs to.
public struct CollectionReference: Hashable, Sendable, Codable {
  /// The source's own id of the collection; letters, digits, `_` and `-`.
  public var id: String
  public var title: String
  public var summary: String?
  /// Absolute URLs of pictures; nil when there are none.
  public var poster: String?
  public var background: String?

  public init(id: String, title: String, summary: String? = nil, poster: String? = nil, background: String? = nil) {
    self.id = id
    self.title = title
    self.summary = summary
    self.poster = poster
    self.background = background
  }
}

/// Another way in which a show's episodes are numbered: DVD, absolute, …
public struct SeasonOrder: Hashable, Sendable, Codable {
  /// ASCII letters and digits, unique over all sources: `tvmazeDvd`.
  public var id: String
  /// Short word: "Aired", "DVD".
  public var tag: String
  /// For people: "TVmaze (DVD)".
  public var title: String

  public init(id: String, tag: String, title: String) {
    self.id = id
    self.tag = tag
    self.title = title
  }
}

/// Another item that people who like this one may like.
public struct SimilarItem: Hashable, Sendable, Codable {
  public var id: ItemID
  public var title: String

  public init(id: ItemID, title: String) {
    self.id = id
    self.title = title
  }
}

/// The show above a season, or the season or show above an episode: what a child says of it.
public struct Ancestor: Hashable, Sendable, Codable {
  public var id: ItemID
  public var title: String
  /// The season's number; nil for a show.
  public var index: Int?
  /// Absolute URLs; nil when there are none.
  public var poster: String?
  public var background: String?

  public init(id: ItemID, title: String, index: Int? = nil, poster: String? = nil, background: String? = nil) {
    self.id = id
    self.title = title
    self.index = index
    self.poster = poster
    self.background = background
  }
}
