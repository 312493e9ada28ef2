import UsherKit

/// Fanart.tv's addresses, keys and refusals.
struct FanartTVAPI: Sendable {
  static let standardBase = "https://webservice.fanart.tv/v3"
  /// Seconds. Pictures are added days after they were sent in; a show and its seasons share one answer.
  static let freshness = 24 * 3600

  /// Without a slash at its end.
  let base: String
  let key: String
  /// The user's own key; nil when there is none.
  let clientKey: String?
  let host: HostContext

  /// All pictures of a movie or a show, a season's among those of its show. Throws `.notFound` where there are none.
  func record(_ key: FanartTVKey) async throws -> FanartTVRecord {
    switch key {
    case .movie(let id): try await get("/movies/\(id.pathEscaped)")
    case .show(let id), .season(let id, _): try await get("/tv/\(id.pathEscaped)")
    }
  }

  private func get(_ path: String) async throws -> FanartTVRecord {
    // In headers, because URLs are written into logs.
    var headers = ["api-key": key]
    headers["client-key"] = clientKey
    let response = try await host.send(HTTPRequest(url: base + path, headers: headers, freshFor: Self.freshness))
    if let refusal = refusal(response, path) { throw refusal }
    return try response.decode()
  }

  /// Nil when the answer is none. A refused key was seen with several codes, so its sentence counts before the code.
  private func refusal(_ response: HTTPResponse, _ path: String) -> PluginError? {
    let report = try? JSONCoding.decode(FanartTVReport.self, from: response.body)
    let sentence = report?.sentence.map(harmless)
    let isReport = report?.status == "error"
    guard isReport || !(200..<300).contains(response.status) else { return nil }
    let text = "Fanart.tv: \(path) answered \(response.status)" + (sentence.map { ": \($0)" } ?? "")
    if isReport, let sentence, sentence.lowercased().contains("key") { return PluginError(.unauthorized, text) }
    if isReport, sentence?.lowercased().contains("not found") == true { return PluginError(.notFound, text) }
    switch response.status {
    case 404, 410: return PluginError(.notFound, text)
    case 401, 403: return PluginError(.unauthorized, text)
    case 400, 422: return PluginError(.fault, text)
    default: return PluginError(.unavailable, text)
    }
  }

  /// A sentence of the service, short and without the keys that it may repeat.
  private func harmless(_ sentence: String) -> String {
    let open = [key, clientKey].compactMap { $0 }.reduce(sentence) { $0.replacing($1, with: "…") }
    return String(open.prefix(200)).trimmed
  }
}
