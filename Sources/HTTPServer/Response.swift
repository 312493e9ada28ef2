/// What a request is answered with.
public struct Response: Sendable {
  public var status: Int
  /// Length, connection and request id are the server's own; a header that HTTP does not allow is left out.
  public var headers: [(name: String, value: String)]
  /// For HEAD the body that GET would have: it gives the length, and the server leaves it out.
  public var body: [UInt8]
  /// Seconds for which the same request gets these bytes again without being handled; 0 keeps nothing.
  public var freshFor: Int

  public init(
    status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = [], freshFor: Int = 0
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.freshFor = freshFor
  }

  /// A response whose body is the JSON `text`.
  public static func json(_ status: Int, _ text: String) -> Response { json(status, Array(text.utf8)) }

  /// A response whose body is the JSON `bytes`.
  public static func json(_ status: Int, _ bytes: [UInt8]) -> Response {
    Response(status: status, headers: [("Content-Type", "application/json")], body: bytes)
  }

  /// `{"error":{"code":…,"message":…}}`.
  public static func error(status: Int, code: String, message: String) -> Response {
    json(status, "{\"error\":{\"code\":\(quoted(code)),\"message\":\(quoted(message))}}")
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
