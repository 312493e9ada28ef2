import Configuration
import HTTPServer
import MetadataModel
import PluginCalls
import PluginHosting
import Support

/// Everything below one provider's path: handed to its server plugin, answered when that is done.
struct ProviderRoute: Sendable {
  let provider: Provider
  /// Where it answers; may hold a secret.
  private let root: [UInt8]
  /// The same for the log.
  private let shownRoot: String
  private let server: ServerClient?
  private let serverID: String
  private let series: SeriesTable
  private let log: Log
  private let time: any TimeSource

  init(
    _ configuration: ProviderConfiguration, version: String, server: ServerClient?, metrics: Metrics, log: Log,
    time: any TimeSource
  ) {
    provider = configuration.provider(version: version)
    root = Array(configuration.root.utf8)
    shownRoot = configuration.shownRoot
    self.server = server
    serverID = configuration.server
    self.log = log
    self.time = time
    series = SeriesTable(metrics: metrics, provider: provider.name)
  }

  /// What of a path lies below this provider, nil when it is another's. Takes as long for a secret that is nearly right
  /// as for one that is wholly wrong.
  func rest(of path: String) -> Substring? {
    guard path.utf8.count >= root.count, zip(path.utf8, root).reduce(0, { $0 | $1.0 ^ $1.1 }) == 0 else { return nil }
    let rest = path[path.utf8.index(path.startIndex, offsetBy: root.count)...]
    return rest.isEmpty || rest.utf8.first == UInt8(ascii: "/") ? rest : nil
  }

  /// `rest` is that of the request's path. Called on a thread of the server: starts a task and returns.
  func answer(_ exchange: Exchange, _ rest: Substring) {
    guard let server else {
      let message = "the plugin '\(serverID)' is not loaded"
      respond(exchange, rest, .error(status: 503, code: "unavailable", message: message))
      return
    }
    let started = time.monotonicNanoseconds
    let task = Task {
      let response = await self.response(to: exchange.request, rest, from: server)
      self.respond(exchange, rest, response)
      let milliseconds = (self.time.monotonicNanoseconds - started) / 1_000_000
      self.log.info(
        "\(exchange.request.method) \(shownRoot)\(rest)", ("status", "\(response.status)"),
        ("milliseconds", "\(milliseconds)"), ("request", exchange.request.requestID))
    }
    exchange.whenHungUp { task.cancel() }
  }

  private func response(to request: Request, _ rest: Substring, from server: ServerClient) async -> Response {
    let call = Router.call(request.requestID, time)
    let target = request.query.isEmpty ? String(rest) : "\(rest)?\(request.query)"
    let incoming = IncomingRequest(
      method: request.method, target: target, headers: request.headers, body: request.body)
    do {
      let reply = try await server.handle(incoming, provider: provider, call: call)
      return Response(status: reply.status, headers: reply.headers, body: reply.body, freshFor: reply.freshFor)
    } catch {
      if Task.isCancelled { return .hungUp }
      log.warning("no answer", ("reason", error.text), ("request", request.requestID))
      return Response(error)
    }
  }

  private func respond(_ exchange: Exchange, _ rest: Substring, _ response: Response) {
    let route = SeriesTable.route(of: rest)
    exchange.respond(response, series: series.series(route: route, status: response.status))
  }
}

extension Response {
  /// Nobody reads it: for the log and the metrics, with the status that nginx has for this.
  static let hungUp = Response.error(status: 499, code: "cancelled", message: "the client hung up")

  /// The one place where a failure of a plugin becomes an HTTP status.
  init(_ error: PluginError) {
    let status =
      switch error.kind {
      case .notFound: 404
      case .badRequest: 400
      case .unsupported: 501
      case .unauthorized, .unavailable: 503
      case .cancelled: 504
      case .fault: 502
      }
    self = .error(status: status, code: error.kind.rawValue, message: error.text)
  }
}
