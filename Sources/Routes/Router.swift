public import HTTPServer
import MetadataModel
import PluginCalls
import Support

/// Shows a request to the provider whose path it starts with, or to the host's own routes.
public struct Router: Sendable {
  /// After so long an answer goes out without what would only make it better, or as it was kept before; what is late is
  /// finished for the next one.
  static let softMilliseconds: Int64 = 10_000
  /// Plex gives up after about 90 s (protocol §4): what is not there by then is of no use to it.
  public static let hardMilliseconds: Int64 = 85_000

  /// A call that begins now on behalf of a request: its deadlines are those of all that is done for it.
  static func call(_ requestID: String, _ time: any TimeSource, urgency: Urgency = .normal) -> CallInfo {
    CallInfo(
      requestID: requestID, deadline: .after(milliseconds: hardMilliseconds, time),
      softDeadline: .after(milliseconds: softMilliseconds, time), urgency: urgency)
  }

  /// Headers that change an answer, of every server plugin in use.
  public let cacheKeyHeaders: [String]
  private let routes: [ProviderRoute]
  private let pages: HostPages
  private let explanations: ExplainPages
  private let refusals: SeriesTable

  public init(_ parts: RouteParts) {
    pages = HostPages(parts)
    explanations = ExplainPages(parts)
    refusals = SeriesTable(metrics: parts.metrics, provider: "")
    routes = parts.configuration.providers.map { configuration in
      ProviderRoute(
        configuration, version: parts.version, server: parts.plugins.server(configuration.server),
        metrics: parts.metrics, log: Log(parts.log, subject: "http"), time: parts.time)
    }
    cacheKeyHeaders = Set(
      parts.configuration.providers.flatMap { parts.plugins.manifest($0.server)?.cacheKeyHeaders ?? [] }
    ).sorted()
  }

  /// The metrics of what the server refuses by itself, before a route is known.
  public func refusal(status: Int) -> RequestSeries { refusals.series(route: "refused", status: status) }

  /// Called on a thread of the server: never blocks.
  public func answer(_ exchange: Exchange) {
    let path = exchange.request.path
    for route in routes {
      if let rest = route.rest(of: path) { return route.answer(exchange, rest) }
    }
    ExplainPages.owns(path) ? explanations.answer(exchange) : pages.answer(exchange)
  }
}
