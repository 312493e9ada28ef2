public import UsherKit

private let manifest = PluginManifest(
  id: TVmazeSource.id, version: "1.0.0", title: "TVmaze", interfaces: ["metadata-source/1"],
  kinds: [.show, .season, .episode], namespaces: ["imdb", "tvdb", "tvmaze"],
  listsWholeItems: true, hosts: ["api.tvmaze.com"],
  // TVmaze refuses the 21st call within ten seconds: 2 at once and 18 by the rate are 20.
  rateLimit: RateLimit(perSecond: 1.8, burst: 2, concurrent: 4),
  settings: [
    PluginSetting(
      "baseURL", .string, standard: .string(TVmazeAPI.standardBase), meaning: "Address of the service or of a mirror.")
  ],
  attribution: Attribution(
    text: "TV data and images from TVmaze, licensed CC BY-SA 4.0.", url: "https://www.tvmaze.com"))

private let export = PluginExport(source: TVmazeSource.self, manifest: manifest)

/// The library's one symbol.
@c(usher_plugin_v1_tvmaze)
public func usherPlugin(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>? { export.table(hostMinor) }

/// Shows, seasons and episodes of TVmaze: no key, English texts, order of broadcast.
///
/// Ids: `tvmaze-show-82`, `tvmaze-season-82-1` (the season's number, 0 for specials) and `tvmaze-episode-82-4952`.
struct TVmazeSource: MetadataSource {
  static let id = "tvmaze"
  private let base: String

  init(_ host: HostContext) throws {
    var base = try host.setting("baseURL", as: String.self) ?? TVmazeAPI.standardBase
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
  }

  func match(_ request: MatchRequest, _ host: HostContext) async throws -> [Candidate] {
    guard request.kind == .show else {
      throw PluginError(.unsupported, "TVmaze is asked for shows, not for '\(request.kind.rawValue)'")
    }
    let api = TVmazeAPI(base: base, host: host)
    var found: [Candidate] = []
    if let show = try await known(request, api), let candidate = TVmazeMapping(show: show).candidate(relevance: 1) {
      guard request.manual == true else { return [candidate] }
      found = [candidate]
    }
    guard let title = (request.title ?? request.showTitle).map(Self.withoutYear), !title.isEmpty else { return found }
    let hits = try await search(title, api)
    return found + hits.filter { hit in !found.contains { $0.id == hit.id } }
  }

  func fetch(_ request: ItemRequest, _ host: HostContext) async throws -> MediaItem {
    let api = TVmazeAPI(base: base, host: host)
    switch try TVmazeKey(request.id) {
    case .show(let id):
      async let lists = try? api.dvdList(ofShow: id)
      let show = try await api.show(id)
      let order = SeasonOrder(id: TVmazeNumbering.dvdOrder, tag: "DVD", title: "TVmaze (DVD)")
      return try TVmazeMapping(show: show).item(orders: await lists == nil ? [] : [order])
    case .season(let id, let number):
      let answer = try await numbering(of: id, request.order, needsSpecials: { _ in number == 0 }, api)
      guard answer.numbering.seasons.contains(number) else { throw Self.missing(request.id) }
      return try answer.mapping.season(number, isAired: answer.isAired, in: answer.numbering)
    case .episode(let id, let episode):
      let answer = try await numbering(
        of: id, request.order,
        needsSpecials: { aired in !aired.places.contains { $0.episode.id == episode } }, api)
      guard let place = answer.numbering.places.first(where: { $0.episode.id == episode }) else {
        throw Self.missing(request.id)
      }
      return try answer.mapping.episode(place, isAired: answer.isAired)
    }
  }

  func children(_ request: ItemRequest, _ host: HostContext) async throws -> [MediaItem] {
    let api = TVmazeAPI(base: base, host: host)
    switch try TVmazeKey(request.id) {
    case .show(let id):
      let answer = try await numbering(of: id, request.order, needsSpecials: { _ in true }, api)
      return try answer.numbering.seasons.map {
        try answer.mapping.season($0, isAired: answer.isAired, in: answer.numbering)
      }
    case .season(let id, let number):
      let answer = try await numbering(of: id, request.order, needsSpecials: { _ in number == 0 }, api)
      guard answer.numbering.seasons.contains(number) else { throw Self.missing(request.id) }
      return try answer.numbering.places.filter { $0.season == number }.map {
        try answer.mapping.episode($0, isAired: answer.isAired)
      }
    case .episode:
      return []
    }
  }

  private static func missing(_ id: ItemID) -> PluginError { PluginError(.notFound, "TVmaze has no \(id)") }

  /// The show that an id names; nil when none of the ids is known to TVmaze.
  private func known(_ request: MatchRequest, _ api: TVmazeAPI) async throws -> TVmazeShow? {
    let ids = request.externalIDs
    let own = request.id.flatMap { $0.source == Self.id && $0.kind == .show ? $0.value : nil } ?? ids?["tvmaze"]
    if let id = own.flatMap({ Int($0) }), id > 0 {
      do { return try await api.show(id) } catch let error as PluginError where error.kind == .notFound {}
    }
    if let imdb = ids?["imdb"], let id = try await api.lookup("imdb", imdb) { return try await api.show(id) }
    if let tvdb = ids?["tvdb"], let id = try await api.lookup("thetvdb", tvdb) { return try await api.show(id) }
    return nil
  }

  /// All hits, wrong ones too: the host judges. A search finds by other names as well but does not tell them, so the
  /// best hit is asked for when no hit has the name itself; that answer serves the fetch that follows.
  private func search(_ title: String, _ api: TVmazeAPI) async throws -> [Candidate] {
    var hits = try await api.search(title)
    let best = hits.compactMap(\.score).max() ?? 0
    let named = hits.contains { Self.withoutYear($0.show.name).lowercased() == title.lowercased() }
    if !named, let first = hits.first, let full = try? await api.show(first.show.id) {
      hits[0] = TVmazeSearchHit(score: first.score, show: full)
    }
    return hits.compactMap { hit in
      let relevance = best > 0 ? hit.score.map { min(1, max(0, $0 / best)) } : nil
      return TVmazeMapping(show: hit.show).candidate(relevance: relevance)
    }
  }

  private struct Answer {
    let mapping: TVmazeMapping
    let numbering: TVmazeNumbering
    let isAired: Bool
  }

  /// The show with its numbering in the order asked for, or in that of broadcast where the show has no such order.
  /// Specials cost a request, so they are asked for only when needed.
  private func numbering(
    of id: Int, _ order: String?, needsSpecials: (TVmazeNumbering) -> Bool, _ api: TVmazeAPI
  ) async throws -> Answer {
    let mapping = TVmazeMapping(show: try await api.show(id))
    if order == TVmazeNumbering.dvdOrder, let list = try await api.dvdList(ofShow: id) {
      async let entries = api.episodes(of: list)
      let specials = try await api.specials(ofShow: id)
      let numbering = TVmazeNumbering(alternate: try await entries, specials: specials)
      return Answer(mapping: mapping, numbering: numbering, isAired: false)
    }
    var numbering = TVmazeNumbering(show: mapping.show, specials: [])
    if needsSpecials(numbering) {
      numbering = TVmazeNumbering(show: mapping.show, specials: try await api.specials(ofShow: id))
    }
    return Answer(mapping: mapping, numbering: numbering, isAired: true)
  }

  /// "Title (2014)" is how file names tell shows of one name apart; TVmaze's names have no year.
  static func withoutYear(_ title: String) -> String {
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "(") else { return title }
    let year = title[title.index(after: open)...].dropLast()
    guard year.utf8.count == 4, year.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return title }
    var rest = title[..<open]
    while rest.last == " " { rest.removeLast() }
    return rest.isEmpty ? title : String(rest)
  }
}

