import UsherKit

/// What every answer is wrapped in. `links.next` is another page's address in v4, which was seen to be no valid URL, and
/// its number in v3.
struct TVDBAnswer<Value: Decodable & SendableMetatype, Next: Decodable & Sendable & SendableMetatype>: Decodable {
  struct Links: Decodable { @Known var next: Next? }
  let data: Value
  @Known var links: Links?
}

/// A hit of `/search`: its name is in the original language, members without a value are left out.
struct TVDBSearchHit: Decodable, Sendable {
  /// A number, written as text.
  let id: String
  var name, year, firstAired, poster, language, overview: String?
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

  /// As much of the work as a hit tells; nil for a hit without a usable id or name.
  var work: TVDBWork? {
    guard let number = TVDBKey.number(id), name != nil || translations?.isEmpty == false else { return nil }
    var work = TVDBWork(id: number)
    (work.name, work.overview, work.originalLanguage) = (name, overview, language)
    (work.firstAired, work.year, work.image, work.remoteIds) = (firstAired, year, poster, remoteIds)
    work.aliases = aliases.map { TVDBTranslation(name: $0) }
    let names = (translations ?? [:]).sorted { $0.key < $1.key }
    work.translations = TVDBTranslations()
    work.translations?.nameTranslations = names.map { TVDBTranslation(language: $0, name: $1) }
    work.translations?.overviewTranslations = (overviews ?? [:]).map { TVDBTranslation(language: $0, overview: $1) }
    return work
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
  var name, image, overview, firstAired, lastAired, originalCountry, originalLanguage, year: String?
  @Known var status: TVDBNamed?
  @Usable var aliases: [TVDBTranslation]
  /// Minutes: of a series, and of a movie.
  @Known var averageRuntime: Int?
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
  var seasons: [TVDBSeason]?
  @Usable var seasonTypes: [TVDBSeasonType]
  @Usable var contentRatings: [TVDBContentRating]
  @Known var translations: TVDBTranslations?
  @Usable var releases: [TVDBRelease]
  @Known var firstRelease: TVDBRelease?
  @Usable var countries: [TVDBProductionCountry]
  @Usable var lists: [TVDBList]
  /// Only v3 has these.
  var ratings: [Rating] = []

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
      let named = types.sorted { $0.key < $1.key }
      all = named.flatMap { type, list in (list?.wrappedValue ?? []).map { ($0.name ?? "", type) } }
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

/// Somebody's part in a work; `name` is the role.
struct TVDBCharacter: Decodable, Sendable {
  let personName: String
  var peopleId, sort: Int?
  var name, peopleType, personImgURL, image: String?
}

struct TVDBArtwork: Decodable, Sendable {
  let image: String
  let type: Int
  /// Nil where there is no text on it.
  var language: String?
  var score: Double?
  var width, height, seasonId: Int?
}

/// A list of works. Official ones are franchises.
struct TVDBList: Decodable, Sendable {
  let id: Int
  let name: String
  let overview, image: String?
  let isOfficial: Bool?
}

struct TVDBSeasonType: Decodable, Sendable {
  var id: Int?
  var name, alternateName: String?
  /// The word in paths: "official", "dvd", …
  let type: String
}

struct TVDBSeason: Decodable, Sendable {
  let id, number: Int
  let type: TVDBSeasonType
  var name, image: String?
  @Usable var overviewTranslations: [String]
}

/// The episodes of a page: beside `series` in one form of the endpoint, inside the series in the other.
struct TVDBEpisodePage: Decodable, Sendable { let episodes: [TVDBEpisode]? }

struct TVDBEpisode: Decodable, Sendable {
  let id: Int
  /// In the order asked for; nil where it has no place there.
  var seasonNumber, number: Int?
  var name, overview, aired, image: String?
  /// Minutes.
  @Known var runtime: Int?
  @Known var absoluteNumber: Int?
  /// Nil where the service does not tell.
  @Known var nameTranslations: [String]?
  @Known var overviewTranslations: [String]?
}

struct TVDBTranslation: Decodable, Sendable {
  var language, name, overview, tagline: String?
  var isAlias: Bool?
}

struct TVDBTranslations: Decodable, Sendable {
  @Usable var nameTranslations: [TVDBTranslation]
  @Usable var overviewTranslations: [TVDBTranslation]
}

extension KeyedDecodingContainer {
  /// Texts are never what an item stands on: what is no text counts as none. Shadows the standard library's in this
  /// module, also where the compiler writes `init(from:)`.
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try decodeIfPresent(Known<String>.self, forKey: key)?.wrappedValue
  }
}
