public import UsherKit

/// A host made of fixtures, for tests of plugins: canned answers, settings, a cache and a clock that stands still.
///
/// A request without a canned answer throws a fault that names its URL, and is kept in `unexpectedRequests`.
public final class FakeHost: HostInterface {
  /// A line that the plugin logged.
  public struct LogLine: Sendable, Hashable {
    public let level: PluginLogLevel
    public let text: String

    public init(_ level: PluginLogLevel, _ text: String) {
      self.level = level
      self.text = text
    }
  }

  /// An answer to a request; nil when it is not for this one. Throw a `PluginError` to play an outage.
  public typealias Responder = @Sendable (HTTPRequest) async throws -> HTTPResponse?

  /// An answer that comes in pieces; nil when it is not for this request.
  public typealias StreamResponder =
    @Sendable (HTTPRequest, @escaping @Sendable ([UInt8]) -> Bool) async throws ->
    HTTPResponse?

  private struct State: Sendable {
    var responders: [Responder] = []
    var streamResponders: [StreamResponder] = []
    var requests: [HTTPRequest] = []
    var unexpected: [HTTPRequest] = []
    var cache: [String: (value: [UInt8], until: Int64)] = [:]
    var lines: [LogLine] = []
    var now: Int64
    var remaining: Int64 = 10_000
    var isCancelled = false
    var userHosts: [String] = []
  }

  private let settings: [String: SettingValue]
  private let folder: String?
  private let state: Guarded<State>

  /// Settings left out have the default that `manifest` gives them. The clock shows 14 November 2023. `dataDirectory` is
  /// a folder of the test's own.
  public init(
    settings: [String: SettingValue] = [:], manifest: PluginManifest? = nil,
    nowMilliseconds: Int64 = 1_700_000_000_000, dataDirectory: String? = nil
  ) {
    folder = dataDirectory
    var values = settings
    for setting in manifest?.settings ?? [] where values[setting.name] == nil {
      values[setting.name] = setting.standard
    }
    self.settings = values
    state = Guarded(State(now: nowMilliseconds))
  }

  /// What a plugin's functions take.
  public var context: HostContext { HostContext(self) }

  // What a test prepares.

  /// Answers every request of exactly that URL and method. What was given first comes first.
  public func answer(_ url: String, method: String = "GET", with response: HTTPResponse) {
    answer { $0.method == method && $0.url == url ? response : nil }
  }

  /// Answers a GET of that URL with a text, 200 and JSON unless said otherwise.
  public func answer(_ url: String, json: String, status: Int = 200) {
    let headers = ["content-type": "application/json"]
    answer(url, with: HTTPResponse(status: status, headers: headers, body: [UInt8](json.utf8)))
  }

  /// Answers what `responder` has an answer for.
  public func answer(_ responder: @escaping Responder) { state.withLock { $0.responders.append(responder) } }

  /// Answers streams that `responder` has an answer for.
  public func answer(stream responder: @escaping StreamResponder) {
    state.withLock { $0.streamResponders.append(responder) }
  }

  /// Moves the clock.
  public func advance(milliseconds: Int64) { state.withLock { $0.now += milliseconds } }

  /// From now on nobody waits any more.
  public func cancel() { state.withLock { $0.isCancelled = true } }

  // What a test looks at.

  /// Every request, in the order in which they came.
  public var requests: [HTTPRequest] { state.withLock { $0.requests } }
  /// Requests that no canned answer was for.
  public var unexpectedRequests: [HTTPRequest] { state.withLock { $0.unexpected } }
  /// Servers that a command was allowed to ask, as it named them.
  public var allowedUserHosts: [String] { state.withLock { $0.userHosts } }
  /// Every line that the plugin logged.
  public var lines: [LogLine] { state.withLock { $0.lines } }

  // What a plugin asks.

  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let (responders, isCancelled) = state.withLock { state in
      state.requests.append(request)
      return (state.responders, state.isCancelled)
    }
    guard !isCancelled else { throw PluginError(.cancelled, "cancelled by the test") }
    for responder in responders {
      if let response = try await responder(request) { return response }
    }
    state.withLock { $0.unexpected.append(request) }
    throw PluginError(.fault, "the test has no answer for \(request.method) \(request.url)")
  }

  public func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse {
    let (responders, isCancelled) = state.withLock { state in
      state.requests.append(request)
      return (state.streamResponders, state.isCancelled)
    }
    guard !isCancelled else { throw PluginError(.cancelled, "cancelled by the test") }
    for responder in responders {
      if let response = try await responder(request, part) { return response }
    }
    throw PluginError(.unsupported, "the test streams nothing")
  }

  public func setting(_ name: String) -> [UInt8]? { settings[name].flatMap { try? JSONCoding.encode($0) } }

  public func cached(_ key: String) -> [UInt8]? {
    state.withLock { state in
      guard let entry = state.cache[key], entry.until > state.now else { return nil }
      return entry.value
    }
  }

  public func remember(_ value: [UInt8], for key: String, seconds: Int) {
    state.withLock { state in
      state.cache[key] = seconds > 0 ? (value, state.now + Int64(seconds) * 1000) : nil
    }
  }

  public func log(_ level: PluginLogLevel, _ text: String) {
    state.withLock { $0.lines.append(LogLine(level, text)) }
  }

  public var nowMilliseconds: Int64 { state.withLock { $0.now } }
  public var remainingMilliseconds: Int64 { state.withLock { $0.isCancelled ? 0 : $0.remaining } }
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  public func dataDirectory() throws -> String {
    guard let folder else { throw PluginError(.unsupported, "the test gives FakeHost no dataDirectory") }
    return folder
  }

  public func allow(userHost url: String) throws {
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw PluginError(.badRequest, "'\(url)' is no http or https URL")
    }
    state.withLock { $0.userHosts.append(url) }
  }
}
