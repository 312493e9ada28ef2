import FoundationEssentials
import UsherKit

/// The `code` of an error answer.
enum ErrorCode: String {
  case badRequest = "bad-request"
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case tooLarge = "too-large"
  case upstream = "upstream-failed"
  case unavailable
  case timeout
  case internalError = "internal-error"
}

private struct ErrorDocument: Encodable {
  struct Problem: Encodable {
    let code: String
    let message: String
  }
  let error: Problem
}

extension ServerResponse {
  /// A JSON answer whatever the request accepts (protocol §4), which no client may keep.
  static func json(
    _ document: some Encodable, status: Int = 200, headers: [(name: String, value: String)] = [], freshFor: Int
  ) throws -> ServerResponse {
    let encoder = JSONEncoder()
    // Sorted: equal answers are equal bytes.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let standard = [(name: "Content-Type", value: "application/json"), (name: "Cache-Control", value: "no-store")]
    return ServerResponse(
      status: status, headers: standard + headers, body: [UInt8](try encoder.encode(document)), freshFor: freshFor)
  }

  static func failure(
    _ status: Int, _ code: ErrorCode, _ message: String, headers: [(name: String, value: String)] = []
  ) throws -> ServerResponse {
    let document = ErrorDocument(error: ErrorDocument.Problem(code: code.rawValue, message: message))
    return try json(document, status: status, headers: headers, freshFor: Freshness.failure)
  }

  /// 404 only for what does not exist: Plex deletes on it, so an outage is always a 5xx (protocol §4).
  static func failure(for error: any Error) throws -> ServerResponse {
    guard let error = error as? PluginError else {
      return error is CancellationError
        ? try failure(504, .timeout, "the request was given up")
        : try failure(500, .internalError, "the answer could not be made: \(error)")
    }
    return switch error.kind {
    case .notFound, .unsupported: try failure(404, .notFound, error.text)
    case .badRequest: try failure(400, .badRequest, error.text)
    case .unauthorized, .fault: try failure(502, .upstream, error.text)
    case .unavailable: try failure(503, .unavailable, error.text)
    case .cancelled: try failure(504, .timeout, error.text)
    }
  }
}
