import Transport

/// Which responses are worth keeping, and for how long. A ban or error page must never pass for an answer later, so what
/// looks like HTML is not kept, whatever its status and declared type.
enum CacheRules {
  /// How long "no such item" holds at most.
  static let negativeSeconds: Int64 = 300
  /// Half a year: nobody's terms allow to keep an answer for longer.
  static let longestMilliseconds: Int64 = 180 * 86_400_000
  static let maximumBodyBytes = 16 << 20
  /// An answer to who does not follow redirects; the others are for the moment (RFC 9110 §15.4).
  private static let lastingRedirects: Set<Int> = [301, 308]

  /// `accept` is what the request asked for.
  static func mayKeep(_ response: ClientResponse, accept: String) -> Bool {
    guard response.body.count <= maximumBodyBytes else { return false }
    if response.status == 404 && response.body.isEmpty { return true }
    if lastingRedirects.contains(response.status) {
      // A query may have a key in it.
      return response.header("location").map { !$0.contains("?") } ?? false
    }
    guard [200, 404].contains(response.status), let first = MediaType.firstByte(of: response.body) else { return false }
    let type = MediaType(of: response)
    if type.isXML { return !AnswerRules.wantsJSON(accept) && !MediaType.namesHTML(response.body) }
    let isText = ["", "text/plain", "text/javascript", "application/javascript"].contains(type.name)
    return (type.isJSON || isText) && first != UInt8(ascii: "<")
  }

  /// For how many milliseconds a kept response of this status may answer a request that takes `freshForSeconds`.
  static func lifeMilliseconds(status: Int, freshForSeconds: Int64) -> Int64 {
    let seconds = status == 404 ? min(freshForSeconds, negativeSeconds) : freshForSeconds
    return max(0, min(seconds, longestMilliseconds / 1000)) * 1000
  }

  /// Whether an old response may stand in for a service that fails: an answer, never an absence.
  static func mayStandIn(_ kept: CachedResponse, wallMilliseconds: Int64) -> Bool {
    (kept.status == 200 || lastingRedirects.contains(kept.status))
      && (0...longestMilliseconds).contains(wallMilliseconds - kept.storedAt)
  }

  /// A service that failed, though it answered.
  static func isFailure(_ response: ClientResponse) -> Bool { response.status == 429 || response.status >= 500 }
}
