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

  /// TVmaze's id of the show with an id of another service (`imdb`, `thetvdb`); nil when TVmaze has none.
  ///
  /// The answer is a redirect to the show, without what `show` asks for: nobody follows it, which saves one of the few
  /// calls that TVmaze allows. An older host follows it.
  func lookup(_ service: String, _ id: String) async throws -> Int? {
    let path = "/lookup/shows?\(service)=\(id.queryEscaped)"
    let response = try await host.send(
      HTTPRequest(url: base + path, freshFor: Self.searchFreshness, followsRedirects: false))
    switch response.status {
    case 300..<400:
      guard let id = response.headers["location"].flatMap(Self.showID) else {
        throw PluginError(.unavailable, "the lookup of \(service) \(id) leads to no show")
      }
      return id
    case 404: return nil
    case 200: return try response.decode(TVmazeShow.self).id
    default: throw PluginError(.unavailable, "the lookup of \(service) \(id) answered \(response.status)")
    }
  }

  /// 82 in `https://api.tvmaze.com/shows/82`.
  private static func showID(in location: String) -> Int? {
    let parts = location.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 2] == "shows" else { return nil }
    return Int(parts[parts.count - 1])
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
}
