public import UsherKit

/// The way out for requests to media servers and plex.tv, with the clock that waits are measured by.
public protocol PlexTransport: Sendable {
  /// The answer, whatever its status. Throws `PluginError` when there was none.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
  /// A GET whose answer comes in pieces, as `HostContext.stream`. Throws `PluginError`.
  func stream(_ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool) async throws -> HTTPResponse
  /// From now on requests may go to that scheme, host and port.
  func allow(_ address: String) throws
  /// Waits; throws when nobody waits for the outcome any more.
  func pause(milliseconds: Int64) async throws
  /// Milliseconds since 1970.
  var nowMilliseconds: Int64 { get }
}

/// The host's network: certificates are always checked there, redirects and sizes are bounded.
public struct HostTransport: PlexTransport {
  private let host: HostContext

  public init(_ host: HostContext) { self.host = host }

  public func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await host.send(request) }
  public func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse { try await host.stream(request, part) }

  public func allow(_ address: String) throws { try host.allow(userHost: address) }

  public func pause(milliseconds: Int64) async throws {
    try await Task.sleep(nanoseconds: UInt64(max(0, milliseconds)) * 1_000_000)
    if host.isCancelled { throw PlexError(.cancelled, "cancelled: nobody waits for the answer") }
  }

  public var nowMilliseconds: Int64 { host.nowMilliseconds }
}
