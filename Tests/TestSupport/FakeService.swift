import Support

/// A stand-in for a service over HTTP. Works behind a `LoopbackServer`, or asked directly, from every thread.
public protocol FakeService: Sendable {
  /// Its requests, and what is wrong with it.
  var traffic: FakeTraffic { get }
  /// What the service answers when nothing is wrong with it.
  func answer(_ request: LoopbackRequest) -> LoopbackReply
  /// Answers one request.
  func reply(to request: LoopbackRequest) -> LoopbackReply
}

extension FakeService {
  public typealias Outage = FakeOutage

  public func reply(to request: LoopbackRequest) -> LoopbackReply {
    traffic.note(request)?.reply ?? answer(request)
  }

  /// Answers a GET of a path with its query, without a server between. Names of headers are in lower case.
  public func reply(toGet target: String, headers: [String: String] = [:]) -> LoopbackReply {
    reply(to: LoopbackRequest(method: "GET", target: target, headers: headers))
  }

  /// All requests so far, refused ones too.
  public var requests: [LoopbackRequest] { traffic.requests }
  public var callCount: Int { requests.count }
  /// Path and query of each request so far.
  public var targets: [String] { requests.map(\.target) }
  public func forgetRequests() { traffic.forget() }

  /// Nil when the service works.
  public var outage: Outage? {
    get { traffic.outage }
    nonmutating set { traffic.outage = newValue }
  }
}

/// What is wrong with a fake service.
public enum FakeOutage: Sendable {
  /// Connections are reset.
  case down
  /// No answer for so long.
  case hang(milliseconds: Int)
  /// A page of HTML, as a captive portal, a guard against robots or a broken server sends it.
  case page(status: Int)
  /// The service's own words.
  case answer(status: Int, body: String, headers: [(String, String)] = [])

  var reply: LoopbackReply {
    switch self {
    case .down: .reset
    case .hang(let milliseconds): .hang(milliseconds: milliseconds)
    case .page(let status):
      .response(
        status: status, headers: [("Content-Type", "text/html")], body: Array("<html><body>Busy</body></html>".utf8))
    case .answer(let status, let body, let headers): .json(body, status: status, headers: headers)
    }
  }

  /// This very body, with 200.
  public static func body(_ text: String) -> FakeOutage { .answer(status: 200, body: text) }
}

/// The requests that a fake service had, and what is wrong with it.
public final class FakeTraffic: Sendable {
  private struct State {
    var requests: [LoopbackRequest] = []
    var outage: FakeOutage?
  }

  private let state = Lock(State())

  public var requests: [LoopbackRequest] { state.withLock { $0.requests } }
  public func forget() { state.withLock { $0.requests = [] } }

  public var outage: FakeOutage? {
    get { state.withLock { $0.outage } }
    set { state.withLock { $0.outage = newValue } }
  }

  /// What is wrong at the moment.
  func note(_ request: LoopbackRequest) -> FakeOutage? {
    state.withLock { state in
      state.requests.append(request)
      return state.outage
    }
  }
}
