import Foundation
import PlexCatalogue
import PlexServers
import Support
import Transport
import UsherKit
import UsherKitTesting

/// The real network to fakes on 127.0.0.1. Pauses take no time but move the clock.
final class Wire: PlexTransport {
  private let client = CurlClient()
  private let skipped = Lock<Int64>(0)
  private let paused = Lock<[Int64]>([])
  private let allowed = Lock<[String]>([])

  var pauses: [Int64] { paused.withLock { $0 } }
  var allowedAddresses: [String] { allowed.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await Self.send(request, with: client) }

  static func send(_ request: HTTPRequest, with client: CurlClient) async throws -> HTTPResponse {
    do {
      let response = try await client.perform(
        ClientRequest(
          method: request.method, url: request.url, headers: request.headers.map { (name: $0.key, value: $0.value) },
          body: request.body, timeoutMilliseconds: Int64(request.timeout > 0 ? min(request.timeout, 5) : 5) * 1000))
      return HTTPResponse(
        status: response.status,
        headers: Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
        body: response.body)
    } catch {
      throw PluginError(.unavailable, "no answer")
    }
  }

  func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse { try await Self.stream(request, part, with: client) }

  static func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool, with client: CurlClient
  ) async throws -> HTTPResponse {
    do {
      let response = try await client.perform(
        ClientRequest(
          url: request.url, headers: request.headers.map { (name: $0.key, value: $0.value) },
          silenceMilliseconds: 30_000, stream: { part(Array($0)) }))
      return HTTPResponse(
        status: response.status,
        headers: Dictionary(response.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
        body: response.body)
    } catch {
      throw PluginError(.unavailable, "no answer")
    }
  }

  func allow(_ address: String) throws {
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
      throw PluginError(.badRequest, "it is no URL")
    }
    allowed.withLock { $0.append(address) }
  }

  func pause(milliseconds: Int64) async throws {
    paused.withLock { $0.append(milliseconds) }
    skipped.withLock { $0 += milliseconds }
  }

  func advance(milliseconds: Int64) { skipped.withLock { $0 += milliseconds } }

  var nowMilliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) + skipped.withLock { $0 } }
}

/// A folder that is gone when the test is over.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("plex-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

let identity = ClientIdentity(identifier: "usher-test")

extension FakeHost {
  /// Sends everything to the fakes, and keeps files in `folder`.
  static func onTheWire(_ folder: ScratchFolder, plexTV: String = "http://127.0.0.1:9") -> FakeHost {
    let host = FakeHost(settings: ["plexTV": .string(plexTV)], dataDirectory: folder.path)
    let client = CurlClient()
    host.answer { try await Wire.send($0, with: client) }
    host.answer(stream: { try await Wire.stream($0, $1, with: client) })
    return host
  }
}
