import UsherKit

/// TVmaze's addresses, and how long their answers will do. Every answer is documented to change at most hourly.
struct TVmazeAPI: Sendable {
  static let standardBase = "https://api.tvmaze.com"
  /// Seconds. A show's address is the same for the show, its seasons and its episodes, so that all of them together
  /// cost one request.
  static let showFreshness = 24 * 3600
  static let searchFreshness = 300
  private static let embeds = ["episodes", "seasons", "cast", "crew", "akas", "images"]

  /// Without a slash at its end.
  let base: String
  let host: HostContext

  /// Hits for a title, best first; TVmaze knows no year here.
  func search(_ title: String) async throws -> [TVmazeSearchHit] {
    try await get("/search/shows?q=\(title.queryEscaped)", freshFor: Self.searchFreshness)
  }

  /// The show with an id of another service (`imdb`, `thetvdb`); nil when TVmaze has none.
  func lookup(_ service: String, _ id: String) async throws -> TVmazeShow? {
    // The host follows the redirect to the show.
    try await unlessMissing {
      try await get("/lookup/shows?\(service)=\(id.queryEscaped)", freshFor: Self.searchFreshness)
    }
  }

  /// The show with everything embedded. Throws `.notFound`, or `.unavailable` when a part is missing.
  func show(_ id: Int) async throws -> TVmazeShow {
    let parts = Self.embeds.map { "embed%5B%5D=\($0)" }.joined(separator: "&")
    let show: TVmazeShow = try await get("/shows/\(id)?\(parts)", freshFor: Self.showFreshness)
    guard show.embedded?.episodes != nil, show.embedded?.seasons != nil else {
      throw PluginError(
        .unavailable, "the answer for show \(id) lacks the member '_embedded' with episodes and seasons")
    }
    return show
  }

  /// Episodes without a number: the embedded list leaves them out.
  func specials(ofShow id: Int) async throws -> [TVmazeEpisode] {
    let all: [TVmazeEpisode] = try await get("/shows/\(id)/episodes?specials=1", freshFor: Self.showFreshness)
    return all.filter { $0.number == nil }
  }

  /// The list in DVD order; nil when there is none.
  func dvdList(ofShow id: Int) async throws -> TVmazeAlternateList? {
    let lists: [TVmazeAlternateList] = try await get("/shows/\(id)/alternatelists", freshFor: Self.showFreshness)
    return lists.first { $0.isDVD }
  }

  /// The entries of an alternate list, each with the episodes it stands for.
  func episodes(of list: TVmazeAlternateList) async throws -> [TVmazeAlternateEpisode] {
    try await get("/alternatelists/\(list.id)/alternateepisodes?embed=episodes", freshFor: Self.showFreshness)
  }

  private func get<Value: Decodable>(_ path: String, freshFor: Int) async throws -> Value {
    try await host.get(base + path, freshFor: freshFor).decode()
  }

  private func unlessMissing<Value>(_ body: () async throws -> Value) async throws -> Value? {
    do {
      return try await body()
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }
}
