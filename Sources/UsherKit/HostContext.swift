import MetadataModel

/// What the host does for a plugin. The real one speaks usher.h; `UsherKitTesting` has one made of fixtures.
public protocol HostInterface: Sendable {
  /// Fetches; the response of the source, whatever its status. Throws `PluginError` when there was none.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
  /// Fetches what ends late or never; see `HostContext.stream`. Throws `PluginError`.
  func stream(_ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool) async throws -> HTTPResponse
  /// The JSON text of a setting; nil when it has neither a value nor a default.
  func setting(_ name: String) -> [UInt8]?
  /// What the plugin's own part of the cache keeps; nil when it is nothing, or too old.
  func cached(_ key: String) -> [UInt8]?
  /// Keeps `value` for so many seconds; 0 forgets it.
  func remember(_ value: [UInt8], for key: String, seconds: Int)
  /// A line in the host's log.
  func log(_ level: PluginLogLevel, _ text: String)
  /// Milliseconds since 1970.
  var nowMilliseconds: Int64 { get }
  /// Milliseconds until nobody waits for the answer.
  var remainingMilliseconds: Int64 { get }
  /// True once nobody waits.
  var isCancelled: Bool { get }
  /// The path of the plugin's own folder, which is there. Throws `PluginError`.
  func dataDirectory() throws -> String
  /// Lets the command that runs ask a server that the user named. Throws `PluginError`.
  func allow(userHost url: String) throws
}

extension HostInterface {
  public func stream(
    _ request: HTTPRequest, _ part: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> HTTPResponse {
    throw PluginError(.unsupported, "this host streams nothing")
  }

  public func dataDirectory() throws -> String {
    throw PluginError(.unsupported, "this host has no data directory")
  }

  public func allow(userHost url: String) throws {
    throw PluginError(.unsupported, "this host asks no servers that the user names")
  }
}

/// How much a plugin's log line matters.
public enum PluginLogLevel: Int32, Sendable {
  case debug, info, warning, error
}

/// The host, as one call sees it: network, settings, cache, clock and log. Good until the call returns.
public struct HostContext: Sendable {
  public let interface: any HostInterface

  /// The host behind it: the C table's, or a fake one in tests.
  public init(_ interface: any HostInterface) { self.interface = interface }

  /// The value of a setting that the manifest declares; nil when it has neither a value nor a default.
  /// Throws `.badRequest` when plugins.json gives a value of another type.
  public func setting<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value? {
    guard let bytes = interface.setting(name) else { return nil }
    do {
      return try JSONCoding.decode(type, from: bytes)
    } catch {
      throw PluginError(.badRequest, "setting '\(name)': \(JSONCoding.path(of: error))")
    }
  }

  /// The plugin's own part of the cache: nil when nothing is kept or it is too old.
  public func cached(_ key: String) -> [UInt8]? { interface.cached(key) }

  /// Keeps `value` for so many seconds; 0 forgets it.
  public func remember(_ value: [UInt8], for key: String, seconds: Int) {
    interface.remember(value, for: key, seconds: seconds)
  }

  /// Milliseconds since 1970: the only clock a plugin reads.
  public var nowMilliseconds: Int64 { interface.nowMilliseconds }
  /// Milliseconds until nobody waits for the answer; `Int64.max` while opening.
  public var remainingMilliseconds: Int64 { interface.remainingMilliseconds }
  /// True once nobody waits: end soon, with `.cancelled`. A context kept beyond its call counts as cancelled.
  public var isCancelled: Bool { interface.isCancelled }

  /// The plugin's own folder below the host's data: an absolute path, readable by its owner alone. Also in `init`.
  public func dataDirectory() throws -> String { try interface.dataDirectory() }

  /// Lets this command ask the server at `url`, which the user named, until the command ends: that scheme, host and
  /// port. Needs `userHosts` in the manifest. Throws `.badRequest` when it is no http or https URL.
  public func allow(userHost url: String) throws { try interface.allow(userHost: url) }

  /// A line in the host's log under this plugin's name. Never put a secret into it.
  public func log(_ level: PluginLogLevel, _ text: String) { interface.log(level, text) }
}
