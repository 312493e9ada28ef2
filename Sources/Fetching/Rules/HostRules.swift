import Transport

/// Which URLs a source may fetch. Asked for every hop of a redirect, too.
enum HostRules {
  /// Throws `.hostNotAllowed` or `.plainHTTPNotAllowed`. What the user named may be asked as the user wrote it.
  static func check(
    _ url: FetchURL, policy: FetchPolicy, source: String, userOrigins: Set<String> = []
  ) throws(FetchError) {
    if userOrigins.contains(url.origin) { return }
    guard names(url, in: policy.allowedHosts) else {
      let host = url.isDefaultPort ? url.host : "\(url.host):\(url.port)"
      throw .hostNotAllowed(
        url: url.withoutQuery, host: host, source: source, allowed: policy.allowedHosts.sorted())
    }
    guard url.scheme == "https" || names(url, in: policy.plainHTTPHosts) else {
      throw .plainHTTPNotAllowed(url: url.withoutQuery, source: source)
    }
  }

  private static func names(_ url: FetchURL, in hosts: Set<String>) -> Bool {
    hosts.contains("\(url.host):\(url.port)") || (url.isDefaultPort && hosts.contains(url.host))
  }
}
