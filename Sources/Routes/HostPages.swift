import Configuration
import FoundationEssentials
import HTTPServer
import MetadataModel
import PluginHosting
import Support

/// The host's own routes: `/`, `/health…`, `/metrics`. Nothing here waits for anybody.
struct HostPages: Sendable {
  private let statuses: @Sendable () -> [PluginStatus]
  private let providers: [ProviderConfiguration]
  private let listen: ListenAddress
  private let metrics: Metrics
  private let series: SeriesTable
  private let version: String
  private let health: Health

  init(_ parts: RouteParts) {
    statuses = parts.statuses
    providers = parts.configuration.providers
    listen = parts.configuration.listen
    metrics = parts.metrics
    version = parts.version
    series = SeriesTable(metrics: parts.metrics, provider: "")
    health = Health(parts)
  }

  func answer(_ exchange: Exchange) {
    let request = exchange.request
    let (route, response) = response(to: request)
    exchange.respond(response, series: series.series(route: route, status: response.status))
  }

  private func response(to request: Request) -> (route: String, Response) {
    let routes: [String: @Sendable () -> Response] = [
      "/": { start(request) },
      "/health": { health.summary() },
      "/health/live": { health.live() },
      "/health/ready": { health.ready() },
      "/metrics": { prometheus() },
    ]
    guard let make = routes[request.path] else {
      return ("unknown", .error(status: 404, code: "not_found", message: unknownPath(request.path)))
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      return (request.path, .error(status: 405, code: "method_not_allowed", message: "\(request.path) answers GET"))
    }
    return (request.path, make())
  }

  private func unknownPath(_ path: String) -> String {
    let known = providers.map(\.shownRoot).joined(separator: ", ")
    // What comes after /s/ may be a secret with a mistake in it.
    let shown = path.hasPrefix("/s/") ? "/s/…" : path.prefix(200)
    return "nothing is at \(shown); the providers are at \(known)"
  }

  private func prometheus() -> Response {
    Response(
      status: 200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
      body: Array(metrics.render().utf8))
  }

  private func start(_ request: Request) -> Response {
    let base = "http://\(Self.host(of: request) ?? listen.description)"
    if request.header("Accept")?.contains("text/html") == true {
      let page = StartPage(base: base, version: version, providers: providers, plugins: statuses())
      return Response(
        status: 200, headers: [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept")],
        body: Array(page.html.utf8))
    }
    let document = StartDocument(
      name: "Usher", version: version,
      providers: providers.map {
        .init(name: $0.name, title: $0.title, kind: $0.kind.rawValue, url: base + $0.shownRoot, sources: $0.sources)
      },
      plugins: statuses().map {
        .init(id: $0.id, version: $0.manifest?.version, state: $0.state.rawValue, reason: $0.reason)
      })
    return .json(200, encoding: document)
  }

  /// The name under which the client reached us, when it is one: it ends up in a page.
  private static func host(of request: Request) -> String? {
    guard let host = request.header("Host"), !host.isEmpty, host.utf8.count <= 255 else { return nil }
    let isName = host.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: ".-_:[]".utf8.contains(byte)
      }
    }
    return isName ? host : nil
  }
}

/// What `GET /` answers a program.
struct StartDocument: Encodable {
  struct ProviderRow: Encodable {
    var name: String
    var title: String
    var kind: String
    var url: String
    var sources: [String]
  }

  struct PluginRow: Encodable {
    var id: String
    var version: String?
    var state: String
    var reason: String
  }

  var name: String
  var version: String
  var providers: [ProviderRow]
  var plugins: [PluginRow]
}

extension Response {
  static func json(_ status: Int, encoding value: some Encodable) -> Response {
    guard let body = try? JSONCoding.encode(value) else {
      return .error(status: 500, code: "fault", message: "the answer could not be written")
    }
    return .json(status, body)
  }
}
