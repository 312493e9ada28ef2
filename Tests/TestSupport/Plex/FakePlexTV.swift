import Support

/// plex.tv made of memory, on 127.0.0.1: sign-in by PIN, the account, its servers, shares and invitations of both
/// versions of the interface. XML unless JSON is asked for.
public final class FakePlexTV: Sendable {
  public struct Account: Sendable {
    public var id: Int
    public var username: String
    public var email: String
    public init(id: Int, username: String, email: String) {
      (self.id, self.username, self.email) = (id, username, email)
    }
  }

  /// A server that the account sees.
  public struct Resource: Sendable {
    public struct Connection: Sendable {
      public var uri: String
      public var address: String
      public var port: Int
      public var isLocal: Bool
      public var isRelay: Bool
      public init(uri: String, address: String, port: Int, isLocal: Bool, isRelay: Bool = false) {
        (self.uri, self.address, self.port) = (uri, address, port)
        (self.isLocal, self.isRelay) = (isLocal, isRelay)
      }
    }

    public var name: String
    public var machineIdentifier: String
    public var accessToken: String
    public var isOwned: Bool
    public var connections: [Connection]
    /// plex.tv's own number of each library, by the server's key, with title and type.
    public var libraries: [(id: Int, key: Int, title: String, type: String)]
    public init(
      name: String, machineIdentifier: String, accessToken: String, isOwned: Bool = true, connections: [Connection],
      libraries: [(id: Int, key: Int, title: String, type: String)] = []
    ) {
      (self.name, self.machineIdentifier, self.accessToken) = (name, machineIdentifier, accessToken)
      (self.isOwned, self.connections, self.libraries) = (isOwned, connections, libraries)
    }
  }

  /// One account or address, and what it may see of one server.
  public struct Share: Sendable {
    public var id: Int
    public var machineIdentifier: String
    public var userID: Int?
    public var username: String
    public var email: String
    public var isAccepted: Bool
    public var libraries: [Int]
    public var settings: [String: String]
  }

  public struct Faults: Sendable {
    /// The second version of the interface for shares is retired: 410.
    public var newSharesAreGone = false
    /// Unknown endpoint, as for clients that are not known: 404 with code 1002.
    public var newSharesAreUnknown = false
    public var oldInvitesAreGone = false
    /// So many requests are answered 429 with `Retry-After: 1`.
    public var throttled = 0
    /// The list of the server's libraries lacks so many at its end.
    public var missingLibraries = 0
    /// A share that is made is answered 200 but not kept.
    public var losesShares = false
    public init() {}
  }

  struct Pin: Sendable {
    var id: Int
    var code: String
    var client: String
    var isGranted = false
    var isExpired = false
  }

  struct State: Sendable {
    var resources: [Resource] = []
    var accounts: [Account] = []
    var shares: [Share] = []
    var friends: [Int] = []
    var pins: [Pin] = []
    var grantsEveryPin = false
    var nextID = 500
    var faults = Faults()
  }

  public let owner: Account
  public let token: String
  public var url: String { server.url }
  public var port: UInt16 { server.port }
  let state = Lock(State())
  private let server: LoopbackServer

  public init(
    owner: Account = Account(id: 1, username: "owner", email: "owner@example.org"),
    token: String = "account-token-1234567890", port: UInt16 = 0
  ) throws {
    (self.owner, self.token) = (owner, token)
    let handler = Lock<(@Sendable (LoopbackRequest) -> LoopbackReply)?>(nil)
    server = try LoopbackServer(port: port) { request in handler.withLock { $0 }?(request) ?? .reset }
    handler.withLock { $0 = { [weak self] in self?.answer($0) ?? .reset } }
  }

  deinit { server.stop() }
  public func stop() { server.stop() }
  public var requests: [LoopbackRequest] { server.requests }
  public func forgetRequests() { server.forgetRequests() }
  public var shares: [Share] { state.withLock { $0.shares } }
  public func misbehave(_ change: (inout Faults) -> Void) { state.withLock { change(&$0.faults) } }
  public func add(_ resource: Resource) { state.withLock { $0.resources.append(resource) } }
  public func forgetServers() { state.withLock { $0.resources = [] } }
  public func add(_ account: Account) { state.withLock { $0.accounts.append(account) } }

  /// Puts a fake media server into the account; plex.tv's numbers of its libraries differ from its keys.
  public func add(_ server: FakePlexServer, isOwned: Bool = true, accessToken: String? = nil) {
    add(
      Resource(
        name: server.name, machineIdentifier: server.machineIdentifier, accessToken: accessToken ?? server.ownerToken,
        isOwned: isOwned,
        connections: [.init(uri: server.url, address: "127.0.0.1", port: Int(server.port), isLocal: true)],
        libraries: server.sections.map { (id: 900_000 + $0.key * 17, key: $0.key, title: $0.title, type: $0.type.name) }
      ))
  }

  /// The user types every code at plex.tv/link as soon as there is one.
  public func grantEveryPin() { state.withLock { $0.grantsEveryPin = true } }

  /// The user types the code at plex.tv/link.
  public func grantPins() {
    state.withLock { state in for place in state.pins.indices { state.pins[place].isGranted = true } }
  }
  public func expirePins() {
    state.withLock { state in for place in state.pins.indices { state.pins[place].isExpired = true } }
  }

  /// The invited accept.
  public func acceptInvitations() {
    state.withLock { state in for place in state.shares.indices { state.shares[place].isAccepted = true } }
  }

  private func answer(_ request: LoopbackRequest) -> LoopbackReply {
    let faults = state.withLock { state -> Faults in
      let faults = state.faults
      if state.faults.throttled > 0 { state.faults.throttled -= 1 }
      return faults
    }
    let call = FakePlexCall(request: request, faults: FakePlexFaults())
    if faults.throttled > 0 {
      return Self.failure(429, 1003, "Too many requests", headers: [("Retry-After", "1")])
    }
    if request.path.hasPrefix("/api/v2/pins") { return pins(call) }
    guard call.token == token else { return Self.failure(401, 1001, "User could not be authenticated") }
    return route(call, faults)
  }

  static func failure(
    _ status: Int, _ code: Int, _ message: String, headers: [(String, String)] = []
  ) -> LoopbackReply {
    .json(
      "{\"errors\":[{\"code\":\(code),\"message\":\"\(message)\",\"status\":\(status)}]}", status: status,
      headers: headers)
  }

  /// The old interface's error: XML with a text.
  static func oldFailure(_ status: Int, _ text: String) -> LoopbackReply {
    let xml = "<?xml version=\"1.0\"?><Response code=\"\(status)\" status=\"\(text)\"/>"
    return .response(status: status, headers: [("Content-Type", "application/xml")], body: Array(xml.utf8))
  }
}
