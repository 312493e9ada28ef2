public import UsherKit

private let manifest = PluginManifest(
  id: TMDBSource.id, version: "1.0.0", title: "TMDB", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season, .episode], namespaces: ["imdb", "tmdb", "tvdb"],
  listsWholeItems: true, hosts: ["api.themoviedb.org"],
  // TMDB allows about 40 requests a second and 20 connections: no second has more than 30.
  rateLimit: RateLimit(perSecond: 20, burst: 10, concurrent: 6),
  settings: [
    PluginSetting(
      "apiKey", .string, required: true, secret: true,
      meaning: "API key (v3) or API read access token (v4) from themoviedb.org/settings/api."),
    PluginSetting(
      "baseURL", .string, standard: .string(TMDBAPI.standardBase), meaning: "Address of the service or of a mirror."),
  ],
  attribution: Attribution(
    text: "This product uses the TMDB API but is not endorsed or certified by TMDB.",
    url: "https://www.themoviedb.org"))

private let export = PluginExport(source: TMDBSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_tmdb)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Movies, shows, seasons and episodes of The Movie Database, in the language asked for.
///
/// Ids: `tmdb-movie-603`, `tmdb-show-1396`, `tmdb-season-1396-1` (the season's number, 0 for specials) and
/// `tmdb-episode-1396-62085` (the show's and the episode's own id).
struct TMDBSource: MetadataSource {
  static let id = "tmdb"
  private let base: String
  private let credential: TMDBCredential

  init(_ host: HostContext) throws {
    var base = try host.setting("baseURL", as: String.self) ?? TMDBAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
    credential = try TMDBCredential(try host.setting("apiKey", as: String.self) ?? "")
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    guard let kind = TMDBKind(request.kind) else {
      throw PluginError(.unsupported, "TMDB is asked for movies and shows, not for '\(request.kind.rawValue)'")
    }
    let api = api(request.language, request.country, host)
    return try await TMDBMatching(kind: kind, request: request, api: api).candidates()
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let api = api(request.language, request.country, host)
    switch try TMDBItemKey(request.id) {
    case .movie(let id): return try await TMDBMapping.item(.movie, id, api)
    case .show(let id): return try await TMDBMapping.item(.show, id, api)
    case .season(let id, let number):
      let guide = try await TMDBGuide(show: id, order: request.order, api: api)
      guard guide.seasons.contains(number) else { throw TMDBItemKey.missing(request.id) }
      return try TMDBEpisodeMapping(guide).season(number)
    case .episode(let id, let episode):
      let guide = try await TMDBGuide(show: id, order: request.order, api: api)
      guard let place = try await guide.place(ofEpisode: episode) else { throw TMDBItemKey.missing(request.id) }
      return try TMDBEpisodeMapping(guide).episode(place)
    }
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let api = api(request.language, request.country, host)
    switch try TMDBItemKey(request.id) {
    case .show(let id):
      let guide = try await TMDBGuide(show: id, order: request.order, api: api)
      return try guide.seasons.map(TMDBEpisodeMapping(guide).season)
    case .season(let id, let number):
      let guide = try await TMDBGuide(show: id, order: request.order, api: api)
      guard guide.seasons.contains(number) else { throw TMDBItemKey.missing(request.id) }
      return try await guide.places(inSeason: number).map(TMDBEpisodeMapping(guide).episode)
    case .movie, .episode:
      return []
    }
  }

  private func api(_ language: String?, _ country: String?, _ host: HostContext) -> TMDBAPI {
    TMDBAPI(base: base, credential: credential, locale: TMDBLocale(language: language, country: country), host: host)
  }
}
