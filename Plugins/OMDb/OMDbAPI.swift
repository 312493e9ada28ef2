import UsherKit

/// OMDb's one address and its parameters. The key has to stand in the query, so no URL may leave this type.
struct OMDbAPI: Sendable {
  static let standardBase = "https://www.omdbapi.com"
  /// Seconds. A show's record serves the show, its seasons and its episodes; a season's list the season and its
  /// episodes. "Not found" comes as a 200 too, so days would be too long.
  static let freshness = 24 * 3600
  static let searchFreshness = 300

  /// Without a slash at its end.
  let base: String
  let key: String
  let pause: OMDbPause
  let host: HostContext

  /// The movie, show or episode with an IMDb id.
  func title(_ id: String) async throws -> OMDbAnswer<OMDbTitle> {
    try await ask([("i", id), ("plot", "full")], Self.freshness)
  }

  /// The one work that the service thinks of first.
  func title(named title: String, _ type: OMDbType, year: Int?) async throws -> OMDbAnswer<OMDbTitle> {
    let year = year.map { [("y", String($0))] } ?? []
    return try await ask([("t", title), ("type", type.rawValue)] + year + [("plot", "full")], Self.searchFreshness)
  }

  /// Ten hits of a search; pages count from 1.
  func search(_ title: String, _ type: OMDbType, year: Int?, page: Int) async throws -> OMDbAnswer<OMDbHits> {
    let year = year.map { [("y", String($0))] } ?? []
    let page = page > 1 ? [("page", String(page))] : []
    return try await ask([("s", title), ("type", type.rawValue)] + year + page, Self.searchFreshness)
  }

  /// The list of a season's episodes; nil when the service has none.
  func season(_ number: Int, of show: String) async throws -> OMDbSeason? {
    try await ask([("i", show), ("Season", String(number))], Self.freshness).whole
  }

  func episode(_ episode: Int, season: Int, of show: String) async throws -> OMDbAnswer<OMDbTitle> {
    try await ask(
      [("i", show), ("Season", String(season)), ("Episode", String(episode)), ("plot", "full")], Self.freshness)
  }

  private func ask<Value: Decodable>(
    _ parameters: [(String, String)], _ freshFor: Int
  ) async throws -> OMDbAnswer<Value> {
    if let sentence = await pause.reason(host.nowMilliseconds) { throw PluginError(.unavailable, sentence) }
    let url = URLQuery.url(base, "/", [("apikey", key)] + parameters)
    let response: HTTPResponse
    do {
      response = try await host.send(HTTPRequest(url: url, freshFor: freshFor))
    } catch let error as PluginError {
      throw PluginError(error.kind, harmless(error.text))
    }
    let report = try? JSONCoding.decode(OMDbReport.self, from: response.body)
    if let report, report.isRefusal {
      return try await refused(report, response.status, parameters)
    }
    guard (200..<300).contains(response.status) else { throw failure(response.status, nil, parameters) }
    guard report?.isAnswer != false else {
      throw PluginError(.unavailable, "OMDb: the answer lacks the member 'Response', which should be 'True'")
    }
    return .whole(try response.decode())
  }

  /// The service's own reason decides: "not found" comes with 200, and a key that is worn out for the day with the 401
  /// of a wrong one.
  private func refused<Value>(
    _ report: OMDbReport, _ status: Int, _ parameters: [(String, String)]
  ) async throws -> OMDbAnswer<Value> {
    let sentence = harmless(report.error ?? "no reason given")
    switch report.reason {
    case .notFound where status < 500: return .missing
    case .tooMany where status < 500: return .tooMany
    case .dailyLimit:
      let text = "OMDb: \(sentence)"
      await pause.begin(text, host.nowMilliseconds)
      throw PluginError(.unavailable, text)
    case .badKey: throw PluginError(.unauthorized, "OMDb: \(sentence)")
    default: throw failure(status, sentence, parameters)
    }
  }

  private func failure(_ status: Int, _ sentence: String?, _ parameters: [(String, String)]) -> PluginError {
    let asked = parameters.map { "\($0.0)=\($0.1.prefix(100))" }.joined(separator: " ")
    let text = "OMDb answered \(status)" + (sentence.map { ": \($0)" } ?? "")
    switch status {
    case 404, 410: return PluginError(.notFound, text)
    case 401, 403: return PluginError(.unauthorized, text)
    case 400, 422: return PluginError(.fault, "\(text) (asked for \(asked))")
    default: return PluginError(.unavailable, text)
    }
  }

  /// A sentence, short and without the key that it may repeat.
  private func harmless(_ sentence: String) -> String {
    let open = sentence.replacing(key, with: "…").replacing(key.queryEscaped, with: "…")
    return String(open.prefix(300)).trimmed
  }
}

/// What a question to the service can come to, faults aside.
enum OMDbAnswer<Value: Sendable>: Sendable {
  case whole(Value)
  case missing
  /// The search was for so little that the service would not list all it found.
  case tooMany

  /// The value, nil when there is none.
  var whole: Value? { if case .whole(let value) = self { value } else { nil } }
}

/// Keeps the plugin from asking on when the day's calls are used up.
actor OMDbPause {
  /// The count starts anew at midnight UTC; asked again within the hour, since a patron's key may have been raised.
  static let longest: Int64 = 3_600_000
  private static let day: Int64 = 86_400_000
  private var sentence = ""
  private var until: Int64 = 0

  /// Why not to ask; nil when asking may do.
  func reason(_ now: Int64) -> String? { now < until ? sentence : nil }

  func begin(_ sentence: String, _ now: Int64) {
    self.sentence = sentence
    until = now + min(Self.longest, Self.day - now % Self.day)
  }
}
