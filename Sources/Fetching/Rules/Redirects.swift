import Transport

/// Follows redirects one hop at a time, so that the host rules see each of them (RFC 9110 §15.4).
enum Redirects {
  static let maximum = 5
  private static let statuses: Set<Int> = [301, 302, 303, 307, 308]
  /// All others may carry keys, and stay behind when scheme, host or port change.
  private static let harmlessHeaders: Set<String> = ["accept", "accept-language", "user-agent"]

  /// The request for the next hop; nil when `response` is the final one, or its redirect the answer. Throws `.misdirected` when its target may not
  /// be asked: that is the service's fault, not that of who asked.
  static func next(
    after request: UpstreamRequest, _ response: ClientResponse, policy: FetchPolicy
  ) throws(FetchError) -> UpstreamRequest? {
    guard statuses.contains(response.status), let location = response.header("location") else { return nil }
    let target: FetchURL
    do throws(FetchError) {
      target = try FetchURL(location, relativeTo: request.url)
      try HostRules.check(target, policy: policy, source: request.source, userOrigins: request.userOrigins)
    } catch {
      throw .misdirected(url: request.url.withoutQuery, reason: "\(error)")
    }
    if request.keepsRedirect { return nil }
    var next = request
    next.url = target
    if !target.hasSameOrigin(as: request.url) {
      next.headers = request.headers.filter { harmlessHeaders.contains($0.name.lowercased()) }
    }
    let becomesGET =
      response.status == 303 ? request.method != "HEAD" : response.status < 307 && request.method == "POST"
    if becomesGET {
      next.method = "GET"
      next.body = []
      next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
    }
    return next
  }
}
