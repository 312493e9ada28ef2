import MetadataModel
import TestSupport
import UsherKit
import UsherKitTesting

@testable import FanartTV

/// The source before the fake service, with a host that keeps responses as the real one does.
struct Service {
  let fake = FakeFanartTV()
  let host: FakeHost
  let source: FanartTVSource

  init(key: String = FakeFanartTV.projectKey, settings: [String: SettingValue] = [:]) throws {
    let own: [String: SettingValue] = ["apiKey": .string(key)]
    host = FakeHost(settings: own.merging(settings) { $1 }, manifest: manifest)
    let kept = KeptResponses(fake)
    host.answer { try await kept.response(to: $0) }
    source = try FanartTVSource(host.context)
  }

  func match(
    _ kind: MediaKind, _ ids: ExternalIDs?, id: String? = nil, title: String? = "Some Title"
  ) async throws -> [Candidate] {
    var request = MatchRequest(kind: kind)
    request.title = title
    request.externalIDs = ids
    request.id = try id.map(Self.id)
    return try await source.match(request, host.context)
  }

  func fetch(_ id: String, language: String? = nil) async throws -> MediaItem {
    try await source.fetch(ItemRequest(id: try Self.id(id), language: language), host.context)
  }

  func children(_ id: String) async throws -> [MediaItem] {
    try await source.children(ItemRequest(id: try Self.id(id)), host.context)
  }

  /// Names of the files of the pictures of a form, in order.
  func files(_ id: String, _ form: Artwork.Form, language: String? = nil) async throws -> [String] {
    let request = ItemRequest(id: try Self.id(id), language: language)
    return try await source.images(request, host.context).filter { $0.form == form }
      .map { $0.url.split(separator: "/").last.map(String.init) ?? "" }
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}

/// What the host would keep, by URL and headers.
private actor KeptResponses {
  private let fake: FakeFanartTV
  private var kept: [HTTPRequest: HTTPResponse] = [:]

  init(_ fake: FakeFanartTV) { self.fake = fake }

  func response(to request: HTTPRequest) throws -> HTTPResponse {
    if request.freshFor > 0, let response = kept[request] { return response }
    let target = request.url.replacing("https://webservice.fanart.tv", with: "")
    guard case .response(let status, _, let body) = fake.reply(toGet: target, headers: request.headers) else {
      throw PluginError(.unavailable, "connection lost")
    }
    let response = HTTPResponse(status: status, body: body)
    if request.freshFor > 0, status == 200, body.first == UInt8(ascii: "{") { kept[request] = response }
    return response
  }
}
