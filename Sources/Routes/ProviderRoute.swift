import HTTPServer
import MetadataModel
import PluginCalls
import PluginHosting
import Support

/// Everything below one provider's path: handed to its server plugin, answered when that is done.
struct ProviderRoute: Sendable {
  let provider: Provider
  private let server: ServerClient?
  private let serverID: String
  private let series: SeriesTable
  private let log: Log
  private let time: any TimeSource

  init(
    provider: Provider, server: ServerClient?, serverID: String, metrics: Metrics, log: Log, time: any TimeSource
  ) {
    self.provider = provider
    self.server = server
    self.serverID = serverID
    self.log = log
    self.time = time
    series = SeriesTable(metrics: metrics, provider: provider.name)
  }

  /// Called on a thread of the server: starts a task and returns.
  func answer(_ exchange: Exchange) {
    guard let server else {
      respond(exchange, .error(status: 503, code: "unavailable", message: "the plugin '\(serverID)' is not loaded"))
      return
    }
    let started = time.monotonicNanoseconds
    Task {
      let response = await self.response(to: exchange.request, from: server)
      self.respond(exchange, response)
      let milliseconds = (self.time.monotonicNanoseconds - started) / 1_000_000
      self.log.info(
        "\(exchange.request.method) \(exchange.request.path)", ("status", "\(response.status)"),
        ("milliseconds", "\(milliseconds)"), ("request", exchange.request.requestID))
    }
  }

  private func response(to request: Request, from server: ServerClient) async -> Response {
    let call = CallInfo(
      requestID: request.requestID, deadline: .after(milliseconds: Router.hardMilliseconds, time))
    let target = String(request.target.dropFirst(provider.path.count))
    let incoming = IncomingRequest(
      method: request.method, target: target, headers: request.headers, body: request.body)
    do {
      let reply = try await server.handle(incoming, provider: provider, call: call)
      return Response(status: reply.status, headers: reply.headers, body: reply.body, freshFor: reply.freshFor)
    } catch {
      log.warning("no answer", ("reason", error.text), ("request", request.requestID))
      return Response(error)
    }
  }

  private func respond(_ exchange: Exchange, _ response: Response) {
    let route = SeriesTable.route(of: exchange.request.path.dropFirst(provider.path.count))
    exchange.respond(response, series: series.series(route: route, status: response.status))
  }
}

extension Response {
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
