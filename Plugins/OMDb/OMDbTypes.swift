import UsherKit

/// The service's word for a kind of work that can be searched for.
enum OMDbType: String, Sendable {
  case movie, series

  /// Nil for seasons and episodes.
  init?(_ kind: MediaKind) {
    switch kind {
    case .movie: self = .movie
    case .show: self = .series
    default: return nil
    }
  }
}

/// What every answer says of itself.
struct OMDbReport: Decodable, Sendable {
  /// Why there is no answer.
  enum Reason {
    case notFound, tooMany, badKey, dailyLimit, other
  }

  let response, error: String?

  enum CodingKeys: String, CodingKey {
    case response = "Response"
    case error = "Error"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    response = members.text(.response)
    error = members.text(.error)
  }

  var isAnswer: Bool { response?.lowercased() == "true" }
  var isRefusal: Bool { response?.lowercased() == "false" || (response == nil && error != nil) }

  /// By the sentence, because the codes do not tell them apart.
  var reason: Reason {
    let error = (error ?? "").lowercased()
    if error.contains("limit") { return .dailyLimit }
    if error.contains("api key") { return .badKey }
    if error.contains("too many results") { return .tooMany }
    // The last two are its answer to an id of the right form that it does not know.
    let missing = ["not found", "incorrect imdb id", "error getting data"]
    return missing.contains { error.contains($0) } ? .notFound : .other
  }
}

/// A movie, a show or an episode. Every value is a text, and `N/A` stands for a missing one.
struct OMDbTitle: Decodable, Sendable {
  let title, type: String
  /// Missing only from episodes.
  let id: String?
  let year, rated, released, runtime, genre, director, writer, actors, plot, country, poster, production: String?
  let imdbRating, imdbVotes, metascore, totalSeasons: String?
  let ratings: [OMDbRating]
  /// Of an episode: its numbers, and the id of its show.
  let season, episode, series: String?

  enum CodingKeys: String, CodingKey {
    case imdbRating, imdbVotes, totalSeasons
    case id = "imdbID"
    case title = "Title"
    case type = "Type"
    case year = "Year"
    case rated = "Rated"
    case released = "Released"
    case runtime = "Runtime"
    case genre = "Genre"
    case director = "Director"
    case writer = "Writer"
    case actors = "Actors"
    case plot = "Plot"
    case country = "Country"
    case poster = "Poster"
    case production = "Production"
    case metascore = "Metascore"
    case ratings = "Ratings"
    case season = "Season"
    case episode = "Episode"
    case series = "seriesID"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    type = try members.needed(.type)
    id = type == "episode" ? try? members.imdb(.id) : try members.imdb(.id)
    title = try members.needed(.title)
    year = members.text(.year)
    rated = members.text(.rated)
    released = members.text(.released)
    runtime = members.text(.runtime)
    genre = members.text(.genre)
    director = members.text(.director)
    writer = members.text(.writer)
    actors = members.text(.actors)
    plot = members.text(.plot)
    country = members.text(.country)
    poster = members.text(.poster)
    production = members.text(.production)
    imdbRating = members.text(.imdbRating)
    imdbVotes = members.text(.imdbVotes)
    metascore = members.text(.metascore)
    totalSeasons = members.text(.totalSeasons)
    ratings = members.usable(.ratings)
    season = members.text(.season)
    episode = members.text(.episode)
    series = members.text(.series)
  }
}

struct OMDbRating: Decodable, Sendable {
  let source, value: String

  enum CodingKeys: String, CodingKey {
    case source = "Source"
    case value = "Value"
  }
}

/// A page of a search.
struct OMDbHits: Decodable, Sendable {
  let hits: [OMDbHit]
  /// Of all pages.
  let total: Int?

  enum CodingKeys: String, CodingKey {
    case hits = "Search"
    case total = "totalResults"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    hits = try members.decode([Attempt<OMDbHit>].self, forKey: .hits).compactMap(\.value)
    total = members.text(.total).flatMap { Int($0) }
  }
}

struct OMDbHit: Decodable, Sendable {
  let id, title, type: String
  let year, poster: String?

  enum CodingKeys: String, CodingKey {
    case id = "imdbID"
    case title = "Title"
    case type = "Type"
    case year = "Year"
    case poster = "Poster"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    id = try members.imdb(.id)
    title = try members.needed(.title)
    type = try members.needed(.type)
    year = members.text(.year)
    poster = members.text(.poster)
  }
}

/// A season's list. The list itself is needed; an entry without a number is none.
struct OMDbSeason: Decodable, Sendable {
  let episodes: [OMDbEpisode]

  enum CodingKeys: String, CodingKey { case episodes = "Episodes" }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    episodes = try members.decode([Attempt<OMDbEpisode>].self, forKey: .episodes).compactMap(\.value)
  }
}

struct OMDbEpisode: Decodable, Sendable {
  let number: Int
  /// Nil where the service has none.
  let id: String?
  let title, released, imdbRating: String?

  enum CodingKeys: String, CodingKey {
    case imdbRating
    case number = "Episode"
    case id = "imdbID"
    case title = "Title"
    case released = "Released"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    let number: String = try members.needed(.number)
    guard let number = Int(number), (0...9999).contains(number) else {
      throw DecodingError.dataCorruptedError(
        forKey: .number, in: members, debugDescription: "expected a number, found '\(number.prefix(40))'")
    }
    self.number = number
    id = try? members.imdb(.id)
    title = members.text(.title)
    released = members.text(.released)
    imdbRating = members.text(.imdbRating)
  }
}
