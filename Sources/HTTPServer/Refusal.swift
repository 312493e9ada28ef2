import Glibc

/// Why the server answers a request by itself.
enum Refusal {
  case targetTooLong, badTarget, bodyTooLong, tooSlow, stopping
  case tooMany(waitSeconds: Int)
  case methodNotAllowed, methodUnknown

  private static let handled = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH"]
  private static let known = ["OPTIONS", "TRACE", "CONNECT"]

  /// nil for a method that is handled.
  init?(method: UnsafePointer<CChar>) {
    if strcmp(method, "GET") == 0 || strcmp(method, "POST") == 0 { return nil }
    let name = String(cString: method)
    if Self.handled.contains(name) { return nil }
    self = Self.known.contains(name) ? .methodNotAllowed : .methodUnknown
  }

  var response: Response {
    switch self {
    case .targetTooLong:
      .error(status: 414, code: "target_too_long", message: "the request target is too long")
    case .badTarget:
      .error(
        status: 400, code: "bad_target", message: "the request target holds a space or a control character; encode it")
    case .bodyTooLong:
      .error(status: 413, code: "body_too_long", message: "the request body is too long")
    case .tooSlow:
      .error(status: 408, code: "too_slow", message: "the request took too long to arrive")
    case .tooMany(let seconds): Self.tooMany(seconds)
    case .stopping: .stopping
    case .methodNotAllowed:
      Self.methodAnswer(405, "method_not_allowed", "this method is not served here")
    case .methodUnknown:
      Self.methodAnswer(501, "method_unknown", "this server does not know the method")
    }
  }

  /// The response as it goes over the wire, after which the connection is closed.
  func rawText(requestID: String) -> String {
    let response = response
    let reason = response.status == 408 ? "Request Timeout" : "Content Too Large"
    return "HTTP/1.1 \(response.status) \(reason)\r\nContent-Type: application/json\r\nX-Request-Id: \(requestID)\r\n"
      + "Content-Length: \(response.body.count)\r\nConnection: close\r\n\r\n"
      + String(decoding: response.body, as: UTF8.self)
  }

  private static func tooMany(_ seconds: Int) -> Response {
    let message = "this address asks too often; ask again in \(seconds) s"
    var response = Response.error(status: 429, code: "too_many_requests", message: message)
    response.headers.append(("Retry-After", "\(seconds)"))
    return response
  }

  private static func methodAnswer(_ status: Int, _ code: String, _ message: String) -> Response {
    var response = Response.error(status: status, code: code, message: message)
    response.headers.append(("Allow", handled.joined(separator: ", ")))
    return response
  }
}