/// What an id of this source stands for.
enum TVmazeKey {
  case show(Int)
  case season(Int, number: Int)
  case episode(Int, episode: Int)

  /// Throws `.notFound` for an id that this source never gave out.
  init(_ id: ItemID) throws {
    let numbers = id.value.split(separator: "-", omittingEmptySubsequences: false).map { part -> Int? in
      // The plain form only, so that every item has one id.
      Int(part).flatMap { $0 >= 0 && String($0) == part ? $0 : nil }
    }
    switch (id.source, id.kind, numbers.count) {
    case (TVmazeSource.id, .show, 1):
      if let show = numbers[0] { self = .show(show); return }
    case (TVmazeSource.id, .season, 2):
      if let show = numbers[0], let number = numbers[1] { self = .season(show, number: number); return }
    case (TVmazeSource.id, .episode, 2):
      if let show = numbers[0], let episode = numbers[1] { self = .episode(show, episode: episode); return }
    default: break
    }
    throw PluginError(.notFound, "TVmaze has no \(id)")
  }
}

extension ItemID {
  init?(show: Int) { self.init(source: TVmazeSource.id, kind: .show, value: String(show)) }

  static func season(_ show: Int, _ number: Int) throws -> ItemID { try made(.season, "\(show)-\(number)") }
  static func episode(_ show: Int, _ episode: Int) throws -> ItemID { try made(.episode, "\(show)-\(episode)") }

  private static func made(_ kind: MediaKind, _ value: String) throws -> ItemID {
    guard let id = ItemID(source: TVmazeSource.id, kind: kind, value: value) else {
      throw PluginError(.unavailable, "TVmaze gave an id that is no number: \(value)")
    }
    return id
  }
}
