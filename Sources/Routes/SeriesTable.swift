import HTTPServer
import Support

/// The metrics of one provider's requests, by route and status. Few of each, so a small table under a lock will do: it
/// is asked once per answer that was worked out, never for one from memory.
final class SeriesTable: Sendable {
  private struct Key: Hashable {
    var route: String
    var status: Int
  }

  private let metrics: Metrics
  private let provider: String
  private let known = Lock<[Key: RequestSeries]>([:])

  init(metrics: Metrics, provider: String) {
    self.metrics = metrics
    self.provider = provider
  }

  func series(route: String, status: Int) -> RequestSeries {
    known.withLock { known in
      let key = Key(route: route, status: status)
      if let series = known[key] { return series }
      let series = RequestSeries(
        count: metrics.counter(
          "usher_http_requests_total", help: "Requests answered.",
          labels: ["provider": provider, "route": route, "status": "\(status)"]),
        seconds: metrics.histogram(
          "usher_http_request_seconds", help: "Time from request to answer.",
          labels: ["provider": provider, "route": route]))
      known[key] = series
      return series
    }
  }

  /// A word for the shape of a path below a provider: its last segment when it is one of few words, never an id, so
  /// that nobody can make the metrics grow.
  static func route(of path: Substring) -> String {
    let last = path.split(separator: "/").last ?? ""
    switch last {
    case "": return "root"
    case "matches", "children", "grandchildren", "images", "extras": return String(last)
    default: return "item"
    }
  }
}
