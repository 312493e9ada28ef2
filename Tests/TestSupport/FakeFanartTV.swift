/// A stand-in for webservice.fanart.tv: its paths, shapes, keys and refusals, over an invented catalogue.
public final class FakeFanartTV: FakeService {
  /// The project key that the service knows.
  public static let projectKey = "fa0a51d5eca7ec0ffee0123456789abc"
  /// A personal key that the service knows.
  public static let personalKey = "9e50a1c0ffee9e50a1c0ffee9e50a1c0"

  public let traffic = FakeTraffic()

  public init() {}

  /// Paths of the requests so far.
  public var paths: [String] { requests.map(\.path) }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
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

}
