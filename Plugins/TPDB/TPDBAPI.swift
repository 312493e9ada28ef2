import UsherKit

/// TPDB's addresses, how long their answers will do, and what its refusals mean.
struct TPDBAPI: Sendable {
  /// Scenes and movies are separate collections with the same filters.
  enum Collection: String, Sendable { case scenes, movies }

  static let standardBase = "https://api.theporndb.net"
  /// The largest page that the service gives.
  static let pageSize = 100
  // Seconds. Sites, items and past years hardly change; the current year gets a scene a day.
  static let siteFreshness = 7 * 86_400
  static let itemFreshness = 86_400
  static let pastYearFreshness = 7 * 86_400
  static let currentFreshness = 12 * 3600
  static let searchFreshness = 300

  /// Without a slash at its end.
  let base: String
  /// The bearer token: in one header, and nowhere else.
  let key: String
  let host: HostContext

  /// A site by number, uuid or short name. Throws `.notFound`.
  func site(_ reference: String) async throws -> TPDBSite {
    try await detail("/sites/\(reference.pathEscaped)", freshFor: Self.siteFreshness)
  }

  /// Sites that the full-text search finds.
  func sites(named name: String) async throws -> [TPDBSite] {
    // Capitals inside a name would be read as the beginnings of words.
    try await page("/sites", [("q", name.lowercased())], freshFor: Self.searchFreshness).entries
  }

  /// A scene or movie by uuid, number or slug. Throws `.notFound`.
  func item(_ collection: Collection, _ reference: String) async throws -> TPDBItem {
    try await detail("/\(collection.rawValue)/\(reference.pathEscaped)", freshFor: Self.itemFreshness)
  }

  /// The item of which somebody has submitted a file with this hash; nil when nobody has.
  func item(_ collection: Collection, hash: String) async throws -> TPDBItem? {
    try await unlessMissing {
      try await detail("/\(collection.rawValue)/hash/\(hash.pathEscaped)", freshFor: Self.searchFreshness)
    }
  }

  /// The first hits of a search, best first.
  func search(_ collection: Collection, _ parameters: [(String, String)]) async throws -> [TPDBItem] {
    try await page("/\(collection.rawValue)", parameters + [("per_page", "25")], freshFor: Self.searchFreshness).entries
  }

  /// A page of a list. Entries that cannot be read are logged.
  func page<Entry: Decodable>(
    _ path: String, _ parameters: [(String, String)], freshFor: Int
  ) async throws -> TPDBPage<Entry> {
    let page: TPDBPage<Entry> = try await get(path, parameters, freshFor: freshFor)
    if let fault = page.firstFault { host.log(.warning, "\(path): left out an entry that cannot be read: \(fault)") }
    return page
  }

  /// What `body` gives, nil when the service has no such thing.
  func unlessMissing<Value>(_ body: () async throws -> Value) async throws -> Value? {
    do {
      return try await body()
    } catch let error as PluginError where error.kind == .notFound {
      return nil
    }
  }

  private func detail<Value: Decodable>(_ path: String, freshFor: Int) async throws -> Value {
    let answer: TPDBDetail<Value> = try await get(path, [], freshFor: freshFor)
    guard let value = answer.data else { throw PluginError(.notFound, "\(path): TPDB has none") }
    return value
  }

  private func get<Value: Decodable>(
    _ path: String, _ parameters: [(String, String)], freshFor: Int
  ) async throws -> Value {
    let target = URLQuery.url("", path, parameters)
    // Without Accept the service was seen to answer a refused key with a page for people.
    let headers = ["Authorization": "Bearer \(key)", "Accept": "application/json"]
    let response = try await host.send(HTTPRequest(url: base + target, headers: headers, freshFor: freshFor))
    let refusal = try? response.decode(TPDBRefusal.self)
    let sentence = safe(refusal?.sentence ?? "no reason given")
    switch response.status {
    case 200..<300: break
    case 404, 410: throw PluginError(.notFound, "\(path): TPDB has none")
    case 401, 403: throw PluginError(.unauthorized, "TPDB refused the key (\(response.status)): \(sentence)")
    case 400, 422: throw PluginError(.fault, "TPDB refused the request \(target) (\(response.status)): \(sentence)")
    default: throw PluginError(.unavailable, "TPDB answered \(path) with \(response.status): \(sentence)")
    }
    if let refusal, !refusal.hasData, refusal.sentence != nil {
      throw PluginError(.unavailable, "TPDB answered \(path) without data: \(sentence)")
    }
    do {
      return try response.decode()
    } catch let error as PluginError {
      throw PluginError(error.kind, safe("\(path): \(error.text)"))
    }
  }

  /// The service's words without the key, should it ever repeat it, and not longer than a sentence.
  private func safe(_ text: String) -> String { String(text.replacing(key, with: "…").prefix(300)) }
}

/// What a refusal says of itself, in the forms that were seen.
private struct TPDBRefusal: Decodable {
  let sentence: String?
  let hasData: Bool

  enum CodingKeys: String, CodingKey { case message, error, errors, data }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    hasData = members.contains(.data)
    let fields: [String: [String]] = members.known(.errors) ?? [:]
    let details = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: " "))" }
    let parts = [members.text(.message) ?? members.text(.error)].compactMap { $0 } + details
    sentence = parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
