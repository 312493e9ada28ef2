import FoundationEssentials
import UsherKit

/// Which TheTVDB is asked, and with whose key.
struct TVDBAccount: Sendable {
  enum Version: String, Sendable { case v3, v4 }

  let version: Version
  /// With the version's segment, without a slash at its end.
  let base: String
  let apiKey: String
  /// Only for keys that subscribers use with a PIN of their own.
  let pin: String?

  /// A sentence of the service, cut short and without what must stay secret should it be echoed there.
  func harmless(_ text: String, token: String? = nil) -> String {
    let secrets = [apiKey, pin, token].compactMap { $0 }.filter { !$0.isEmpty }
    let plain = secrets.reduce(text) { $0.replacing($1, with: "***") }
    return String(plain.filter { !$0.isNewline }.prefix(200)).trimmed
  }

  /// Keys of the two versions look different, and the wrong one is pasted all the time: v4 has dashes, v3 has not.
  var hint: String {
    let isOld = [16, 32].contains(apiKey.utf8.count) && apiKey.allSatisfy(\.isHexDigit)
    if version == .v4, isOld { return "; it looks like a key of API v3: set 'apiVersion' to \"v3\", or get one for v4" }
    return version == .v3 && apiKey.contains("-") ? "; it looks like a key of API v4: set 'apiVersion' to \"v4\"" : ""
  }
}

/// The token of one plugin instance: kept in memory only, until it ends or is refused.
///
/// Calls that need a new one at the same time share a single login. A refused key is not tried again for some minutes.
actor TVDBLogin {
  // Milliseconds: how long a refusal holds, how long before its end a token is no longer used, and for how long one is that
  // does not say when it ends (v3 gives a day, v4 a month).
  private static let refusalHolds: Int64 = 5 * 60_000
  private static let margin: Int64 = 60_000
  private static let usualLife: Int64 = 20 * 3_600_000

  let account: TVDBAccount
  private var token: (text: String, until: Int64)?
  private var refusal: (error: PluginError, until: Int64)?
  private var isUnderWay = false
  private var waiting: [AsyncStream<Result<String, PluginError>>.Continuation] = []

  init(_ account: TVDBAccount) { self.account = account }

  /// A token to send; another one than `refused`, which the service no longer takes. Throws `.unauthorized` with the
  /// service's sentence when it takes no key, `.unavailable` when it does not answer.
  func token(insteadOf refused: String? = nil, _ host: HostContext) async throws -> String {
    while true {
      try Task.checkCancellation()
      let now = host.nowMilliseconds
      if let token, token.text != refused, token.until > now { return token.text }
      if let refusal, refusal.until > now { throw refusal.error }
      guard isUnderWay else { return try await logIn(host) }
      let (outcomes, continuation) = AsyncStream.makeStream(of: Result<String, PluginError>.self)
      waiting.append(continuation)
      for await outcome in outcomes { return try outcome.get() }
      // Whoever logged in was cancelled, or this call was: look again.
    }
  }

  private func logIn(_ host: HostContext) async throws -> String {
    isUnderWay = true
    do {
      let text = try await ask(host)
      finish(.success(text))
      return text
    } catch let error as PluginError where error.kind != .cancelled {
      if error.kind == .unauthorized { refusal = (error, host.nowMilliseconds + Self.refusalHolds) }
      finish(.failure(error))
      throw error
    } catch {
      finish(nil)
      throw error
    }
  }

  /// Nil leaves the login to another of those who wait.
  private func finish(_ outcome: Result<String, PluginError>?) {
    isUnderWay = false
    for continuation in waiting {
      if let outcome { continuation.yield(outcome) }
      continuation.finish()
    }
    waiting = []
  }

  private func ask(_ host: HostContext) async throws -> String {
    // An empty PIN is another thing to the service than none, so the member is left out.
    var body = ["apikey": account.apiKey]
    if account.version == .v4 { body["pin"] = account.pin }
    let response = try await host.send(
      HTTPRequest(
        method: "POST", url: account.base + "/login",
        headers: ["Content-Type": "application/json", "Accept": "application/json"], body: JSONCoding.encode(body)))
    switch response.status {
    case 200..<300: break
    case 400, 401, 403, 422:
      let sentence = account.harmless(response.tvdbSentence ?? "the key was refused")
      throw PluginError(.unauthorized, "TheTVDB refused the login: \(sentence)\(account.hint)")
    default: throw PluginError(.unavailable, "\(account.base)/login answered \(response.status)")
    }
    let answer: Answer = try response.decode()
    // It is sent in a header: nothing may end it early.
    guard let text = answer.token ?? answer.data?.token, !text.isEmpty,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw PluginError(.unavailable, "\(account.base)/login gave no usable member 'token'") }
    let now = host.nowMilliseconds
    let end = Self.end(of: text).map { $0 - Self.margin } ?? now + Self.usualLife
    // A clock that is wrong must not mean a login for every call; a 401 renews the token anyway.
    token = (text, max(end, now + Self.margin))
    refusal = nil
    return text
  }

  /// Milliseconds since 1970: the claim `exp` of a JWT (RFC 7519 §4.1.4); nil when it has none.
  static func end(of token: String) -> Int64? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var text = String(parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: text), let claims = try? JSONCoding.decode(Claims.self, from: data),
      (0...1e11).contains(claims.exp)
    else { return nil }
    return Int64(claims.exp * 1000)
  }

  /// v3 has the token by itself, v4 below `data`.
  private struct Answer: Decodable {
    struct Token: Decodable { let token: String? }
    let token: String?
    let data: Token?
  }
  private struct Claims: Decodable { let exp: Double }
}
