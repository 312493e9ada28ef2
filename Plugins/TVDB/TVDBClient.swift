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
    var request = HTTPRequest(
      url: URLQuery.url(login.account.base, path, parameters), headers: headers, freshFor: freshFor)
    request.headers["Accept"] = "application/json"
    var token = try await login.token(host)
    request.headers["Authorization"] = "Bearer \(token)"
    var response = try await host.send(request)
    if response.status == 401 {
      token = try await login.token(insteadOf: token, host)
      request.headers["Authorization"] = "Bearer \(token)"
      response = try await host.send(request)
    }
    guard (200..<300).contains(response.status) else { throw failure(response, request.url, token) }
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

  private func failure(_ response: HTTPResponse, _ url: String, _ token: String) -> PluginError {
    let sentence = response.tvdbSentence.map { ": " + login.account.harmless($0, token: token) } ?? ""
    let text = "\(login.account.harmless(url, token: token)) answered \(response.status)\(sentence)"
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
    let members = try? JSONCoding.decode([String: Known<String>].self, from: body)
    return [members?["message"], members?["Error"]].lazy.compactMap { $0?.wrappedValue }.first { !$0.isEmpty }
  }
}
