import HTTPServer
import MetadataModel
import PluginCalls
import Support

/// `GET /explain/PROVIDER/match?title=…` and `GET /explain/PROVIDER/item/KEY`: how an answer comes about, as JSON.
///
/// It shows what people have in their libraries, so it answers only this machine, and no request that a proxy passed on.
struct ExplainPages: Sendable {
  private let explain: RouteParts.Explain
  private let providers: [Provider]
  private let series: SeriesTable
  private let time: any TimeSource

  init(_ parts: RouteParts) {
    explain = parts.explain
    providers = parts.configuration.providers.map { $0.provider(version: parts.version) }
    series = SeriesTable(metrics: parts.metrics, provider: "")
    time = parts.time
  }

  static func owns(_ path: String) -> Bool { path == "/explain" || path.hasPrefix("/explain/") }

  /// Called on a thread of the server: starts a task and returns.
  func answer(_ exchange: Exchange) {
    let request = exchange.request
    if let refusal = refusal(of: request) { return respond(exchange, refusal) }
    let parts = request.path.split(separator: "/").dropFirst().map(String.init)
    guard parts.count >= 2, let provider = providers.first(where: { $0.name == parts[0] }) else {
      let names = providers.map(\.name).joined(separator: ", ")
      let message = "expected /explain/PROVIDER/match?title=… or /explain/PROVIDER/item/KEY; providers are \(names)"
      return respond(exchange, .error(status: 404, code: "not_found", message: message))
    }
    guard let question = ExplainQuestion(path: Array(parts.dropFirst()), query: request.query, provider) else {
      let message = "expected match?title=…, with year, type, season, episode, file or guid, or item/KEY"
      return respond(exchange, .error(status: 400, code: "bad_request", message: message))
    }
    let call = Router.call(request.requestID, time, urgency: .interactive)
    let task = Task {
      do throws(PluginError) {
        self.respond(exchange, .json(200, try await self.explain(provider.name, question, call)))
      } catch {
        self.respond(exchange, Task.isCancelled ? .hungUp : Response(error))
      }
    }
    exchange.whenHungUp { task.cancel() }
  }

  private func refusal(of request: Request) -> Response? {
    guard request.method == "GET" else {
      return .error(status: 405, code: "method_not_allowed", message: "/explain answers GET")
    }
    let isForwarded = request.header("X-Forwarded-For") != nil || request.header("Forwarded") != nil
    guard request.isFromThisMachine, !isForwarded, Self.namesThisMachine(request.header("Host")) else {
      return .error(status: 403, code: "forbidden", message: "/explain answers only the machine that Usher runs on")
    }
    return nil
  }

  /// A page of another site may know a name that leads here; it cannot know this machine under its own name.
  private static func namesThisMachine(_ host: String?) -> Bool {
    guard let host else { return true }
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return name == "localhost" || name == "[::1]" || name.hasPrefix("127.")
  }

  private func respond(_ exchange: Exchange, _ response: Response) {
    exchange.respond(response, series: series.series(route: "explain", status: response.status))
  }
}
