import MetadataModel
import TestSupport
import UsherKit
import UsherKitTesting

@testable import TVmaze

/// The source before the fake service, with a host that keeps responses and follows redirects as the real one does.
struct Service {
  let fake: FakeTVmaze
  let host = FakeHost()
  let source: TVmazeSource

  init(_ fake: FakeTVmaze = FakeTVmaze()) throws {
    self.fake = fake
    let kept = KeptResponses(fake)
    host.answer { try await kept.response(to: $0) }
    source = try TVmazeSource(host.context)
  }

  func match(_ title: String? = nil, ids: ExternalIDs? = nil, manual: Bool = false) async throws -> [Candidate] {
    var request = MatchRequest(kind: .show)
    request.title = title
    request.externalIDs = ids
    request.manual = manual
    return try await source.match(request, host.context)
  }

  func fetch(_ id: String, order: String? = nil) async throws -> MediaItem {
    try await source.fetch(ItemRequest(id: try Self.id(id), order: order), host.context)
  }

  func children(_ id: String, order: String? = nil) async throws -> [MediaItem] {
    try await source.children(ItemRequest(id: try Self.id(id), order: order), host.context)
  }

  static func id(_ text: String) throws -> ItemID {
    guard let id = ItemID(text) else { throw PluginError(.fault, "the test's '\(text)' is no id") }
    return id
  }
}

/// What the host would keep, by URL.
private actor KeptResponses {
  private let fake: FakeTVmaze
  private var kept: [String: HTTPResponse] = [:]

  init(_ fake: FakeTVmaze) { self.fake = fake }

  func response(to request: HTTPRequest) throws -> HTTPResponse {
    if request.freshFor > 0, let response = kept[request.url] { return response }
    let response = try ask(request.url, redirects: request.followsRedirects ? 3 : 0)
    if request.freshFor > 0, [200, 301].contains(response.status) { kept[request.url] = response }
    return response
  }

  private func ask(_ url: String, redirects: Int) throws -> HTTPResponse {
    let target = url.replacing(TVmazeAPI.standardBase, with: "")
    guard case .response(let status, let headers, let body) = fake.reply(toGet: target) else {
      throw PluginError(.unavailable, "connection lost")
    }
    if status == 301, redirects > 0, let location = headers.first(where: { $0.0 == "Location" })?.1 {
      return try ask(location, redirects: redirects - 1)
    }
    let names = headers.map { ($0.0.lowercased(), $0.1) }
    return HTTPResponse(status: status, headers: Dictionary(names) { first, _ in first }, body: body)
  }
}
