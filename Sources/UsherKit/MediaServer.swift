import MetadataModel

/// A front for one kind of media server: what `media-server/1` of usher.h is in Swift.
///
/// The same rules as for `MetadataSource`: several calls at once, each on a lent thread.
public protocol MediaServer: Sendable {
  /// Reads settings. No network here.
  init(_ host: HostContext) throws

  /// Answers one request below a provider's path. A thrown `PluginError` becomes an error answer of the host: 404 for
  /// `.notFound`, 400 for `.badRequest`, 502 to 504 for the others.
  func handle(_ request: ServerRequest, _ library: LibraryContext) async throws -> ServerResponse
}

/// An HTTP request that the media server sent.
public struct ServerRequest: Sendable {
  /// "GET", "HEAD", "POST".
  public var method: String
  /// Path below the provider's path, percent-decoded: "" or "/library/metadata/x".
  public var path: String
  /// Names and values in their order, percent-decoded.
  public var query: [(name: String, value: String)]
  /// Names as sent; compare with `header(_:)`.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The first query parameter of exactly that name.
  public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// The answer to it.
public struct ServerResponse: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Seconds for which the host may give the same bytes to the same request; 0 for never.
  public var freshFor: Int

  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], freshFor: Int = 0) {
    self.status = status
    self.headers = headers
    self.body = body
    self.freshFor = freshFor
  }
}
