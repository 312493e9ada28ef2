import UsherKit

/// The addresses of API v4, and how long their answers will do.
struct TVDBAPI: Sendable {
  static let standardBase = "https://api4.thetvdb.com/v4"
  /// Seconds. The service asks to keep what was fetched; a show, its seasons and its episodes are made of the very same
  /// answers, so that all of them together cost no more than one.
  static let recordFreshness = 24 * 3600
  static let searchFreshness = 300
  /// Far above the longest show (500 episodes a page), so that paging ends whatever the service says.
  private static let maximumPages = 60

  let client: TVDBClient

  /// Hits for a title, best first. The year must be the very one.
  func search(_ title: String, _ kind: MediaKind, year: Int?) async throws -> [TVDBSearchHit] {
    let years = year.map { [("year", String($0))] } ?? []
    let type = kind == .movie ? "movie" : "series"
    return try await list("/search", [("query", title), ("type", type)] + years + [("limit", "25")])
  }

  /// Records that have an id of another service; of several kinds, as many services number their records.
  func search(remoteID: String) async throws -> [TVDBRemoteHit] {
    try await list("/search/remoteid/\(remoteID.pathEscaped)", [])
  }

  private func list<Hit: Decodable & SendableMetatype>(_ path: String, _ parameters: [(String, String)]) async throws
    -> [Hit]
  {
    let answer: TVDBAnswer<[Hit]?, String>? = try await client.find(path, parameters, freshFor: Self.searchFreshness)
    return (answer?.data ?? nil) ?? []
  }

  /// The series or movie with all its texts, people and artwork. Throws `.notFound`.
  func work(_ id: Int, _ kind: MediaKind) async throws -> TVDBWork {
    let answer: TVDBAnswer<TVDBWork, String> = try await client.get(
      "/\(kind == .movie ? "movies" : "series")/\(id)/extended", [("meta", "translations"), ("short", "false")],
      freshFor: Self.recordFreshness)
    return answer.data
  }

  /// All episodes in an order, with texts in `language`, or in the original language without one. None where the series
  /// has no such order or translation.
  func episodes(ofSeries id: Int, order: String, language: String? = nil) async throws -> [TVDBEpisode] {
    let path = "/series/\(id)/episodes/\(order)" + (language.map { "/\($0)" } ?? "")
    var all: [TVDBEpisode] = []
    for page in 0..<Self.maximumPages {
      let answer: TVDBAnswer<TVDBEpisodePage, String>? = try await client.find(
        path, [("page", String(page))], freshFor: Self.recordFreshness)
      let episodes = answer?.data.episodes ?? []
      // The page parameter was once ignored: the same page again is the end.
      if let first = episodes.first, all.contains(where: { $0.id == first.id }) { break }
      all += episodes
      if episodes.isEmpty || answer?.links?.next == nil { break }
    }
    return all
  }

  /// What a season is about; nil where that language has no text.
  func overview(ofSeason id: Int, language: String) async throws -> String? {
    let answer: TVDBAnswer<TVDBTranslation, String>? = try await client.find(
      "/seasons/\(id)/translations/\(language)", freshFor: Self.recordFreshness)
    return answer?.data.overview
  }
}
