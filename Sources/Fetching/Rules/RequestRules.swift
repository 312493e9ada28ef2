import Transport

/// What a source may put into a request.
enum RequestRules {
  static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
  static let maximumHeaderBytes = 64 << 10
  /// Set by the client alone: a source could otherwise reach another virtual host or smuggle a second request.
  static let ownHeaders: Set<String> = [
    "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect",
    "proxy-authorization", "proxy-connection",
  ]

  /// The headers to send. Throws `.badRequest`. `Accept-Encoding` is dropped: the client negotiates what it can decode.
  static func headers(
    of request: FetchRequest, url: FetchURL, userAgent: String
  ) throws(FetchError) -> [(name: String, value: String)] {
    func refuse(_ reason: String) -> FetchError { .badRequest(url: url.withoutQuery, reason: reason) }
    guard methods.contains(request.method) else {
      throw refuse("its method must be one of \(methods.sorted().joined(separator: ", "))")
    }
    guard request.body.isEmpty || !["GET", "HEAD"].contains(request.method) else {
      throw refuse("\(request.method) carries no body")
    }
    var size = 0
    var hasUserAgent = false
    var headers: [(name: String, value: String)] = []
    for (name, value) in request.headers {
      size += name.utf8.count + value.utf8.count
      guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
        throw refuse("a header name may only have letters, digits and -")
      }
      guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
        throw refuse("the header \(name) has a line break or another control character")
      }
      let key = name.lowercased()
      guard !ownHeaders.contains(key) else { throw refuse("the header \(name) is set by the program") }
      if key == "accept-encoding" { continue }
      if key == "user-agent" { hasUserAgent = true }
      headers.append((name, value))
    }
    guard size <= maximumHeaderBytes else { throw refuse("its headers are longer than \(maximumHeaderBytes) bytes") }
    if !hasUserAgent { headers.append(("User-Agent", userAgent)) }
    return headers
  }

  /// RFC 9110 §5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
