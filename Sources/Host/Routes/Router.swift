import HTTPServer
import MetadataModel
import Support

/// Shows a request to the provider whose path it starts with, or to the host's own routes.
struct Router: Sendable {
  /// Plex gives up after about 90 s (protocol §4): what is not there by then is of no use to it.
  static let hardMilliseconds: Int64 = 85_000

  private let routes: [ProviderRoute]
  private let pages: HostPages
  private let time: any TimeSource
  /// What the server refuses by itself, before a route is known.
  let refusals: SeriesTable

  init(_ runtime: Runtime) {
    time = runtime.time
    pages = HostPages(runtime)
    refusals = SeriesTable(metrics: runtime.metrics, provider: "")
    routes = runtime.configuration.providers.map { configuration in
      ProviderRoute(
        provider: Provider(configuration), server: runtime.plugins.server(configuration.server),
        serverID: configuration.server, metrics: runtime.metrics, log: Log(runtime.log, subject: "http"),
        time: runtime.time)
    }
    cacheKeyHeaders = Set(
      runtime.configuration.providers.flatMap { runtime.plugins.manifest($0.server)?.cacheKeyHeaders ?? [] }
    ).sorted()
  }

  /// Headers that change an answer, of every server plugin in use.
  let cacheKeyHeaders: [String]

  /// Called on a thread of the server: never blocks.
  func answer(_ exchange: Exchange) {
    let path = exchange.request.path
    for route in routes where path.hasPrefix(route.provider.path) {
      let rest = path.dropFirst(route.provider.path.count)
      if rest.isEmpty || rest.first == "/" {
        route.answer(exchange)
        return
      }
    }
    pages.answer(exchange)
  }
}
