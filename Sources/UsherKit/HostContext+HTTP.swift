import MetadataModel

/// A request to a service. Its host must stand in the manifest's `hosts`, be that of the setting `baseURL`, or have been
/// allowed by `HostContext.allow(userHost:)`.
public struct HTTPRequest: Sendable, Hashable {
  public var method: String
  public var url: String
  public var headers: [String: String]
  public var body: [UInt8]
  /// A response that the host fetched at most so many seconds ago will do; 0 asks the service.
  public var freshFor: Int
  /// Seconds that one try may take; 0 leaves it to the host.
  public var timeout: Int
  /// False: a redirect is the answer, with its `location`. A host older than the header's minor 3 follows it all the
  /// same, so whoever says false understands both.
  public var followsRedirects: Bool

  public init(
    method: String = "GET", url: String, headers: [String: String] = [:], body: [UInt8] = [], freshFor: Int = 0,
    timeout: Int = 0, followsRedirects: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.freshFor = freshFor
    self.timeout = timeout
    self.followsRedirects = followsRedirects
  }
}

/// What the service answered, whatever its status.
public struct HTTPResponse: Sendable, Hashable {
  public var status: Int
  /// Names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The body as JSON. A body that does not fit is the service's trouble: `.unavailable`, naming the member.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    do {
      return try JSONCoding.decode(type, from: body)
    } catch {
      throw PluginError(.unavailable, "the answer has another shape than expected: \(JSONCoding.path(of: error))")
    }
  }
}

extension HostContext {
  /// Sends a request; the response whatever its status. Rate limit, retries and caching are the host's work.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await interface.send(request) }

  /// Sends a GET whose answer ends late or never, such as `text/event-stream`. A 2xx body goes to `part` as it comes, on
  /// another thread, which `part` must not block; no bytes come when the answer begins, and about once a second while the
  /// server says nothing. False from `part` ends it. Gives status and headers at the end, and the body of any other status.
  /// One try; the request's timeout is the longest silence.
  public func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse { try await interface.stream(request, part) }

  /// Gets a URL and checks the status: 404 throws `.notFound`, 401 and 403 `.unauthorized`, 400 and 422 `.fault`
  /// (the plugin asked in a wrong way), everything else but 2xx `.unavailable`.
  public func get(_ url: String, headers: [String: String] = [:], freshFor: Int = 0) async throws -> HTTPResponse {
    let response = try await send(HTTPRequest(url: url, headers: headers, freshFor: freshFor))
    let path = Substring(url.unicodeScalars.prefix { $0 != "?" })
    switch response.status {
    case 200..<300: return response
    case 404, 410: throw PluginError(.notFound, "\(path) answered \(response.status)")
    case 401, 403: throw PluginError(.unauthorized, "\(path) answered \(response.status): the key was refused")
    case 400, 422: throw PluginError(.fault, "\(path) answered \(response.status): the request was wrong")
    default: throw PluginError(.unavailable, "\(path) answered \(response.status)")
    }
  }
}
