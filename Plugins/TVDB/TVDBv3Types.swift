import UsherKit

/// A series, or a hit of the search, which has fewer members. Texts are missing where there is no translation.
struct TVDBv3Series: Decodable, Sendable {
  let id: Int
  var seriesName, overview, firstAired, network: String?
  /// An age rating.
  var rating, imdbId, poster, image, banner, fanart: String?
  @Usable var aliases: [String]
  @Usable var genre: [String]
  /// Minutes, as text.
  var runtime: String?
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
  var episodeName, overview, firstAired, filename, imdbId, contentRating: String?
  @Usable var guestStars: [String]
  @Usable var directors: [String]
  @Usable var writers: [String]
  @Known var siteRating: Double?
  @Known var siteRatingCount: Int?
}

struct TVDBv3Actor: Decodable, Sendable {
  let name: String
  let role, image: String?
  let sortOrder: Int?
}

struct TVDBv3Image: Decodable, Sendable {
  struct Ratings: Decodable, Sendable { let average: Double? }
  let fileName: String
  /// The number of a season's picture.
  let subKey, language: String?
  /// "680x1000", or empty.
  let resolution: String?
  let ratingsInfo: Ratings?
}
