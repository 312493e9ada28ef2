import MetadataModel
import TestSupport
import UsherKit
import UsherKitTesting

@testable import OMDb

/// The source before the fake service, with a host that keeps responses as the real one does.
struct Service {
  let fake = FakeOMDb()
  let host: FakeHost
  let source: OMDbSource

  init(key: String = FakeOMDb.key, settings: [String: SettingValue] = [:]) throws {
    let own: [String: SettingValue] = ["apiKey": .string(key)]
    host = FakeHost(settings: own.merging(settings) { $1 }, manifest: manifest)
    let kept = KeptResponses(fake)
    host.answer { try await kept.response(to: $0) }
    source = try OMDbSource(host.context)
  }

  func match(
    _ title: String? = nil, _ kind: MediaKind = .movie, year: Int? = nil, ids: ExternalIDs? = nil, id: String? = nil,
    manual: Bool = false
  ) async throws -> [Candidate] {
    var request = MatchRequest(kind: kind)
    request.title = title
    request.year = year
    request.externalIDs = ids
    request.id = try id.map(Self.id)
    request.manual = manual
    return try await source.match(request, host.context)
  }

  func fetch(_ id: String) async throws -> MediaItem {
    try await source.fetch(ItemRequest(id: try Self.id(id)), host.context)
  }

  func children(_ id: String) async throws -> [MediaItem] {
    try await source.children(ItemRequest(id: try Self.id(id)), host.context)
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}

/// What the host would keep, by URL.
private actor KeptResponses {
  private let fake: FakeOMDb
  private var kept: [String: HTTPResponse] = [:]

  init(_ fake: FakeOMDb) { self.fake = fake }

  func response(to request: HTTPRequest) throws -> HTTPResponse {
    if request.freshFor > 0, let response = kept[request.url] { return response }
    let target = request.url.replacing(OMDbAPI.standardBase, with: "")
    guard case .response(let status, _, let body) = fake.reply(toGet: target) else {
      // Worse than the real host, which leaves the query out.
      throw PluginError(.unavailable, "connection to \(request.url) lost")
    }
    let response = HTTPResponse(status: status, body: body)
    if request.freshFor > 0, status == 200, body.first == UInt8(ascii: "{") { kept[request.url] = response }
    return response
  }
}
