public import UsherKit

private let manifest = PluginManifest(
  id: TVDBSource.id, version: "1.0.0", title: "TheTVDB", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season, .episode], namespaces: ["imdb", "tmdb", "tvdb"],
  refusesAdult: true,
  hosts: ["api4.thetvdb.com", "api.thetvdb.com"], rateLimit: RateLimit(perSecond: 5, burst: 10, concurrent: 4),
  settings: [
    PluginSetting(
      "apiKey", .string, required: true, secret: true,
      meaning: "Key of TheTVDB's API; the two versions have different keys."),
    PluginSetting("pin", .string, secret: true, meaning: "PIN of a subscriber, for v4 keys that need one."),
    PluginSetting(
      "apiVersion", .string, standard: .string("v4"), meaning: "\"v4\", or \"v3\" for those who still have such a key."),
    PluginSetting(
      "baseURL", .string, standard: .string(TVDBAPI.standardBase),
      meaning: "Address of the service or of a mirror; with v3 left alone it is \(TVDBv3API.standardBase)."),
  ],
  attribution: Attribution(
    text: "Metadata provided by TheTVDB. Please consider adding missing information or subscribing.",
    url: "https://thetvdb.com"))

private let export = PluginExport(source: TVDBSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_tvdb)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Shows, seasons, episodes and movies of TheTVDB, in its languages and orders.
///
/// Ids: `tvdb-show-81189`, `tvdb-movie-31`, `tvdb-season-81189-1` (the season's number, 0 for specials; of another
/// order `tvdb-season-81189-dvd-1`) and `tvdb-episode-81189-349232`.
struct TVDBSource: MetadataSource {
  static let id = "tvdb"
  private let login: TVDBLogin

  init(_ host: HostContext) throws {
    let name = try host.setting("apiVersion", as: String.self) ?? "v4"
    guard let version = TVDBAccount.Version(rawValue: name) else {
      throw PluginError(.badRequest, "setting 'apiVersion': expected \"v4\" or \"v3\", found \"\(name.prefix(40))\"")
    }
    var base = try host.setting("baseURL", as: String.self) ?? TVDBAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    if version == .v3, base == TVDBAPI.standardBase { base = TVDBv3API.standardBase }
    let pin = try host.setting("pin", as: String.self)?.trimmed
    login = TVDBLogin(
      TVDBAccount(
        version: version, base: base, apiKey: (try host.setting("apiKey", as: String.self) ?? "").trimmed,
        pin: pin == "" ? nil : pin))
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    guard request.kind == .show || request.kind == .movie else {
      throw PluginError(.unsupported, "TheTVDB is asked for shows and movies, not for '\(request.kind.rawValue)'")
    }
    let catalogue = catalogue(request.language, request.country, host)
    let ids = request.externalIDs ?? [:]
    let own = request.id.flatMap { $0.source == Self.id && $0.kind == request.kind ? $0.value : nil } ?? ids["tvdb"]
    var found: [Candidate] = []
    if let known = try await catalogue.known(request.kind, own: own.flatMap(TVDBKey.number), ids) {
      guard request.manual == true else { return [known] }
      found = [known]
    }
    guard let title = request.title?.trimmed, !title.isEmpty else { return found }
    let works = try await catalogue.search(
      title, request.kind, year: request.year, manual: request.manual == true)
    let hits = works.enumerated().compactMap { place, work in
      // There is no score, only the order.
      try? TVDBMapping(work: work, wish: catalogue.wish).candidate(
        request.kind, relevance: 1 - 0.5 * Double(place) / Double(works.count))
    }
    return found + hits.filter { hit in !found.contains { $0.id == hit.id } }
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let catalogue = catalogue(request.language, request.country, host)
    let wanted = TVDBOrder.word(request.order)
    let item: MediaItem?
    switch try TVDBKey(request.id) {
    case .movie(let id): item = try await catalogue.mapping(id, .movie).movie()
    case .show(let id): item = try await catalogue.mapping(id, .show).show()
    case .season(let id, let order, let number):
      let show = try await catalogue.ordered(id, named: order, wanted: wanted, summaries: { $0 == number })
      item = try show.season(number, as: request.id)
    case .episode(let id, _): item = try await catalogue.ordered(id, wanted: wanted).item(request.id)
    }
    guard let item else { throw PluginError(.notFound, "TheTVDB has no \(request.id)") }
    return item
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let catalogue = catalogue(request.language, request.country, host)
    let wanted = TVDBOrder.word(request.order)
    switch try TVDBKey(request.id) {
    case .movie, .episode: return []
    case .show(let id):
      let show = try await catalogue.ordered(id, wanted: wanted, summaries: { _ in true })
      return try show.seasons.compactMap { try show.season($0.number) }
    case .season(let id, let order, let number):
      let show = try await catalogue.ordered(id, named: order, wanted: wanted)
      return try show.items(ofSeason: number, as: request.id)
    }
  }

  private func catalogue(_ language: String?, _ country: String?, _ host: HostContext) -> any TVDBCatalogue {
    let codes = TVDBLanguage.codes(for: language, country: country)
    let wish = TVDBWish(languages: codes, country: country?.uppercased())
    let client = TVDBClient(login: login, host: host)
    switch login.account.version {
    case .v3: return TVDBv3Catalogue(api: TVDBv3API(client: client), wish: wish)
    case .v4: return TVDBv4Catalogue(api: TVDBAPI(client: client), wish: wish)
    }
  }
}
