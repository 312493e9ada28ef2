public import Support

/// A request of a source to its service.
public struct FetchRequest: Sendable {
  /// The id of the source on whose behalf it goes out.
  public var source: String
  public var method: String
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// A response stored at most so many seconds ago will do; 0 asks the service and keeps nothing.
  public var freshForSeconds: Int64
  /// The most that one try may take; 0 leaves it to the policy.
  public var timeoutMilliseconds: Int64
  /// Servers that the user named for this request, as `FetchURL.origin`: allowed beside those of the policy.
  public var userOrigins: Set<String>
  /// Whether a redirect is the answer, which nobody follows.
  public var keepsRedirect: Bool
  /// Nobody waits longer than this, whatever the policy says.
  public var deadline: Deadline
  /// Who has an old response to fall back on waits no longer than this for a new one; nil leaves it to the policy.
  public var patience: Deadline?
  /// Whose turn it is when many wait.
  public var urgency: SharedUrgency
  /// A response stored longer ago will not do, however fresh it counts otherwise; nil when any fresh one will.
  public var maximumAgeSeconds: Int64?
  /// Repeated in log lines.
  public var requestID: String

  public init(
    source: String, method: String = "GET", url: String, headers: [(name: String, value: String)] = [],
    body: [UInt8] = [], freshForSeconds: Int64 = 0, timeoutMilliseconds: Int64 = 0, userOrigins: Set<String> = [],
    keepsRedirect: Bool = false, deadline: Deadline, patience: Deadline? = nil,
    urgency: SharedUrgency = SharedUrgency(), maximumAgeSeconds: Int64? = nil, requestID: String = ""
  ) {
    self.source = source
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.freshForSeconds = freshForSeconds
    self.timeoutMilliseconds = timeoutMilliseconds
    self.userOrigins = userOrigins
    self.keepsRedirect = keepsRedirect
    self.deadline = deadline
    self.patience = patience
    self.urgency = urgency
    self.maximumAgeSeconds = maximumAgeSeconds
    self.requestID = requestID
  }
}

/// What the service answered, whatever its status.
public struct FetchResponse: Sendable {
  /// Where the response comes from.
  public enum Origin: String, Sendable {
    /// Fetched for this request.
    case network
    /// Kept from an earlier request.
    case cache
    /// Fetched for an equal request that was already under way.
    case shared
    /// Kept from an earlier request and older than asked for: the service fails.
    case stale
  }

  public var status: Int
  /// Names in lower case; those that describe the compressed body are left out.
  public var headers: [(name: String, value: String)]
  /// Decompressed.
  public var body: [UInt8]
  public var origin: Origin

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8], origin: Origin) {
    self.status = status
    self.headers = headers
    self.body = body
    self.origin = origin
  }

  /// The first header of this lower-case name.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
