public import UsherKit

/// What the host knows of the plugin before it is opened.
let manifest = PluginManifest(
  id: FanartTVSource.id, version: "1.0.0", title: "Fanart.tv", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season], namespaces: ["imdb", "tmdb", "tvdb"], isPartial: true,
  hosts: ["webservice.fanart.tv"],
  // The service names no number.
  rateLimit: RateLimit(perSecond: 2, burst: 5, concurrent: 2),
  settings: [
    PluginSetting(
      "baseURL", .string, standard: .string(FanartTVAPI.standardBase), meaning: "Address of the service or of a mirror."
    ),
    PluginSetting("apiKey", .string, required: true, secret: true, meaning: "The project's key, from fanart.tv."),
    PluginSetting(
      "clientKey", .string, secret: true, meaning: "Your personal key: new pictures appear days earlier with it."),
  ],
  attribution: Attribution(text: "Artwork from Fanart.tv.", url: "https://fanart.tv"))

private let export = PluginExport(source: FanartTVSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_fanarttv)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Pictures of movies, shows and seasons from Fanart.tv, and nothing else: the service has no texts and no search.
///
/// Ids: `fanarttv-movie-<TMDB id or tt…>`, `fanarttv-show-<TVDB id>`, `fanarttv-season-<TVDB id>-<number>`.
struct FanartTVSource: MetadataSource {
  static let id = "fanarttv"
  /// Pictures of one form that come with an item; `images` has them all, which may be hundreds.
  static let picturesPerForm = 10
  private let base, key: String
  private let clientKey: String?

  init(_ host: HostContext) throws {
    var base = try host.setting("baseURL", as: String.self) ?? FanartTVAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
    key = try (host.setting("apiKey", as: String.self) ?? "").trimmed
    guard !key.isEmpty else { throw PluginError(.badRequest, "setting 'apiKey': Fanart.tv needs a project key") }
    let clientKey = try (host.setting("clientKey", as: String.self) ?? "").trimmed
    self.clientKey = clientKey.isEmpty ? nil : clientKey
  }

  /// By ids of other services only; none where the service has no pictures. A title does not help here.
  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    let api = api(host)
    for key in try FanartTVKey.all(in: request) {
      do {
        return [try FanartTVMapping(record: try await api.record(key), key: key).candidate(request.language)]
      } catch let error as PluginError where error.kind == .notFound {}
    }
    return []
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let mapping = try await mapping(request, host)
    var item = try mapping.item()
    var counts: [Artwork.Form: Int] = [:]
    item.artwork = mapping.artwork(request.language).filter { picture in
      counts[picture.form, default: 0] += 1
      return counts[picture.form, default: 0] <= Self.picturesPerForm
    }
    return item
  }

  /// The seasons that have pictures of their own; episodes have none.
  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    guard case .show(let show) = try FanartTVKey(request.id) else { return [] }
    let record = try await api(host).record(.show(show))
    return try FanartTVMapping(record: record, key: .show(show)).seasons.map { number in
      let season = FanartTVMapping(record: record, key: .season(show, number: number))
      var item = try season.item()
      item.artwork = season.artwork(request.language)
      return item
    }
  }

  func images(_ request: ItemRequest, _ host: HostContext) async throws -> [Artwork] {
    try await mapping(request, host).artwork(request.language)
  }

  private func api(_ host: HostContext) -> FanartTVAPI {
    FanartTVAPI(base: base, key: key, clientKey: clientKey, host: host)
  }

  /// Throws `.notFound` as well for a season without a picture.
  private func mapping(_ request: ItemRequest, _ host: HostContext) async throws -> FanartTVMapping {
    let key = try FanartTVKey(request.id)
    let mapping = FanartTVMapping(record: try await api(host).record(key), key: key)
    if case .season(_, let number) = key, !mapping.seasons.contains(number) {
      throw PluginError(.notFound, "Fanart.tv has no \(request.id)")
    }
    return mapping
  }
}
