import UsherKit

/// TMDB's addresses, and how long their answers will do.
struct TMDBAPI: Sendable {
  static let standardBase = "https://api.themoviedb.org/3"
  /// Seconds. TMDB itself lets answers be kept for about six hours; details change rarely, and one address serves a
  /// show, its seasons and its episodes during a scan.
  static let detailFreshness = 24 * 3600
  static let searchFreshness = 300
  /// Names that one `append_to_response` takes.
  static let appendLimit = 20
  /// Seasons asked for together with the show, before it is known how many there are: TMDB passes over those that do
  /// not exist. With the nine names of `showParts` these are twenty.
  static let firstSeasons = 0...10

  // Videos are not asked for: items have no place for them.
  private static let movieParts = [
    "alternative_titles", "credits", "external_ids", "images", "keywords", "recommendations", "release_dates",
    "translations",
  ]
  private static let showParts = [
    "aggregate_credits", "alternative_titles", "content_ratings", "episode_groups", "external_ids", "images",
    "keywords", "recommendations", "translations",
  ]

  /// Without a slash at its end.
  let base: String
  let credential: TMDBCredential
  let locale: TMDBLocale
  let host: HostContext

  /// Hits for a title, best first: the first page, which has 20.
  func search(
    _ kind: TMDBKind, _ title: String, year: Int?, includeAdult: Bool
  ) async throws -> [TMDBListItem] {
    var parameters = [
      ("query", title), ("include_adult", includeAdult ? "true" : "false"), ("language", locale.tag),
    ]
    // Only the first release and the first episode: `year` alone would also test every disc and every episode.
    if let year { parameters.append((kind == .movie ? "primary_release_year" : "first_air_date_year", String(year))) }
    let page: TMDBPage = try await get("/search/\(kind.path)", parameters, freshFor: Self.searchFreshness)
    return page.results
  }

  /// What has this id at another service (`imdb_id`, `tvdb_id`).
  func find(_ kind: TMDBKind, _ service: String, _ id: String) async throws -> [TMDBListItem] {
    let found: TMDBFound = try await get(
      "/find/\(id.pathEscaped)", [("external_source", service), ("language", locale.tag)],
      freshFor: Self.searchFreshness)
    // A series and an episode may have the same number at TVDB, so only the list of the right kind counts.
    return kind == .movie ? found.movies : found.shows
  }

  /// Everything about a movie. Throws `.notFound`.
  func movie(_ id: Int) async throws -> TMDBMovie { try await details(.movie, id) }

  /// Everything about a show but its episodes. Throws `.notFound`.
  func show(_ id: Int) async throws -> TMDBShow { try await details(.show, id) }

  /// The show's seasons with the episodes of the first of them: another reading of the same answer.
  func series(_ id: Int) async throws -> TMDBSeries { try await details(.show, id) }

  /// Other names of a work: another reading of the same answer as well.
  func names(_ kind: TMDBKind, _ id: Int) async throws -> TMDBNames { try await details(kind, id) }

  /// Up to 20 further seasons in one answer.
  func seasons(_ numbers: [Int], ofShow id: Int) async throws -> TMDBSeasonBlocks {
    try await get(
      "/tv/\(id)", [("append_to_response", names(of: numbers)), ("language", locale.tag)],
      freshFor: Self.detailFreshness)
  }

  /// The episodes of a show in another order.
  func group(_ id: String) async throws -> TMDBGroup {
    try await get(
      "/tv/episode_group/\(id.pathEscaped)", [("language", locale.tag)], freshFor: Self.detailFreshness)
  }

  /// One address for all readings of a work, so that the host's cache answers all but the first.
  private func details<Value: Decodable>(_ kind: TMDBKind, _ id: Int) async throws -> Value {
    let parts =
      kind == .movie
      ? Self.movieParts.joined(separator: ",")
      : Self.showParts.joined(separator: ",") + "," + names(of: Array(Self.firstSeasons))
    return try await get(
      "/\(kind.path)/\(id)",
      [
        ("append_to_response", parts), ("include_image_language", locale.imageLanguages), ("language", locale.tag),
      ], freshFor: Self.detailFreshness)
  }

  private func names(of seasons: [Int]) -> String { seasons.map { "season/\($0)" }.joined(separator: ",") }

  private func get<Value: Decodable>(
    _ path: String, _ parameters: [(String, String)], freshFor: Int
  ) async throws -> Value {
    let request = HTTPRequest(
      url: URLQuery.url(base, path, parameters + credential.parameters), headers: credential.headers,
      freshFor: freshFor)
    do {
      let response = try await host.send(request)
      try TMDBRefusal.check(response, of: URLQuery.url("", path, parameters))
      return try response.decode()
    } catch let error as PluginError {
      throw PluginError(error.kind, credential.redacted(error.text))
    }
  }
}

/// The two sorts of works that TMDB searches; their ids are numbered apart.
enum TMDBKind: Sendable {
  case movie, show

  /// Nil for seasons, episodes and kinds that TMDB does not know.
  init?(_ kind: MediaKind) {
    switch kind {
    case .movie: self = .movie
    case .show: self = .show
    default: return nil
    }
  }

  var kind: MediaKind { self == .movie ? .movie : .show }
  /// TMDB's word for it in addresses and in `media_type`.
  var path: String { self == .movie ? "movie" : "tv" }
}
