import MetadataModel
import Support
import TestSupport
import UsherKit
import UsherKitTesting

@testable import TPDB

/// The source before the fake service over real HTTP, with a host that keeps responses as the real one does.
final class Service: Sendable {
  let fake: FakeTPDB
  let host: FakeHost
  let source: TPDBSource
  private let server: LoopbackServer
  private let kept = Lock<[String: HTTPResponse]>([:])

  init(_ fake: FakeTPDB = FakeTPDB(), key: String = FakeTPDB.key, listCap: Int = 10_000) throws {
    self.fake = fake
    let server = try LoopbackServer { fake.reply(to: $0) }
    self.server = server
    host = FakeHost(settings: ["apiKey": .string(key), "baseURL": .string(server.url + "/")])
    source = try TPDBSource(host.context, listCap: listCap)
    host.answer { [kept, port = server.port] in try await Self.response(to: $0, port, kept) }
  }

  deinit { server.stop() }

  /// As if the responses that were kept had grown too old.
  func forgetResponses() { kept.withLock { $0 = [:] } }

  /// The requests that `body` costs, by path and query.
  func cost(_ body: () async throws -> Void) async rethrows -> [String] {
    fake.forgetRequests()
    try await body()
    return fake.targets
  }

  func match(
    _ kind: MediaKind, _ title: String? = nil, _ change: (inout MatchRequest) -> Void = { _ in }
  ) async throws -> [Candidate] {
    var request = MatchRequest(kind: kind)
    request.title = title
    change(&request)
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

  /// The uuid of a scene of the fake.
  static func scene(_ number: Int) -> String { "10000000-0000-4000-8000-00000000\(number)" }

  private static func response(
    to request: HTTPRequest, _ port: UInt16, _ kept: Lock<[String: HTTPResponse]>
  ) async throws -> HTTPResponse {
    if request.freshFor > 0, let response = kept.withLock({ $0[request.url] }) { return response }
    let target = request.url.replacing("http://127.0.0.1:\(port)", with: "")
    let response = try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<HTTPResponse, any Error>) in
      Thread.start("client") {
        do {
          let answer = try LoopbackClient(port: port).send(target: target, request)
          waiter.resume(returning: answer)
        } catch {
          waiter.resume(throwing: PluginError(.unavailable, "connection lost"))
        }
      }
    }
    if request.freshFor > 0, response.status == 200 || response.status == 404 {
      kept.withLock { $0[request.url] = response }
    }
    return response
  }
}

extension LoopbackClient {
  fileprivate func send(target: String, _ request: HTTPRequest) throws -> HTTPResponse {
    let answer = try send(request.method, target, headers: request.headers, body: request.body)
    return HTTPResponse(status: answer.status, headers: answer.headers, body: answer.body)
  }
}
