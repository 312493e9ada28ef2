/// A page of hits.
struct TMDBPage: Decodable, Sendable {
  let results: [TMDBListItem]
  init(from decoder: any Decoder) throws { results = try decoder.tmdbMembers().entries("results") }
}

/// What `/find` answers.
struct TMDBFound: Decodable, Sendable {
  let movies, shows: [TMDBListItem]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    movies = try members.entries("movie_results")
    shows = try members.entries("tv_results")
  }
}

/// A movie or show in a list: hits, recommendations.
struct TMDBListItem: Decodable, Sendable {
  let id: Int
  let title: String
  let originalTitle, released, summary, posterPath, mediaType: String?
  let isAdult: Bool
  let popularity: Double?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    id = try members.decode(Int.self, forKey: "id")
    title = try members.text("title") ?? members.decode(String.self, forKey: "name")
    originalTitle = members.text("original_title") ?? members.text("original_name")
    released = members.text("release_date") ?? members.text("first_air_date")
    summary = members.text("overview")
    posterPath = members.text("poster_path")
    mediaType = members.text("media_type")
    isAdult = members.known("adult") ?? false
    popularity = members.known("popularity")
  }
}

/// Something with a name and little else: genres, companies, networks, keywords, countries.
struct TMDBNamed: Decodable, Sendable { let name: String }

/// Whoever has a part in a work.
struct TMDBPerson: Decodable, Sendable {
  let id: Int?
  let name: String
  let picturePath: String?
  let order: Int?
  /// One character, or several with how many episodes each had.
  let roles: [String]
  let jobs: [String]
  let episodeCount: Int?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    id = members.known("id")
    name = try members.decode(String.self, forKey: "name")
    picturePath = members.text("profile_path")
    order = members.known("order")
    let character = members.text("character").map { [$0] }
    roles = character ?? Self.names(members.usable("roles"))
    jobs = members.text("job").map { [$0] } ?? Self.names(members.usable("jobs"))
    episodeCount = members.known("total_episode_count")
  }

  /// Those with the most episodes first.
  private static func names(_ parts: [Part]) -> [String] {
    parts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.compactMap(
      \.element.name)
  }

  private struct Part: Decodable {
    let name: String?
    let count: Int

    init(from decoder: any Decoder) throws {
      let members = try decoder.tmdbMembers()
      name = members.text("character") ?? members.text("job")
      count = members.known("episode_count") ?? 0
    }
  }
}

/// A picture's file and what people think of it.
struct TMDBImage: Decodable, Sendable {
  let path: String
  /// Nil, and rarely "xx", for pictures without text.
  let code: String?
  let width, height: Int?
  let score: Double?
  let votes: Int?

  enum CodingKeys: String, CodingKey {
    case path = "file_path"
    case code = "iso_639_1"
    case score = "vote_average"
    case votes = "vote_count"
    case width, height
  }
}

/// Texts of a work in one language.
struct TMDBTranslation: Decodable, Sendable {
  let language, region: String
  let title, summary, tagline: String?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    language = try members.decode(String.self, forKey: "iso_639_1")
    region = members.text("iso_3166_1") ?? ""
    let data = try members.nestedContainer(keyedBy: TMDBMember.self, forKey: "data")
    title = data.text("title") ?? data.text("name")
    summary = data.text("overview")
    tagline = data.text("tagline")
  }
}

/// The other names of a work.
struct TMDBNames: Decodable, Sendable {
  let titles: [String]
  let translations: [TMDBTranslation]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    let movie: [Title] = members.usable("alternative_titles", "titles")
    let show: [Title] = members.usable("alternative_titles", "results")
    titles = (movie + show).map(\.title)
    translations = members.usable("translations", "translations")
  }

  /// Each once, without those that stand in `known`.
  func others(than known: [String?]) -> [String] {
    var seen = Set(known.compactMap { $0 })
    return (titles + translations.compactMap(\.title)).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private struct Title: Decodable { let title: String }
}

/// Ids of a work at other services.
struct TMDBExternalIDs: Decodable, Sendable {
  let imdb, wikidata: String?
  let tvdb: Int?

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    imdb = members.text("imdb_id")
    wikidata = members.text("wikidata_id")
    tvdb = members.known("tvdb_id")
  }
}

/// What movies and shows have alike.
struct TMDBWork: Decodable, Sendable {
  let id: Int
  let title: String
  let originalTitle, originalLanguage, summary, tagline, posterPath, backdropPath: String?
  let isAdult: Bool
  let genres, companies, countries, keywords: [TMDBNamed]
  let vote: Double?
  let voteCount: Int?
  let names: TMDBNames
  let externalIDs: TMDBExternalIDs?
  let posters, backdrops, logos: [TMDBImage]
  let recommendations: [TMDBListItem]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    id = try members.decode(Int.self, forKey: "id")
    title = try members.text("title") ?? members.decode(String.self, forKey: "name")
    originalTitle = members.text("original_title") ?? members.text("original_name")
    originalLanguage = members.text("original_language")
    summary = members.text("overview")
    tagline = members.text("tagline")
    posterPath = members.text("poster_path")
    backdropPath = members.text("backdrop_path")
    isAdult = members.known("adult") ?? false
    genres = members.usable("genres")
    companies = members.usable("production_companies")
    countries = members.usable("production_countries")
    keywords = members.usable("keywords", "keywords") + members.usable("keywords", "results")
    vote = members.known("vote_average")
    voteCount = members.known("vote_count")
    names = try TMDBNames(from: decoder)
    externalIDs = members.known("external_ids")
    posters = members.usable("images", "posters")
    backdrops = members.usable("images", "backdrops")
    logos = members.usable("images", "logos")
    recommendations = members.usable("recommendations", "results")
  }
}
