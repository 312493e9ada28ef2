/// Why there is no response. Every `url` has lost its query and user name before it gets here: they carry keys.
public enum FetchError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownSource(String)
  case badURL(url: String, reason: String)
  case badRequest(url: String, reason: String)
  case hostNotAllowed(url: String, host: String, source: String, allowed: [String])
  case plainHTTPNotAllowed(url: String, source: String)
  case tooManyRedirects(url: String, limit: Int)
  /// Redirects to where nobody may go.
  case misdirected(url: String, reason: String)
  /// What came is no answer: a page of HTML, or half a document. `reason` follows the URL.
  case unusable(url: String, reason: String)
  /// The service failed so often that it is left alone for a while.
  case suspended(source: String, reason: String)
  /// The source's own limits, or a pause its service asked for, leave no place before the deadline.
  case overloaded(source: String, reason: String)
  case timedOut(url: String)
  case tooLarge(url: String, limit: Int)
  /// Connecting failed, or the connection broke before the response was whole.
  case connection(url: String, reason: String)
  case unresolved(url: String)
  case untrusted(url: String, reason: String)
  case cancelled(url: String)

  public var description: String {
    switch self {
    case .unknownSource(let source):
      "\(source) may not fetch: no rules were set for a source of that name."
    case .badURL(let url, let reason):
      "'\(url)' is not a URL that can be fetched: \(reason)."
    case .badRequest(let url, let reason):
      "The request for \(url) was not sent: \(reason)."
    case .hostNotAllowed(let url, let host, let source, let allowed):
      "\(source) may not fetch \(url): \(host) is not among its hosts (\(allowed.joined(separator: ", ")))."
    case .plainHTTPNotAllowed(let url, let source):
      "\(source) may not fetch \(url) over plain http; https would be allowed."
    case .tooManyRedirects(let url, let limit):
      "\(url) redirects more than \(limit) times."
    case .misdirected(let url, let reason):
      "\(url) redirects to a wrong place: \(reason)"
    case .unusable(let url, let reason):
      "\(url) \(reason)."
    case .suspended(let source, let reason):
      "\(source) is not asked: \(reason)."
    case .overloaded(let source, let reason):
      "\(source) cannot be asked in time: \(reason)."
    case .timedOut(let url):
      "\(url) gave no whole answer in time."
    case .tooLarge(let url, let limit):
      "The answer of \(url) is larger than the \(limit) bytes allowed."
    case .connection(let url, let reason):
      "The connection for \(url) failed: \(reason)."
    case .unresolved(let url):
      "The host name of \(url) could not be resolved."
    case .untrusted(let url, let reason):
      "The certificate for \(url) was not accepted: \(reason)."
    case .cancelled(let url):
      "The request for \(url) was cancelled."
    }
  }

  /// Another try may go better.
  package var isTransient: Bool {
    switch self {
    case .timedOut, .connection: true
    default: false
    }
  }

  /// No request went out, though one might have later.
  package var isRefusal: Bool {
    switch self {
    case .overloaded, .suspended, .timedOut: true
    default: false
    }
  }
}
