import Transport

/// Which responses are worth keeping. A ban or error page must never pass for an answer later, so what looks like HTML
/// is not kept, whatever its status and declared type.
enum CacheRules {
  /// How long "no such item" holds at most.
  static let negativeSeconds: Int64 = 300
  static let maximumBodyBytes = 4 << 20

  /// `accept` is what the request asked for.
  static func mayKeep(_ response: ClientResponse, accept: String?) -> Bool {
    guard response.body.count <= maximumBodyBytes else { return false }
    if response.status == 404 && response.body.isEmpty { return true }
    guard [200, 404].contains(response.status), let first = firstByte(of: response.body) else { return false }
    let type = mediaType(of: response)
    let isMarkup = first == UInt8(ascii: "<")
    switch type {
    case _ where isXML(type):
      let wantsJSON = accept.map { $0.contains("json") && !$0.contains("xml") && !$0.contains("*/*") } ?? false
      return !wantsJSON && !namesHTML(response.body)
    case _ where type.hasSuffix("json"), "", "text/plain", "text/javascript", "application/javascript":
      return !isMarkup
    default: return false
    }
  }

  /// For how many milliseconds a kept response of this status may answer a request that takes `freshForSeconds`.
  static func lifeMilliseconds(status: Int, freshForSeconds: Int64) -> Int64 {
    let seconds = status == 404 ? min(freshForSeconds, negativeSeconds) : freshForSeconds
    return max(0, min(seconds, 100 * 366 * 86_400)) * 1000
  }

  private static func mediaType(of response: ClientResponse) -> String {
    let value = (response.header("content-type") ?? "").prefix { $0 != ";" }
    return value.filter { $0 != " " && $0 != "\t" }.lowercased()
  }

  private static func isXML(_ type: String) -> Bool {
    type == "application/xml" || type == "text/xml" || (type.hasSuffix("+xml") && !type.contains("xhtml"))
  }

  private static func firstByte(of body: [UInt8]) -> UInt8? {
    let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body[3...] : body[...]
    return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private static func namesHTML(_ body: [UInt8]) -> Bool {
    let start = String(decoding: body.prefix(512), as: UTF8.self).lowercased()
    return start.contains("<html") || start.contains("<!doctype html")
  }
}
