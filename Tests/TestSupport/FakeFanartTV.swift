import Support

/// A stand-in for webservice.fanart.tv: its paths, shapes, keys and refusals, over an invented catalogue.
///
/// Works behind a `LoopbackServer`, or asked directly. Every function may be called from every thread.
public final class FakeFanartTV: Sendable {
  /// What is wrong with the service.
  public enum Outage: Sendable {
    /// Connections are reset.
    case down
    /// 503 with a page of HTML.
    case error
    /// 429 with a page of HTML.
    case tooFast
    /// 200 with a page of HTML, as a captive portal or a guard against robots sends it.
    case page
  }

  /// The project key that the service knows.
  public static let projectKey = "fa0a51d5eca7ec0ffee0123456789abc"
  /// A personal key that the service knows.
  public static let personalKey = "9e50a1c0ffee9e50a1c0ffee9e50a1c0"

  private struct State {
    var requests: [LoopbackRequest] = []
    var outage: Outage?
  }

  private let state = Lock(State())

  public init() {}

  /// All requests so far, refused ones too.
  public var requests: [LoopbackRequest] { state.withLock { $0.requests } }
  /// Paths of the requests so far.
  public var paths: [String] { requests.map(\.path) }

  /// Nil when the service works.
  public var outage: Outage? {
    get { state.withLock { $0.outage } }
    set { state.withLock { $0.outage = newValue } }
  }

  /// Answers a GET of a path with its query, without a server between. Names of headers are in lower case.
  public func reply(toGet target: String, headers: [String: String] = [:]) -> LoopbackReply {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return reply(
      to: LoopbackRequest(
        method: "GET", path: parts.first ?? "", query: parts.count > 1 ? parts[1] : "", headers: headers, body: []))
  }

  /// Answers one request.
  public func reply(to request: LoopbackRequest) -> LoopbackReply {
    let outage = state.withLock { state in
      state.requests.append(request)
      return state.outage
    }
    switch outage {
    case .down: return .reset
    case .error: return Self.page(503)
    case .tooFast: return Self.page(429)
    case .page: return Self.page(200)
    case nil: return answer(request)
    }
  }

  private func answer(_ request: LoopbackRequest) -> LoopbackReply {
    guard let key = request.headers["api-key"] ?? request.parameter("api_key"), !key.isEmpty else {
      return Self.refusal("API key is required", status: 401)
    }
    guard key == Self.projectKey else { return Self.refusal("Invalid project API key \(key)", status: 401) }
    if let personal = request.headers["client-key"] ?? request.parameter("client_key"), personal != Self.personalKey {
      return Self.refusal("Invalid personal API key \(personal)", status: 401)
    }
    let path = request.path.split(separator: "/").map(String.init)
    guard path.count == 3, let version = Version(rawValue: path[0]) else { return Self.missing }
    let work =
      switch path[1] {
      case "movies": FakeFanartTVWork.catalogue.first { $0.tmdb == path[2] || $0.imdb == path[2] }
      case "tv": FakeFanartTVWork.catalogue.first { $0.tvdb == path[2] }
      default: FakeFanartTVWork?.none
      }
    guard let work else { return Self.missing }
    return .json(work.record(version).text)
  }

  /// The service's versions: the same layout with more members.
  enum Version: String, Sendable {
    case v3
    case v3dot1 = "v3.1"
    case v3dot2 = "v3.2"
  }

  private static var missing: LoopbackReply { refusal("Not found", status: 404) }

  /// The member has a space in its name.
  private static func refusal(_ sentence: String, status: Int) -> LoopbackReply {
    let body: FakeJSON = ["status": "error", "error message": .string(sentence)]
    return .json(body.text, status: status)
  }

  private static func page(_ status: Int) -> LoopbackReply {
    .response(
      status: status, headers: [("Content-Type", "text/html")], body: Array("<html><body>Busy</body></html>".utf8))
  }
}
