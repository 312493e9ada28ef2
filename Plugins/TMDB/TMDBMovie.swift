/// A movie with everything appended.
struct TMDBMovie: Decodable, Sendable {
  let work: TMDBWork
  let released: String?
  /// Minutes; 0 when not known.
  let runtime: Int?
  let collection: TMDBCollection?
  let cast, crew: [TMDBPerson]
  let releases: [TMDBReleases]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    work = try TMDBWork(from: decoder)
    released = members.text("release_date")
    runtime = members.known("runtime")
    collection = members.known("belongs_to_collection")
    cast = members.usable("credits", "cast")
    crew = members.usable("credits", "crew")
    releases = members.usable("release_dates", "results")
  }
}

/// A set of films.
struct TMDBCollection: Decodable, Sendable {
  let id: Int
  let name: String
  let posterPath, backdropPath: String?

  enum CodingKeys: String, CodingKey {
    case id, name
    case posterPath = "poster_path"
    case backdropPath = "backdrop_path"
  }
}

/// All releases of a movie in one country.
struct TMDBReleases: Decodable, Sendable {
  let country: String
  let releases: [TMDBRelease]

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    country = try members.decode(String.self, forKey: "iso_3166_1")
    releases = members.usable("release_dates")
  }
}

/// One release and the age rating that it got.
struct TMDBRelease: Decodable, Sendable {
  /// 1 premiere, 2 limited, 3 cinema, 4 digital, 5 disc, 6 television.
  let type: Int
  let date, certification: String?

  enum CodingKeys: String, CodingKey {
    case type, certification
    case date = "release_date"
  }
}
