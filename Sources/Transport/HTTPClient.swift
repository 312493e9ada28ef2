import Support

/// One request on the wire: checked, and no redirect, retry or cache any more.
public struct ClientRequest: Sendable {
  public var method: String
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// For all of it.
  public var timeoutMilliseconds: Int64
  /// Until the first byte of the answer.
  public var silenceMilliseconds: Int64
  /// Bytes of the decompressed body.
  public var responseLimit: Int
  /// So long next to nothing may come before it is given up; 0 leaves it to the client.
  public var idleSeconds: Int
  /// Takes a 2xx body piece by piece: then only silence ends it, and the response has no body.
  public var stream: BodyStream?

  public init(
    method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    timeoutMilliseconds: Int64 = 20_000, silenceMilliseconds: Int64 = 10_000, responseLimit: Int = 32 << 20,
    idleSeconds: Int = 0, stream: BodyStream? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.silenceMilliseconds = silenceMilliseconds
    self.responseLimit = responseLimit
    self.idleSeconds = idleSeconds
    self.stream = stream
  }
}

/// Takes pieces of a body on the client's own thread, which must not be blocked; no bytes when the answer begins, and about
/// once a second while nothing comes. False ends the response, which then counts as whole.
public typealias BodyStream = @Sendable (UnsafeRawBufferPointer) -> Bool

/// A whole response.
public struct ClientResponse: Sendable {
  public var status: Int
  /// Names in lower case.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// No new connection had to be made.
  public var reusedConnection: Bool

  public init(
    status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], reusedConnection: Bool = false
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.reusedConnection = reusedConnection
  }

  /// The first header of this lower-case name.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Puts requests on the wire. Follows no redirect; ends soon after the surrounding Task is cancelled.
public protocol HTTPClient: Sendable {
  func perform(_ request: ClientRequest) async throws(FetchError) -> ClientResponse
  /// Aborts everything under way; whoever asks from now on gets `.cancelled`.
  func shutdown() async
}

/// Answers from a closure and keeps what was asked, for tests.
public final class ScriptedClient: HTTPClient {
  private let answer: @Sendable (ClientRequest) async -> Result<ClientResponse, FetchError>
  private let seen = Lock<[ClientRequest]>([])

  public init(_ answer: @escaping @Sendable (ClientRequest) async -> Result<ClientResponse, FetchError>) {
    self.answer = answer
  }

  /// In the order in which they were asked.
  public var requests: [ClientRequest] { seen.withLock { $0 } }

  public func perform(_ request: ClientRequest) async throws(FetchError) -> ClientResponse {
    seen.withLock { $0.append(request) }
    return try await answer(request).get()
  }

  public func shutdown() async {}
}
