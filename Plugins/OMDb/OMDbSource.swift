public import UsherKit

/// What the host knows of the plugin before it is opened.
let manifest = PluginManifest(
  id: OMDbSource.id, version: "1.0.0", title: "OMDb", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season, .episode], namespaces: ["imdb"], hosts: ["www.omdbapi.com"],
  // The service counts calls by the day and names no limit by the second.
  rateLimit: RateLimit(perSecond: 5, burst: 10, concurrent: 4),
  settings: [
    PluginSetting(
      "baseURL", .string, standard: .string(OMDbAPI.standardBase), meaning: "Address of the service or of a mirror."),
    PluginSetting("apiKey", .string, required: true, secret: true, meaning: "Your key, from omdbapi.com."),
    PluginSetting(
      "episodeDetails", .boolean, standard: .boolean(false),
      meaning: "Whether each episode is asked for by itself: plot and people, for one of the day's 1000 calls each."),
  ],
  attribution: Attribution(text: "Data from OMDb API, licensed CC BY-NC 4.0.", url: "https://www.omdbapi.com"))

private let export = PluginExport(source: OMDbSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_omdb)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Movies and shows of OMDb by IMDb id or by title: English texts, ratings of three sites, age ratings of the US.
///
/// Ids: `omdb-movie-tt…`, `omdb-show-tt…`, `omdb-season-tt…-1`, and `omdb-episode-tt…-tt…` of show and episode, or
/// `omdb-episode-tt…-s1e2` where the service has no id for the episode.
struct OMDbSource: MetadataSource {
  static let id = "omdb"
  private let base, key: String
  private let hasEpisodeDetails: Bool
  private let pause = OMDbPause()

  init(_ host: HostContext) throws {
    var base = try host.setting("baseURL", as: String.self) ?? OMDbAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
    key = try (host.setting("apiKey", as: String.self) ?? "").trimmed
    guard !key.isEmpty else { throw PluginError(.badRequest, "setting 'apiKey': OMDb needs a key") }
    hasEpisodeDetails = try host.setting("episodeDetails", as: Bool.self) ?? false
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    guard let type = OMDbType(request.kind) else {
      throw PluginError(.unsupported, "OMDb is asked for movies and shows, not for '\(request.kind.rawValue)'")
    }
    let api = api(host)
    var found: [Candidate] = []
    for id in Self.knownIDs(request) {
      guard let title = try await api.title(id).whole, title.type == type.rawValue else { continue }
      let candidate = try OMDbMapping(title: title).candidate()
      guard request.manual == true else { return [candidate] }
      found = [candidate]
      break
    }
    let wanted = OMDbSearching.wanted(request)
    guard !wanted.title.isEmpty else { return found }
    let hits = try await OMDbSearching(api: api, type: type, manual: request.manual == true).candidates(wanted)
    return found + hits.filter { hit in !found.contains { $0.id == hit.id } }
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let api = api(host)
    switch try OMDbKey(request.id) {
    case .movie(let id): return OMDbMapping(title: try await title(id, .movie, request.id, api)).item(request.id)
    case .show(let id): return OMDbMapping(title: try await title(id, .series, request.id, api)).item(request.id)
    case .season(let id, let number):
      let show = OMDbShow(id: id, title: try await title(id, .series, request.id, api))
      guard show.seasons.contains(number) else { throw Self.missing(request.id) }
      return try show.season(number, list: try await api.season(number, of: id))
    case .episode(let id, let place):
      let show = OMDbShow(id: id, title: try await title(id, .series, request.id, api))
      return try await hasEpisodeDetails
        ? detailedEpisode(place, of: show, request.id, api) : listedEpisode(place, of: show, request.id, api)
    }
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let api = api(host)
    switch try OMDbKey(request.id) {
    case .show(let id):
      let show = OMDbShow(id: id, title: try await title(id, .series, request.id, api))
      // Without the seasons' lists, which cost a call each.
      return try show.seasons.map { try show.season($0, list: nil) }
    case .season(let id, let number):
      let show = OMDbShow(id: id, title: try await title(id, .series, request.id, api))
      guard show.seasons.contains(number) else { throw Self.missing(request.id) }
      // A season that is announced has no list yet.
      guard let list = try await api.season(number, of: id) else { return [] }
      var seen: Set<ItemID> = []
      return try list.episodes.map { try show.episode($0, season: number, id: nil) }
        .filter { seen.insert($0.id).inserted }
        .sorted { ($0.index ?? 0, $0.id.value) < ($1.index ?? 0, $1.id.value) }
    case .movie, .episode: return []
    }
  }

  private func api(_ host: HostContext) -> OMDbAPI { OMDbAPI(base: base, key: key, pause: pause, host: host) }

  private static func missing(_ id: ItemID) -> PluginError { PluginError(.notFound, "OMDb has no \(id)") }

  /// IMDb ids that a request may mean, the surest first.
  private static func knownIDs(_ request: MatchRequest) -> [String] {
    let ids = request.externalIDs
    let own = request.id.flatMap { $0.source == id && $0.kind == request.kind ? $0.value : nil }
    var seen: Set<String> = []
    return [own, ids?[id], ids?["imdb"]].compactMap { $0 }.filter { OMDbKey.isIMDb($0) && seen.insert($0).inserted }
  }

  private func title(_ id: String, _ type: OMDbType, _ item: ItemID, _ api: OMDbAPI) async throws -> OMDbTitle {
    guard let title = try await api.title(id).whole, title.type == type.rawValue else { throw Self.missing(item) }
    return title
  }

  /// From the lists of seasons, which the children of the show need as well. An id does not tell the season, so all
  /// lists up to it are read.
  private func listedEpisode(
    _ place: OMDbKey.Place, of show: OMDbShow, _ id: ItemID, _ api: OMDbAPI
  ) async throws -> MediaItem {
    for season in show.seasons where place.season.map({ $0 == season }) ?? true {
      let list = try await api.season(season, of: show.id)
      if let episode = list?.episodes.first(where: { place.isOf($0) }) {
        return try show.episode(episode, season: season, id: id)
      }
    }
    throw Self.missing(id)
  }

  private func detailedEpisode(
    _ place: OMDbKey.Place, of show: OMDbShow, _ id: ItemID, _ api: OMDbAPI
  ) async throws -> MediaItem {
    let answer =
      switch place {
      case .id(let episode): try await api.title(episode)
      case .number(let season, let episode): try await api.episode(episode, season: season, of: show.id)
      }
    guard let title = answer.whole, title.type == "episode", title.series.map({ $0 == show.id }) ?? true else {
      throw Self.missing(id)
    }
    return try show.detailedEpisode(title, place, id)
  }
}
