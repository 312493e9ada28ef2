import UsherKit

/// The addresses of the legacy API v3, whose languages are a header and whose empty answers are 404.
struct TVDBv3API: Sendable {
  static let standardBase = "https://api.thetvdb.com"
  /// Far above the longest show (100 episodes a page), so that paging ends whatever the service says.
  private static let maximumPages = 200

  let client: TVDBClient

  /// Hits for exactly one of `name` and `imdbId`.
  func search(_ parameter: (String, String), _ language: String) async throws -> [TVDBv3Series] {
    try await list("/search/series", [parameter], language, freshFor: TVDBAPI.searchFreshness)
  }

  /// Throws `.notFound`.
  func series(_ id: Int, _ language: String) async throws -> TVDBv3Series {
    let answer: TVDBAnswer<TVDBv3Series, Int> = try await client.get(
      "/series/\(id)", headers: ["Accept-Language": language], freshFor: TVDBAPI.recordFreshness)
    return answer.data
  }

  func actors(ofSeries id: Int, _ language: String) async throws -> [TVDBv3Actor] {
    try await list("/series/\(id)/actors", [], language)
  }

  /// Pictures of a kind: `poster`, `fanart`, `series` (banners) or `season`.
  func images(ofSeries id: Int, _ keyType: String, _ language: String) async throws -> [TVDBv3Image] {
    try await list("/series/\(id)/images/query", [("keyType", keyType)], language)
  }

  /// All episodes, page by page; each tells its number in every order.
  func episodes(ofSeries id: Int, _ language: String) async throws -> [TVDBv3Episode] {
    var all: [TVDBv3Episode] = []
    var page = 1
    while page <= Self.maximumPages {
      let answer: TVDBAnswer<[TVDBv3Episode]?, Int>? = try await client.find(
        "/series/\(id)/episodes", [("page", String(page))], headers: ["Accept-Language": language],
        freshFor: TVDBAPI.recordFreshness)
      all += (answer?.data ?? nil) ?? []
      guard let next = answer?.links?.next, next > page else { break }
      page = next
    }
    return all
  }

  /// The entries that can be read.
  private func list<Value: Decodable & Sendable & SendableMetatype>(
    _ path: String, _ parameters: [(String, String)], _ language: String, freshFor: Int = TVDBAPI.recordFreshness
  ) async throws -> [Value] {
    let answer: TVDBAnswer<[Known<Value>]?, Int>? = try await client.find(
      path, parameters, headers: ["Accept-Language": language], freshFor: freshFor)
    return ((answer?.data ?? nil) ?? []).compactMap(\.wrappedValue)
  }
}
