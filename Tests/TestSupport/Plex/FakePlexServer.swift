import Support

/// A Plex Media Server made of memory, on 127.0.0.1: XML unless JSON is asked for, paging, filters, shared tokens, the
/// registry of metadata providers, and faults. What python-plexapi's client can work with too.
public final class FakePlexServer: Sendable {
  struct State: Sendable {
    var sections: [FakePlexSection] = []
    var items: [Int: FakePlexItem] = [:]
    var providers: [FakeRegisteredProvider] = []
    var groups: [FakeProviderGroup] = []
    var folders: [String] = []
    var nextID = 1
    var faults = FakePlexFaults()
    /// Keys of the libraries that a token may see; the owner's stands not here.
    var sharedTokens: [String: [Int]] = [:]
    var clock = 1_700_010_000
    /// Rows as bytes, as they were asked for before.
    var rows: [RowForm: [Int: [UInt8]]] = [:]
    /// Items that were refreshed, in order.
    var refreshed: [Int] = []
    var scanned: [Int] = []
    /// Who listens to notifications.
    var listeners: [FakePlexListener] = []
  }

  struct RowForm: Hashable {
    var isJSON: Bool
    var options: FakeRowOptions
  }

  public let machineIdentifier: String
  public let name: String
  public let version: String
  public let ownerToken: String
  public var url: String { server.url }
  public var port: UInt16 { server.port }
  let state = Lock(State())
  private let server: LoopbackServer

  public init(
    name: String = "Fake", machineIdentifier: String = "f00d0000000000000000000000000000000000aa",
    version: String = "1.43.4.10000-0123abcd", ownerToken: String = "owner-token-1234567890", port: UInt16 = 0
  ) throws {
    (self.name, self.machineIdentifier, self.version, self.ownerToken) = (name, machineIdentifier, version, ownerToken)
    // The handler is given to the server before `self` is whole.
    let handler = Lock<(@Sendable (LoopbackRequest) -> LoopbackReply)?>(nil)
    server = try LoopbackServer(port: port) { request in
      handler.withLock { $0 }?(request) ?? .reset
    }
    handler.withLock { $0 = { [weak self] in self?.answer($0) ?? .reset } }
  }

  deinit { stop() }
  public func stop() {
    endListening()
    server.stop()
  }

  /// Requests so far; a server in a bench is asked too often to look at them.
  public var requests: [LoopbackRequest] { server.requests }
  public func forgetRequests() { server.forgetRequests() }

  /// Switches faults on and off.
  public func misbehave(_ change: (inout FakePlexFaults) -> Void) { state.withLock { change(&$0.faults) } }

  /// Lets a token see some libraries, as a friend does.
  public func share(with token: String, sections: [Int]) { state.withLock { $0.sharedTokens[token] = sections } }

  public var sections: [FakePlexSection] { state.withLock { $0.sections } }
  public var providers: [FakeRegisteredProvider] { state.withLock { $0.providers } }
  public var groups: [FakeProviderGroup] { state.withLock { $0.groups } }
  public var refreshedItems: [Int] { state.withLock { $0.refreshed } }
  public var scannedSections: [Int] { state.withLock { $0.scanned } }
  public func item(_ key: Int) -> FakePlexItem? { state.withLock { $0.items[key] } }

  private func answer(_ request: LoopbackRequest) -> LoopbackReply {
    let faults = state.withLock { state -> FakePlexFaults in
      let faults = state.faults
      if state.faults.startingAnswers > 0 { state.faults.startingAnswers -= 1 }
      return faults
    }
    if faults.delayMilliseconds > 0 { Self.wait(faults.delayMilliseconds) }
    if faults.startingAnswers > 0 {
      let text = "<Response code=\"503\" title=\"Maintenance\" status=\"Plex Media Server is starting\"/>"
      return .response(status: 503, headers: [("Content-Type", "text/xml")], body: Array(text.utf8))
    }
    if faults.answersHTML { return Self.html(200, "Please sign in to the network") }
    let call = FakePlexCall(request: request, faults: faults)
    if request.path == "/identity" { return identity(call) }
    guard let token = call.token, isKnown(token) else { return Self.html(401, "Unauthorized") }
    return route(call, token: token)
  }

  private func isKnown(_ token: String) -> Bool {
    token == ownerToken || state.withLock { $0.sharedTokens[token] != nil }
  }

  private func identity(_ call: FakePlexCall) -> LoopbackReply {
    call.reply(
      FakeElement(
        "MediaContainer",
        [
          ("size", .number(0)), ("claimed", .flag(true)),
          ("machineIdentifier", .text(call.faults.machineIdentifier ?? machineIdentifier)), ("version", .text(version)),
        ]))
  }

  static func html(_ status: Int, _ title: String) -> LoopbackReply {
    let text = "<html><head><title>\(title)</title></head><body><h1>\(status) \(title)</h1></body></html>"
    return .response(status: status, headers: [("Content-Type", "text/html")], body: Array(text.utf8))
  }

  static let accepted = LoopbackReply.response(status: 200, headers: [("X-Plex-Protocol", "1.0")])

  /// Blocks the connection's thread, as a slow server does.
  private static func wait(_ milliseconds: Int) {
    let silence = Semaphore()
    _ = silence.wait(milliseconds: Int64(milliseconds))
  }
}
