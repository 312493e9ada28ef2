import MetadataModel
import TestSupport
import UsherKit
import UsherKitTesting

@testable import TVDB

/// The source before the fake service, with a host that keeps responses as the real one does: by URL and headers, the
/// token excepted.
struct Service {
  let fake: FakeTVDB
  let host: FakeHost
  let source: TVDBSource

  init(
    version: String = "v4", key: String? = nil, pin: String? = nil, needsPIN: Bool = false,
    tokenSeconds: Int64 = 24 * 3600
  ) throws {
    var settings: [String: SettingValue] = [
      "apiKey": .string(key ?? (version == "v3" ? FakeTVDB.legacyKey : FakeTVDB.key)), "apiVersion": .string(version),
    ]
    settings["pin"] = pin.map { .string($0) }
    let host = FakeHost(settings: settings)
    let fake = FakeTVDB(needsPIN: needsPIN, tokenSeconds: tokenSeconds, now: { host.nowMilliseconds })
    let kept = KeptResponses(fake)
    host.answer { try await kept.response(to: $0) }
    self.host = host
    self.fake = fake
    source = try TVDBSource(host.context)
  }

  func match(
    _ title: String? = nil, kind: MediaKind = .show, year: Int? = nil, ids: ExternalIDs? = nil, manual: Bool = false,
    language: String? = nil
  ) async throws -> [Candidate] {
    var request = MatchRequest(kind: kind)
    request.title = title
    request.year = year
    request.externalIDs = ids
    request.manual = manual
    request.language = language
    return try await source.match(request, host.context)
  }

  func fetch(
    _ id: String, order: String? = nil, language: String? = nil, country: String? = nil
  ) async throws -> MediaItem {
    try await source.fetch(
      ItemRequest(id: try Self.id(id), language: language, country: country, order: order), host.context)
  }

  func children(_ id: String, order: String? = nil, language: String? = nil) async throws -> [MediaItem] {
    try await source.children(ItemRequest(id: try Self.id(id), language: language, order: order), host.context)
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}

private actor KeptResponses {
  private let fake: FakeTVDB
  private var kept: [[String]: HTTPResponse] = [:]

  init(_ fake: FakeTVDB) { self.fake = fake }

  func response(to request: HTTPRequest) async throws -> HTTPResponse {
    let headers = request.headers.filter { $0.key != "Authorization" }.map { "\($0.key): \($0.value)" }.sorted()
    let key = [request.url] + headers
    if request.freshFor > 0, let response = kept[key] { return response }
    await Task.yield()
    let response = try ask(request)
    if request.freshFor > 0, response.status == 200 { kept[key] = response }
    return response
  }

  private func ask(_ request: HTTPRequest) throws -> HTTPResponse {
    let target = request.url.replacing("https://api4.thetvdb.com", with: "").replacing(
      "https://api.thetvdb.com", with: "")
    let headers = Dictionary(
      request.headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    let reply = fake.reply(request.method, target, headers: headers, body: request.body)
    guard case .response(let status, _, let body) = reply else {
      throw PluginError(.unavailable, "connection lost")
    }
    return HTTPResponse(status: status, body: body)
  }
}
