import Foundation
public import Support

/// A stand-in for TheTVDB: `/v4` below its address is API v4, everything else the legacy v3. Paths, shapes, paging,
/// logins and failures are the service's; the catalogue is invented.
public final class FakeTVDB: FakeService {
  /// A key of each version; v4's belongs to subscribers when `needsPIN`.
  public static let key = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
  public static let legacyKey = "0123456789ABCDEF"
  public static let pin = "QWERTYUI"

  private struct State {
    var logins = 0
    /// By token, milliseconds since 1970.
    var tokens: [String: Int64] = [:]
  }

  public let traffic = FakeTraffic()
  private let state = Lock(State())
  private let needsPIN: Bool
  private let tokenSeconds: Int64
  private let now: @Sendable () -> Int64

  /// `tokenSeconds` is how long a token holds; a month in v4, a day in v3.
  public init(
    needsPIN: Bool = false, tokenSeconds: Int64 = 24 * 3600,
    now: @escaping @Sendable () -> Int64 = { SystemTime().wallMilliseconds }
  ) {
    self.needsPIN = needsPIN
    self.tokenSeconds = tokenSeconds
    self.now = now
  }

  /// Method, path and query of each request so far, refused ones too.
  public var lines: [String] { requests.map { "\($0.method) \($0.target)" } }
  /// Logins that gave a token.
  public var logins: Int { state.withLock { $0.logins } }
  /// Tokens given out so far are refused from now on.
  public func revokeTokens() { state.withLock { $0.tokens = [:] } }
  public var tokens: [String] { state.withLock { Array($0.tokens.keys) } }

  /// Answers a request of a path with its query, without a server between. Header names are in lower case.
  public func reply(_ method: String, _ target: String, headers: [String: String], body: [UInt8]) -> LoopbackReply {
    reply(to: LoopbackRequest(method: method, target: target, headers: headers, body: body))
  }

  /// Answers of a test's own stand in for the right ones, logins excepted.
  public func reply(to request: LoopbackRequest) -> LoopbackReply {
    let outage = traffic.note(request)
    if case .answer = outage, request.path.hasSuffix("/login") { return answer(request) }
    return outage?.reply ?? answer(request)
  }

  public func answer(_ request: LoopbackRequest) -> LoopbackReply {
    let isLegacy = !request.path.hasPrefix("/v4/")
    let path = request.path.split(separator: "/").map(String.init).dropFirst(isLegacy ? 0 : 1)
    if path == ["login"] {
      guard request.method == "POST" else {
        return isLegacy ? FakeTVDBv3.failure(405, "") : FakeTVDBv4.failure(405, "")
      }
      return isLegacy ? legacyLogin(request) : login(request)
    }
    guard isKnown(request.headers["authorization"]) else {
      return isLegacy ? FakeTVDBv3.refusal : FakeTVDBv4.failure(401, "Unauthorized")
    }
    if path == ["refresh_token"] { return .json(FakeJSON.object([("token", .string(token()))]).text) }
    return isLegacy
      ? FakeTVDBv3(language: request.headers["accept-language"] ?? "en").answer(Array(path), request)
      : FakeTVDBv4.answer(Array(path), request)
  }

  private func login(_ request: LoopbackRequest) -> LoopbackReply {
    let body = (try? JSONValue(request.body))?.members ?? [:]
    // An empty PIN is a wrong one, not a missing one.
    guard body["apikey"]?.text == Self.key else { return FakeTVDBv4.failure(401, "InvalidAPIKey: apikey invalid") }
    if needsPIN, body["pin"] == nil { return FakeTVDBv4.failure(400, "InvalidValueType: pin required") }
    if let pin = body["pin"], pin.text != Self.pin { return FakeTVDBv4.failure(401, "Unauthorized") }
    return FakeTVDBv4.success(["token": .string(token())])
  }

  private func legacyLogin(_ request: LoopbackRequest) -> LoopbackReply {
    let body = (try? JSONValue(request.body))?.members ?? [:]
    guard body["apikey"]?.text == Self.legacyKey else {
      return .json(
        #"{"Error": "API Key Required"}"#, status: 401, headers: [("Www-Authenticate", "JWT realm=jwt auth")])
    }
    return .json(FakeJSON.object([("token", .string(token()))]).text)
  }

  /// A JWT that says when it ends.
  private func token() -> String {
    let end = now() / 1000 + tokenSeconds
    return state.withLock { state in
      state.logins += 1
      let parts = [#"{"alg":"RS256","typ":"JWT"}"#, #"{"exp":\#(end),"id":"\#(state.logins)"}"#, "signature"]
      let token = parts.map { Data($0.utf8).base64EncodedString().filter { $0 != "=" } }.joined(separator: ".")
      state.tokens[token] = end * 1000
      return token
    }
  }

  private func isKnown(_ header: String?) -> Bool {
    guard let header, header.hasPrefix("Bearer ") else { return false }
    return state.withLock { $0.tokens[String(header.dropFirst(7))] ?? 0 } > now()
  }
}
