import UsherKit

/// Asks TheTVDB with a token, which is renewed once when it is refused.
struct TVDBClient: Sendable {
  let login: TVDBLogin
  let host: HostContext

  /// The answer's JSON. Throws `.notFound` for 404, `.unauthorized` with the service's sentence for a second 401,
  /// `.fault` where the request was wrong, `.unavailable` for everything else.
  func get<Value: Decodable & SendableMetatype>(
    _ path: String, _ parameters: [(String, String)] = [], headers: [String: String] = [:], freshFor: Int
  ) async throws -> Value {
    let url = URLQuery.url(login.account.base, path, parameters)
    var token = try await login.token(host)
    var response = try await send(url, headers, token, freshFor)
    if response.status == 401 {
      token = try await login.token(insteadOf: token, host)
      response = try await send(url, headers, token, freshFor)
    }
    guard (200..<300).contains(response.status) else {
      throw failure(response, asked: login.account.harmless(url, token: token), token)
    }
    do {
      return try response.decode()
    } catch let error as PluginError {
      throw PluginError(error.kind, "\(login.account.base)\(path): \(login.account.harmless(error.text, token: token))")
    }
  }

  /// The same, nil where the service says that there is no such thing.
  func find<Value: Decodable & SendableMetatype>(
    _ path: String, _ parameters: [(String, String)] = [], headers: [String: String] = [:], freshFor: Int
  ) async throws -> Value? {
    do {
      return try await get(path, parameters, headers: headers, freshFor: freshFor)
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }

  private func send(
    _ url: String, _ headers: [String: String], _ token: String, _ freshFor: Int
  ) async throws -> HTTPResponse {
    var headers = headers
    headers["Accept"] = "application/json"
    headers["Authorization"] = "Bearer \(token)"
    return try await host.send(HTTPRequest(url: url, headers: headers, freshFor: freshFor))
  }

  private func failure(_ response: HTTPResponse, asked: String, _ token: String) -> PluginError {
    let sentence = response.tvdbSentence.map { ": " + login.account.harmless($0, token: token) } ?? ""
    let text = "\(asked) answered \(response.status)\(sentence)"
    switch response.status {
    case 404, 410: return PluginError(.notFound, text)
    case 401, 403: return PluginError(.unauthorized, text)
    case 400, 405, 422: return PluginError(.fault, text)
    default: return PluginError(.unavailable, text)
    }
  }
}

extension HTTPResponse {
  /// What the service says of a failure: `message` in v4, `Error` in v3. Nil for a page of its CDN.
  var tvdbSentence: String? {
    struct Failure: Decodable { let message, Error: String? }
    let failure = try? JSONCoding.decode(Failure.self, from: body)
    return (failure?.message ?? failure?.Error).flatMap { $0.isEmpty ? nil : $0 }
  }
}
