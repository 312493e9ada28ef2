/// What every answer of API v3 is wrapped in. A list of `errors` may stand beside good data.
struct TVDBv3Answer<Value: Decodable & SendableMetatype>: Decodable {
  /// A page's number.
  struct Links: Decodable { @Known var next: Int? }
  let data: Value
  @Known var links: Links?
}

/// A series, or a hit of the search, which has fewer members. Texts are missing where there is no translation.
struct TVDBv3Series: Decodable, Sendable {
  let id: Int
  @Known var seriesName: String?
  @Known var overview: String?
  @Known var firstAired: String?
  @Known var network: String?
  /// An age rating.
  @Known var rating: String?
  @Known var imdbId: String?
  @Known var poster: String?
  @Known var image: String?
  @Known var banner: String?
  @Known var fanart: String?
  @Usable var aliases: [String]
  @Usable var genre: [String]
  /// Minutes, as text.
  @Known var runtime: String?
  @Known var siteRating: Double?
  @Known var siteRatingCount: Int?
}

/// An episode with its numbers in all orders.
struct TVDBv3Episode: Decodable, Sendable {
  let id: Int
  let airedSeason, airedEpisodeNumber: Int?
  @Known var dvdSeason: Int?
  /// Parts of one episode of a disc are 1.1, 1.2, … in old data.
  @Known var dvdEpisodeNumber: Double?
  @Known var absoluteNumber: Int?
  @Known var episodeName: String?
  @Known var overview: String?
  @Known var firstAired: String?
  @Known var filename: String?
  @Known var imdbId: String?
  @Known var contentRating: String?
  @Usable var guestStars: [String]
  @Usable var directors: [String]
  @Usable var writers: [String]
  @Known var siteRating: Double?
  @Known var siteRatingCount: Int?
}

struct TVDBv3Actor: Decodable, Sendable {
  let name: String
  @Known var role: String?
  @Known var image: String?
  @Known var sortOrder: Int?
}

struct TVDBv3Image: Decodable, Sendable {
  struct Ratings: Decodable, Sendable { let average: Double? }
  let fileName: String
  /// The number of a season's picture.
  @Known var subKey: String?
  @Known var language: String?
  /// "680x1000", or empty.
  @Known var resolution: String?
  @Known var ratingsInfo: Ratings?
}
