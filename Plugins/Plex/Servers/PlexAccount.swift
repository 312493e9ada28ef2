import UsherKit

/// Where plex.tv answers; tests put others in.
public struct PlexTVAddresses: Sendable, Hashable {
  /// Sign-in, account, servers.
  public var main: String
  /// Shares as Plex Web makes them.
  public var clients: String

  public init(main: String = "https://plex.tv", clients: String = "https://clients.plex.tv") {
    self.main = main
    self.clients = clients
  }
}

/// A code that the user types at plex.tv/link to sign in.
public struct SignInPin: Sendable, Hashable {
  public var id: Int
  public var code: String
  /// Seconds until it is void.
  public var lifetime: Int
}

/// Who is signed in.
public struct AccountUser: Sendable, Hashable {
  public var id: Int
  public var username: String
  public var email: String
}

/// Asks plex.tv for one account.
public struct PlexAccount: Sendable {
  public let addresses: PlexTVAddresses
  public let identity: ClientIdentity
  public let transport: any PlexTransport
  public let token: PlexToken?

  /// Throws when plex.tv's addresses are none that may be asked.
  public init(
    token: PlexToken?, identity: ClientIdentity, transport: any PlexTransport, addresses: PlexTVAddresses = .init()
  ) throws(PlexError) {
    self.token = token
    self.identity = identity
    self.transport = transport
    self.addresses = addresses
    do {
      try transport.allow(addresses.main)
      try transport.allow(addresses.clients)
    } catch {
      throw PlexError(.badRequest, "plex.tv cannot be asked: \(PluginError(thrown: error).text)")
    }
  }

  /// Makes a code of four characters for plex.tv/link.
  public func makePin() async throws -> SignInPin {
    let pin = try await read("POST", addresses.main + "/api/v2/pins")
    guard let id = pin.integer("id"), let code = pin.text("code") else {
      throw PlexError(.unreadable, "plex.tv gave no code to sign in with")
    }
    return SignInPin(id: id, code: code, lifetime: pin.integer("expiresIn") ?? 900)
  }

  /// The account's token once the user has typed the code; nil before. Throws `.notFound` when the code is void.
  public func token(for pin: SignInPin) async throws -> PlexToken? {
    do {
      let answer = try await read("GET", addresses.main + "/api/v2/pins/\(pin.id)")
      return answer.text("authToken").map { PlexToken($0) }
    } catch let error as PlexError where error.kind == .notFound {
      throw PlexError(.notFound, "the code \(pin.code) is no longer good; start again with 'usher plex connect'")
    }
  }

  /// Asks every two seconds, longer when plex.tv wants it, until the code is used or void.
  public func waitForToken(_ pin: SignInPin) async throws -> PlexToken {
    let end = transport.nowMilliseconds + Int64(min(max(pin.lifetime, 60), 1800)) * 1000
    var pause: Int64 = 2000
    while transport.nowMilliseconds < end {
      try await transport.pause(milliseconds: pause)
      do {
        if let token = try await token(for: pin) { return token }
      } catch let error as PlexError where error.kind == .rateLimited || error.kind == .unreachable {
        pause = min(pause * 2, 30_000)
      }
    }
    throw PlexError(.notFound, "the code \(pin.code) was not used in time; start again with 'usher plex connect'")
  }

  /// Throws `.unauthorized` when the token is void; anything else says nothing about the token.
  public func user() async throws -> AccountUser {
    let user = try await read("GET", addresses.main + "/api/v2/user")
    guard let id = user.integer("id") else { throw PlexError(.unreadable, "plex.tv does not say who is signed in") }
    return AccountUser(
      id: id, username: user.text("username") ?? user.text("title") ?? "", email: user.text("email") ?? "")
  }

  /// Sends a request and reads the answer as a tree; an empty body is an empty element. A refusal for too many
  /// requests is waited out once.
  public func read(
    _ method: String, _ url: String, _ query: [(String, String)] = [], body: [UInt8] = []
  ) async throws -> PlexElement {
    var headers = identity.headers(token)
    if !body.isEmpty { headers["Content-Type"] = "application/json" }
    let request = HTTPRequest(method: method, url: URLQuery.url(url, "", query), headers: headers, body: body)
    var response = try await reach(request)
    if response.status == 429 {
      let seconds = response.headers["retry-after"].flatMap { Int64($0) } ?? 5
      try await transport.pause(milliseconds: min(max(seconds, 1), 60) * 1000)
      response = try await reach(request)
    }
    guard (200..<300).contains(response.status) else { throw Self.failure(response) }
    guard response.body.contains(where: { $0 > 0x20 }) else { return PlexElement() }
    return try PlexDocument.element(response, from: "plex.tv")
  }

  private func reach(_ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      return try await transport.send(request)
    } catch {
      let error = PluginError(thrown: error)
      if error.kind == .cancelled { throw PlexError(.cancelled, error.text) }
      throw PlexError(.unreachable, "plex.tv gave no answer: \(error.text)")
    }
  }

  /// The error behind a status: by plex.tv's own code first (1001 not signed in, 1002 no such thing, 1003 too often).
  static func failure(_ response: HTTPResponse) -> PlexError {
    let phrase = ServerClient.phrase(response)
    let code = (try? PlexDocument.element(response, from: "plex.tv"))?.first("errors")?.integer("code")
    let status = response.status
    if status == 401 || code == 1001 {
      let text = phrase.lowercased()
      return text.contains("verification") && text.contains("code")
        ? PlexError(.twoFactorRequired, "plex.tv wants a verification code; sign in with 'usher plex connect'")
        : PlexError(.unauthorized, "plex.tv refused the token; sign in again with 'usher plex connect'")
    }
    if status == 429 || code == 1003 {
      return PlexError(.rateLimited, "plex.tv wants to be asked less often; try again in a few minutes")
    }
    switch status {
    // 1002 says that there is no such endpoint, for this client at least.
    case 404 where code == 1002: return PlexError(.endpointGone, "plex.tv does not know what was asked for")
    case 410: return PlexError(.endpointGone, "plex.tv has retired what was asked for")
    case 404: return PlexError(.notFound, "plex.tv knows no such thing\(phrase)")
    case 403: return PlexError(.notOwner, "plex.tv allows this to the server's owner only\(phrase)")
    case 422 where phrase.lowercased().contains("invalid token"):
      return PlexError(.unauthorized, "plex.tv refused the token; sign in again with 'usher plex connect'")
    case 400, 409, 422: return PlexError(.badRequest, "plex.tv refused the request\(phrase)")
    default: return PlexError(.unreachable, "plex.tv answered with status \(status)\(phrase)")
    }
  }
}
