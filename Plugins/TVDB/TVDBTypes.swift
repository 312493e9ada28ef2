/// What every answer of API v4 is wrapped in.
struct TVDBAnswer<Value: Decodable & SendableMetatype>: Decodable {
  /// Tells whether there is another page. The addresses themselves were seen to be no valid URLs.
  struct Links: Decodable { @Known var next: String? }
  let data: Value
  @Known var links: Links?
}

/// A hit of `/search`: its name is in the original language, members without a value are left out.
struct TVDBSearchHit: Decodable, Sendable {
  /// A number, written as text.
  let id: String
  @Known var name: String?
  @Known var year: String?
  @Known var firstAired: String?
  @Known var poster: String?
  @Known var language: String?
  @Known var overview: String?
  @Usable var aliases: [String]
  /// By language.
  @Known var translations: [String: String]?
  @Known var overviews: [String: String]?
  @Usable var remoteIds: [TVDBRemoteID]

  enum CodingKeys: String, CodingKey {
    case name, year, overview, aliases, translations, overviews
    case id = "tvdb_id"
    case firstAired = "first_air_time"
    case poster = "image_url"
    case language = "primary_language"
    case remoteIds = "remote_ids"
  }
}

/// One element of `/search/remoteid`: a record of one kind, of which only the id is needed.
struct TVDBRemoteHit: Decodable, Sendable {
  struct Record: Decodable, Sendable { let id: Int }
  let series, movie: Record?
}

/// A series or a movie with everything in it. Only the id is sure to be there.
struct TVDBWork: Decodable, Sendable {
  let id: Int
  @Known var name: String?
  @Known var image: String?
  @Known var overview: String?
  @Known var firstAired: String?
  @Known var lastAired: String?
  @Known var originalCountry: String?
  @Known var originalLanguage: String?
  @Known var year: String?
  @Known var status: TVDBNamed?
  @Usable var aliases: [TVDBTranslation]
  /// Minutes, of a series.
  @Known var averageRuntime: Int?
  /// Minutes, of a movie.
  @Known var runtime: Int?
  @Known var defaultSeasonType: Int?
  @Usable var genres: [TVDBNamed]
  @Usable var artworks: [TVDBArtwork]
  @Usable var characters: [TVDBCharacter]
  @Known var companies: TVDBCompanies?
  @Known var originalNetwork: TVDBNamed?
  @Known var latestNetwork: TVDBNamed?
  @Usable var remoteIds: [TVDBRemoteID]
  /// One row per order and number: the skeleton of a series, so whole or an error.
  let seasons: [TVDBSeason]?
  @Usable var seasonTypes: [TVDBSeasonType]
  @Usable var contentRatings: [TVDBContentRating]
  @Known var translations: TVDBTranslations?
  @Usable var releases: [TVDBRelease]
  @Known var firstRelease: TVDBRelease?
  @Usable var countries: [TVDBProductionCountry]
  @Usable var lists: [TVDBList]

  enum CodingKeys: String, CodingKey {
    case id, name, image, overview, firstAired, lastAired, originalCountry, originalLanguage, year, status, aliases
    case averageRuntime, runtime, defaultSeasonType, genres, artworks, characters, companies, originalNetwork
    case latestNetwork, remoteIds, seasons, seasonTypes, contentRatings, translations, releases, lists
    case firstRelease = "first_release"
    case countries = "production_countries"
  }
}

struct TVDBNamed: Decodable, Sendable { let name: String? }
struct TVDBRemoteID: Decodable, Sendable { let id, sourceName: String }
struct TVDBProductionCountry: Decodable, Sendable { let country: String }
struct TVDBContentRating: Decodable, Sendable { let name, country: String }
struct TVDBRelease: Decodable, Sendable { let country, date: String? }

/// Companies by their type in lower case ("network", "production company", "production", "studio"): a series has a list
/// of them, a movie an object of a list per type.
struct TVDBCompanies: Decodable, Sendable {
  let all: [(name: String, type: String)]

  init(from decoder: any Decoder) throws {
    if let types = try? [String: Usable<TVDBNamed>?](from: decoder) {
      all = types.sorted { $0.key < $1.key }.flatMap { type, companies in
        (companies?.wrappedValue ?? []).compactMap { $0.name.map { ($0, type) } }
      }
    } else {
      all = try Usable<Company>(from: decoder).wrappedValue.map {
        ($0.name, $0.companyType?.companyTypeName?.lowercased() ?? "")
      }
    }
  }

  private struct Company: Decodable {
    struct Form: Decodable { let companyTypeName: String? }
    let name: String
    @Known var companyType: Form?
  }
}

struct TVDBCharacter: Decodable, Sendable {
  let personName: String
  let peopleId, sort: Int?
  /// `name` is the role.
  let name, peopleType, personImgURL, image: String?
}

struct TVDBArtwork: Decodable, Sendable {
  let image: String
  let type: Int
  /// Nil where there is no text on it.
  let language: String?
  let score: Double?
  let width, height, seasonId: Int?
}

/// A list of works. Official ones are franchises.
struct TVDBList: Decodable, Sendable {
  let id: Int
  let name: String
  let overview, image: String?
  let isOfficial: Bool?
}

struct TVDBSeasonType: Decodable, Sendable {
  let id: Int?
  let name, alternateName: String?
  /// The word in paths: "official", "dvd", …
  let type: String
}

struct TVDBSeason: Decodable, Sendable {
  let id, number: Int
  let type: TVDBSeasonType
  @Known var name: String?
  @Known var image: String?
  @Usable var overviewTranslations: [String]
}

/// The episodes of a page: beside `series` in one form of the endpoint, inside the series in the other.
struct TVDBEpisodePage: Decodable, Sendable { let episodes: [TVDBEpisode]? }

struct TVDBEpisode: Decodable, Sendable {
  let id: Int
  /// In the order asked for; nil where it has no place there.
  let seasonNumber, number: Int?
  @Known var name: String?
  @Known var overview: String?
  @Known var aired: String?
  @Known var image: String?
  /// Minutes.
  @Known var runtime: Int?
  @Known var absoluteNumber: Int?
  /// Nil where the service does not tell.
  @Known var nameTranslations: [String]?
  @Known var overviewTranslations: [String]?
}

struct TVDBTranslation: Decodable, Sendable {
  let language, name, overview, tagline: String?
  let isAlias: Bool?
}

struct TVDBTranslations: Decodable, Sendable {
  @Usable var nameTranslations: [TVDBTranslation]
  @Usable var overviewTranslations: [TVDBTranslation]
}
