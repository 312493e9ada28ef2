import MetadataModel
import TestSupport
import UsherKit
import UsherKitTesting

@testable import Plex
@testable import PlexProvider

/// A Plex server front over an invented library, asked as Plex asks.
struct Desk {
  struct Reply {
    let status: Int
    let headers: [(name: String, value: String)]
    let json: JSONValue
    let freshFor: Int

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var container: JSONValue? { json["MediaContainer"] }
    var items: [JSONValue] { container?["Metadata"]?.elements ?? [] }
    var images: [JSONValue] { container?["Image"]?.elements ?? [] }
    var titles: [String] { items.compactMap { $0["title"]?.text } }
    var keys: [String] { items.compactMap { $0["ratingKey"]?.text } }
  }

  static let matchPath = "/library/metadata/matches"

  let library: FakeLibrary
  let server: PlexServer
  var identifier: String { library.provider.identifier }

  init(_ provider: Provider, _ items: [MediaItem], settings: [String: SettingValue] = [:]) throws {
    library = FakeLibrary(provider: provider, items: items)
    library.answer("match") { (request: MatchRequest) in MatchReply(candidates: Self.candidates(request, items)) }
    server = try PlexServer(FakeHost(settings: settings, manifest: manifest).context)
  }

  static func tv() throws -> Desk { try Desk(Sample.tv, try Sample.series()) }
  static func movies() throws -> Desk { try Desk(Sample.movies, try Sample.films()) }

  /// Answers `operation` with an error, as when a source is out of order.
  func fail(_ operations: String..., with error: PluginError.Kind) {
    for operation in operations {
      library.answer(operation) { (_: JSONIgnored) -> MatchReply in throw PluginError(error, "the lamp is out") }
    }
  }

  func send(
    _ method: String, _ path: String, query: [String: String] = [:], headers: [String: String] = [:], body: String = ""
  ) async throws -> Reply {
    let response = try await server.handle(
      ServerRequest(
        method: method, path: path, query: query.map { (name: $0.key, value: $0.value) },
        headers: headers.map { (name: $0.key, value: $0.value) }, body: Array(body.utf8)),
      LibraryContext(library, host: FakeHost().context))
    return Reply(
      status: response.status, headers: response.headers, json: try JSONValue(response.body),
      freshFor: response.freshFor)
  }

  func get(_ path: String, query: [String: String] = [:], headers: [String: String] = [:]) async throws -> Reply {
    try await send("GET", path, query: query, headers: headers)
  }

  func item(_ key: String, _ list: String = "", query: [String: String] = [:]) async throws -> Reply {
    try await get("/library/metadata/\(key)\(list)", query: query)
  }

  func match(_ body: String) async throws -> Reply { try await send("POST", Self.matchPath, body: body) }

  /// The hints that reached the library, the last question first.
  func asked() throws -> MatchRequest? {
    try library.questions.last { $0.operation == "match" }.map {
      try JSONCoding.decode(MatchRequest.self, from: $0.request)
    }
  }

  /// Finds as the host's library promises to: by id, by external id, by title and year, below a show by number or date.
  private static func candidates(_ request: MatchRequest, _ items: [MediaItem]) -> [Candidate] {
    let found = items.filter { item in
      guard item.kind == request.kind else { return false }
      if let id = request.id { return item.id == id }
      if let ids = request.externalIDs { return ids.shares(anyWith: item.externalIDs) }
      switch item.kind {
      case .season: return item.parent?.title == request.showTitle && item.index == request.season
      case .episode:
        guard item.grandparent?.title == request.showTitle else { return false }
        if let number = request.episode { return item.index == number && item.parent?.index == request.season }
        return item.released == request.date
      default:
        return item.title == request.title && (request.manual == true || request.year.map { $0 == item.year } ?? true)
      }
    }
    return (request.manual == true ? found : Array(found.prefix(1))).map { item in
      var candidate = Candidate(id: item.id, title: item.title, year: item.year)
      candidate.summary = item.summary
      candidate.released = item.released
      candidate.poster = item.firstArtwork(.coverPoster)
      candidate.externalIDs = item.externalIDs
      candidate.isAdult = item.isAdult ? true : nil
      return candidate
    }
  }
}

/// A request whose content does not matter.
private struct JSONIgnored: Decodable {
  init(from decoder: any Decoder) throws {}
}
