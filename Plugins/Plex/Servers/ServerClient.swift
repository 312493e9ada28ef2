public import UsherKit

/// Asks one media server. Every call goes over the host's kept connections with the same address and token.
public struct ServerClient: Sendable {
  /// "http://192.168.1.5:32400", without a slash at its end.
  public let address: String
  /// What errors call the server.
  public let name: String
  public let identity: ClientIdentity
  public let transport: any PlexTransport
  let token: PlexToken?

  /// Waits before a server that is starting is asked again, in milliseconds.
  static let startingPauses: [Int64] = [1000, 2000, 4000, 8000, 15_000]

  /// Throws when the address is none that may be asked.
  public init(
    address: String, name: String, token: PlexToken?, identity: ClientIdentity, transport: any PlexTransport
  ) throws(PlexError) {
    var address = address.trimmed
    while address.hasSuffix("/") { address.removeLast() }
    guard !address.contains("?"), !address.contains("@"), !address.contains("#") else {
      throw PlexError(.badRequest, "the address of a server is like http://192.168.1.5:32400, with nothing behind it")
    }
    self.address = address
    self.name = name.isEmpty ? address : name
    self.token = token
    self.identity = identity
    self.transport = transport
    do {
      try transport.allow(address)
    } catch {
      throw PlexError(.badRequest, "'\(address)' cannot be asked: \(PluginError(thrown: error).text)")
    }
  }

  /// Sends a request and checks its status; see `fail` for what each one throws. A server that is starting is waited
  /// for. `timeout` in seconds.
  public func send(
    _ method: String = "GET", _ path: String, _ query: [(String, String)] = [], headers: [String: String] = [:],
    timeout: Int = 30, waitsForStart: Bool = true
  ) async throws -> HTTPResponse {
    var headers = identity.headers(token).merging(headers) { $1 }
    if path == "/identity" { headers["X-Plex-Token"] = nil }
    let request = HTTPRequest(
      method: method, url: URLQuery.url(address, path, query), headers: headers, timeout: timeout)
    var pauses = waitsForStart ? Self.startingPauses[...] : []
    while true {
      let response = try await reach(request, path)
      if response.status == 503, let pause = pauses.popFirst() {
        try await transport.pause(milliseconds: pause)
        continue
      }
      guard (200..<300).contains(response.status) else { throw failure(response, method, path) }
      return response
    }
  }

  /// A small answer as a tree, the container at its root.
  public func read(
    _ path: String, _ query: [(String, String)] = [], timeout: Int = 30, waitsForStart: Bool = true
  ) async throws -> PlexElement {
    let response = try await send("GET", path, query, timeout: timeout, waitsForStart: waitsForStart)
    return try PlexDocument.element(response, from: "'\(name)'").container
  }

  private func reach(_ request: HTTPRequest, _ path: String) async throws -> HTTPResponse {
    do {
      return try await transport.send(request)
    } catch let error as PlexError {
      throw error
    } catch {
      let error = PluginError(thrown: error)
      if error.kind == .cancelled { throw PlexError(.cancelled, error.text) }
      throw PlexError(.unreachable, "'\(name)' gave no answer at \(address)\(path): \(error.text)")
    }
  }

  func failure(_ response: HTTPResponse, _ method: String, _ path: String) -> PlexError {
    let place = "\(method) \(path)"
    switch response.status {
    case 401:
      return PlexError(.unauthorized, "'\(name)' refused the token; sign in again with 'usher plex connect'")
    case 403: return PlexError(.notOwner, "'\(name)' allows \(place) to its owner only")
    case 404: return PlexError(.notFound, "'\(name)' has nothing at \(place)")
    case 400: return PlexError(.badRequest, "'\(name)' refused \(place) as wrong\(Self.phrase(response))")
    case 409: return PlexError(.conflict, "'\(name)' has something else in the place of \(place)")
    case 429: return PlexError(.rateLimited, "'\(name)' wants to be asked less often")
    case 503: return PlexError(.serverStarting, "'\(name)' is starting or in maintenance; try again in a minute")
    default: return PlexError(.unreachable, "'\(name)' answered \(place) with status \(response.status)")
    }
  }

  /// The title of a page, or the status text of an XML error: some refusals say why.
  static func phrase(_ response: HTTPResponse) -> String {
    guard response.body.count < 20_000 else { return "" }
    let text = String(decoding: response.body, as: UTF8.self)
    for (start, end) in [("status=\"", "\""), ("<title>", "</title>"), ("\"message\":\"", "\"")] {
      guard let from = text.range(after: start), let phrase = text[from...].prefix(before: end) else { continue }
      return ": " + phrase
    }
    return ""
  }
}

extension String {
  /// Where the text behind the first `mark` begins.
  func range(after mark: String) -> Index? {
    let wanted = Array(mark.utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count) where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
      return utf8.index(utf8.startIndex, offsetBy: start + wanted.count)
    }
    return nil
  }
}

extension Substring {
  /// What stands before the first `mark`; nil when there is none, or nothing before it.
  func prefix(before mark: String) -> String? {
    guard let end = String(self).range(after: mark) else { return nil }
    let text = String(String(self)[..<end].dropLast(mark.count))
    return text.isEmpty || text.count > 300 ? nil : text
  }
}
