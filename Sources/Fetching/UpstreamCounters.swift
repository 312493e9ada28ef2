import Support
import Transport

/// `usher_upstream_requests_total` of one source.
struct UpstreamCounters: Sendable {
  let ok, notModified, notFound, clientError, rateLimited, serverError, timeout, failed, refused: Counter

  init(_ metrics: Metrics, source: String) {
    func counter(_ outcome: String) -> Counter {
      metrics.counter(
        "usher_upstream_requests_total", help: "Requests to the services behind sources.",
        labels: ["source": source, "outcome": outcome])
    }
    ok = counter("ok")
    notModified = counter("not_modified")
    notFound = counter("not_found")
    clientError = counter("client_error")
    rateLimited = counter("rate_limited")
    serverError = counter("server_error")
    timeout = counter("timeout")
    failed = counter("failed")
    refused = counter("refused")
  }

  /// Counts one request on the wire; one that was cancelled says nothing about the service.
  func count(_ outcome: Result<ClientResponse, FetchError>) {
    switch outcome {
    case .success(let response):
      switch response.status {
      case 304: notModified.add()
      case 404, 410: notFound.add()
      case 429: rateLimited.add()
      case 400..<500: clientError.add()
      case 500...: serverError.add()
      default: ok.add()
      }
    case .failure(.cancelled): break
    case .failure(.timedOut): timeout.add()
    case .failure: failed.add()
    }
  }

  /// Counts a request that the rules or the limits kept from going out.
  func countRefusal(_ error: FetchError) {
    if case .cancelled = error { return }
    refused.add()
  }
}
