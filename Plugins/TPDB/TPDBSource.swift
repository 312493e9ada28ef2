public import UsherKit

private let manifest = PluginManifest(
  id: TPDBSource.id, version: "1.0.0", title: "ThePornDB", interfaces: ["metadata-source/1"],
  kinds: [.movie, .show, .season, .episode], namespaces: ["tpdb", "oshash"], adult: true, hosts: ["api.theporndb.net"],
  // The service names no limit; this is what its own media-server plugin keeps to.
  rateLimit: RateLimit(perSecond: 2, burst: 10, concurrent: 2),
  settings: [
    PluginSetting(
      "apiKey", .string, required: true, secret: true, meaning: "API token of your account at theporndb.net."),
    PluginSetting(
      "baseURL", .string, standard: .string(TPDBAPI.standardBase), meaning: "Address of the service or of a mirror."),
  ],
  attribution: Attribution(text: "Metadata from ThePornDB.", url: "https://theporndb.net"))

private let export = PluginExport(source: TPDBSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_tpdb)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// A catalogue of films for adults: its sites as shows, their years as seasons, their scenes as episodes, and movies.
struct TPDBSource: MetadataSource {
  static let id = "tpdb"
  private let base: String
  private let key: String
  private let listCap: Int

  init(_ host: HostContext) throws { try self.init(host, listCap: TPDBListing.standardCap) }

  /// `listCap` is the length at which the service cuts every list.
  init(_ host: HostContext, listCap: Int) throws {
    var base = try host.setting("baseURL", as: String.self) ?? TPDBAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
    key = (try host.setting("apiKey", as: String.self) ?? "").trimmed
    guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw PluginError(.badRequest, "setting 'apiKey': expected the API token of a ThePornDB account, without spaces")
    }
    self.listCap = listCap
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    let matching = TPDBMatching(api: api(host), request: request)
    switch request.kind {
    case .show: return try await matching.sites()
    case .movie: return try await matching.movies()
    case .episode: return try await matching.scenes()
    default:
      throw PluginError(.unsupported, "TPDB is asked for sites, movies and scenes, not for '\(request.kind.rawValue)'")
    }
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let api = api(host)
    switch try TPDBKey(request.id) {
    case .show(let reference):
      let mapping = try await api.wholeSite(reference)
      return try mapping.show(released: try await listing(mapping, api).firstRelease())
    case .season(let reference, let year):
      let mapping = try TPDBSiteMapping(try await api.anySite(reference))
      guard let first = try await listing(mapping, api).firstRelease(in: year) else { throw Self.missing(request.id) }
      return try mapping.season(TPDBListing.Year(year: year, first: first))
    case .episode(let reference, let site): return try await episode(reference, site: site, api)
    case .movie(let reference):
      let movie = try await api.item(.movies, reference)
      return try movie.movie(studios: try await api.studios(of: movie))
    }
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let api = api(host)
    switch try TPDBKey(request.id) {
    case .show(let reference):
      let mapping = try TPDBSiteMapping(try await api.anySite(reference))
      return try await listing(mapping, api).years().map { try mapping.season($0) }
    case .season(let reference, let year):
      let mapping = try TPDBSiteMapping(try await api.anySite(reference))
      let scenes = try await listing(mapping, api).scenes(of: year)
      guard !scenes.isEmpty else { throw Self.missing(request.id) }
      let numbers = TPDBNumbering(site: mapping.number, host: host).numbers(of: scenes, in: year)
      return try scenes.map { try mapping.episode($0, number: numbers[$0.id]) }
        .sorted { ($0.index ?? 0) < ($1.index ?? 0) }
    case .episode, .movie: return []
    }
  }

  /// From the year's list when the scene's place is known and the list tells all of it: a whole site then costs its
  /// pages and nothing more. Otherwise the scene is asked for itself, and its year for its number.
  private func episode(_ reference: String, site: Int?, _ api: TPDBAPI) async throws -> MediaItem {
    if let site, let place = TPDBNumbering(site: site, host: api.host).place(of: reference) {
      let mapping = try TPDBSiteMapping(try await api.anySite(String(site)))
      let listed = try await listing(mapping, api).scene(reference, number: place.number, of: place.year)
      if let listed, listed.isWhole { return try mapping.episode(listed, number: place.number) }
    }
    let scene = try await api.item(.scenes, reference)
    guard let number = scene.siteID ?? site else {
      throw PluginError(.unavailable, "scene \(reference): the answer lacks the member 'site_id'")
    }
    let mapping = try TPDBSiteMapping(try await api.anySite(String(number)))
    guard let year = scene.released?.year else { return try mapping.episode(scene, number: nil) }
    let numbering = TPDBNumbering(site: mapping.number, host: api.host)
    if let place = numbering.place(of: scene.id), place.year == year {
      return try mapping.episode(scene, number: place.number)
    }
    // The list may lag behind the item; then the scene comes behind all that are listed.
    let scenes = try await listing(mapping, api).scenes(of: year) + [scene]
    return try mapping.episode(scene, number: numbering.numbers(of: scenes, in: year)[scene.id])
  }

  private func api(_ host: HostContext) -> TPDBAPI { TPDBAPI(base: base, key: key, host: host) }

  private func listing(_ mapping: TPDBSiteMapping, _ api: TPDBAPI) -> TPDBListing {
    TPDBListing(api: api, site: mapping.number, cap: listCap)
  }

  private static func missing(_ id: ItemID) -> PluginError { PluginError(.notFound, "TPDB has no \(id)") }
}
