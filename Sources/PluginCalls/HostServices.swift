public import MetadataModel
public import Support

/// On whose behalf something is done: goes from the media server's request down to every fetch.
public struct CallInfo: Sendable {
  /// The `X-Request-Id` of the request at the root of it all; log lines repeat it.
  public var requestID: String
  /// When nobody waits any more.
  public var deadline: Deadline
  /// When whoever waits is better off with less than all, or with what was kept before; nil where nobody waits.
  public var softDeadline: Deadline?
  /// Whose turn it is where many wait for one service.
  public var urgency: SharedUrgency
  /// Answers of services older than this will not do, however long they count as fresh otherwise; nil when they will.
  public var maximumAgeSeconds: Int64?
  /// What comes up at the services; nil when nobody looks at it.
  public var notes: CallNotes?

  public init(
    requestID: String, deadline: Deadline, softDeadline: Deadline? = nil, urgency: Urgency = .normal,
    notes: CallNotes? = nil
  ) {
    self.requestID = requestID
    self.deadline = deadline
    self.softDeadline = softDeadline
    self.urgency = SharedUrgency(urgency)
    self.notes = notes
  }
}

/// A request of a plugin to its service.
public struct OutgoingRequest: Sendable {
  /// The plugin that asks.
  public var plugin: String
  public var method: String
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// A response kept for at most so many seconds will do; 0 asks the service.
  public var freshForSeconds: Int64
  /// The most that one try may take; 0 leaves it to the service.
  public var timeoutMilliseconds: Int64
  /// Servers that the user named for this call, as `HostServices.origin` has them.
  public var userOrigins: Set<String>
  /// Whether a redirect is the answer, which nobody follows.
  public var keepsRedirect: Bool
  public var call: CallInfo

  public init(
    plugin: String, method: String, url: String, headers: [(name: String, value: String)], body: [UInt8],
    freshForSeconds: Int64, timeoutMilliseconds: Int64 = 0, userOrigins: Set<String> = [],
    keepsRedirect: Bool = false, call: CallInfo
  ) {
    self.plugin = plugin
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.freshForSeconds = freshForSeconds
    self.timeoutMilliseconds = timeoutMilliseconds
    self.userOrigins = userOrigins
    self.keepsRedirect = keepsRedirect
    self.call = call
  }
}

/// What the service answered, whatever its status.
public struct OutgoingResponse: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// What the program brings for plugins. Members may be called from every thread.
public protocol HostServices: Sendable {
  /// Fetches. Ends by the call's deadline at the latest, and soon after the surrounding Task is cancelled.
  func fetch(_ request: OutgoingRequest) async throws(PluginError) -> OutgoingResponse
  /// Fetches what ends late or never: a 2xx body goes to `part` as it comes, and false from it ends the response. No bytes
  /// when it begins, and about once a second of silence. `part` must not block.
  func stream(
    _ request: OutgoingRequest, part: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws(PluginError) -> OutgoingResponse
  /// The plugin's own part of the cache. Blocks briefly; called on plugin threads only.
  func cached(_ key: [UInt8], of plugin: String) -> [UInt8]?
  /// 0 seconds forget the key. False when it could not be kept.
  func remember(_ value: [UInt8], for key: [UInt8], of plugin: String, seconds: Int64) -> Bool
  /// The service `library/1`.
  func ask(
    _ operation: String, _ request: [UInt8], provider: Provider, call: CallInfo
  ) async throws(PluginError) -> [UInt8]
  /// The plugin's own folder: an absolute path; made when it is not there, for its owner alone. Blocks briefly.
  func dataDirectory(of plugin: String) throws(PluginError) -> String
  /// Scheme, host and port of an http or https URL in one spelling. Throws `.badRequest` for everything else.
  func origin(of url: String) throws(PluginError) -> String
}

extension HostServices {
  public func stream(
    _ request: OutgoingRequest, part: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws(PluginError) -> OutgoingResponse {
    throw PluginError(.unsupported, "nothing is streamed here")
  }

  public func dataDirectory(of plugin: String) throws(PluginError) -> String {
    throw PluginError(.unsupported, "there is no data folder")
  }

  public func origin(of url: String) throws(PluginError) -> String {
    throw PluginError(.unsupported, "servers that a user names are not asked here")
  }
}
