import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TMDB

/// The source before the fake service, with a host that keeps responses as the real one does.
struct Service {
  let fake = FakeTMDB()
  let host: FakeHost
  let source: TMDBSource

  init(apiKey: String = FakeTMDB.key) throws {
    host = FakeHost(settings: ["apiKey": .string(apiKey)])
    let kept = KeptResponses(fake)
    host.answer { try await kept.response(to: $0) }
    source = try TMDBSource(host.context)
  }

  func match(
    _ kind: MediaKind, _ title: String? = nil, year: Int? = nil, ids: ExternalIDs? = nil,
    _ change: (inout MatchRequest) -> Void = { _ in }
  ) async throws -> [Candidate] {
    var request = MatchRequest(kind: kind)
    request.title = title
    request.year = year
    request.externalIDs = ids
    change(&request)
    return try await source.match(request, host.context)
  }

  func fetch(
    _ id: String, language: String? = nil, country: String? = nil, order: String? = nil
  ) async throws -> MediaItem {
    try await source.fetch(
      ItemRequest(id: try Self.id(id), language: language, country: country, order: order), host.context)
  }

  func children(_ id: String, language: String? = nil, order: String? = nil) async throws -> [MediaItem] {
    try await source.children(ItemRequest(id: try Self.id(id), language: language, order: order), host.context)
  }

  /// Asks for everything below a show as a media server does, and gives the numbers of episodes by season.
  func fill(_ show: String, language: String? = nil) async throws -> [Int: Int] {
    _ = try await fetch(show, language: language)
    var counts: [Int: Int] = [:]
    for season in try await children(show, language: language) {
      #expect(try await fetch(season.id.description, language: language) == season)
      let episodes = try await children(season.id.description, language: language)
      for episode in episodes {
        #expect(try await fetch(episode.id.description, language: language) == episode)
      }
      counts[season.index ?? -1] = episodes.count
    }
    return counts
  }

  /// Paths of the requests that reached the service.
  var paths: [String] { fake.requests.map(\.path) }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}

/// What the host would keep, by URL.
private actor KeptResponses {
  private let fake: FakeTMDB
  private var kept: [String: HTTPResponse] = [:]

  init(_ fake: FakeTMDB) { self.fake = fake }

  func response(to request: HTTPRequest) throws -> HTTPResponse {
    if request.freshFor > 0, let response = kept[request.url] { return response }
    guard request.url.hasPrefix("https://api.themoviedb.org/3/") else {
      throw PluginError(.fault, "the source asked another host")
    }
    let target = String(request.url.dropFirst("https://api.themoviedb.org".count))
    let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.key.lowercased(), $0.value) })
    guard case .response(let status, let names, let body) = fake.reply(toGet: target, headers: headers) else {
      throw PluginError(.unavailable, "connection lost")
    }
    let fields = Dictionary(names.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
    let response = HTTPResponse(status: status, headers: fields, body: body)
    if request.freshFor > 0, response.status == 200 { kept[request.url] = response }
    return response
  }
}
