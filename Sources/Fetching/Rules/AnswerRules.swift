import Transport

/// Which responses are answers at all. A page of HTML where data was asked for is a ban, an error page or somebody's
/// login page, whatever status it comes with: no service says "no such item" with one. JSON that does not end is half an
/// answer.
enum AnswerRules {
  /// Statuses that say something about the item or the key, when it is the service that says it.
  private static let refusals: Set<Int> = [403, 404, 410]

  /// What is wrong with a final response, as the end of a sentence that begins with its URL; nil when nothing is. Says
  /// nothing about statuses that mean failure by themselves.
  static func fault(of response: ClientResponse, to request: UpstreamRequest) -> String? {
    let isSuccess = (200...299).contains(response.status)
    // A server that the user named speaks to people, too: media servers refuse with a page, whatever they are asked for.
    let isRefusal = refusals.contains(response.status) && !request.userOrigins.contains(request.url.origin)
    guard isSuccess || isRefusal, request.method != "HEAD" else { return nil }
    let accept = request.accept
    let type = MediaType(of: response)
    let first = MediaType.firstByte(of: response.body)
    if first == UInt8(ascii: "<"), !accept.contains("html"), type.isHTML || MediaType.namesHTML(response.body) {
      return "answered \(response.status) with a page of HTML instead of data"
    }
    if isSuccess, type.isMedia, !accept.contains(type.main), !accept.contains("*/*") {
      return "answered \(response.status) with \(type.name.prefix(40)) instead of data"
    }
    guard isSuccess, response.status != 204, response.status != 205, type.isJSON || wantsJSON(accept) else {
      return nil
    }
    // Who changes something may be told "done" without a word.
    if first == nil {
      return request.method == "GET" ? "answered \(response.status) with nothing instead of JSON" : nil
    }
    return JSONSyntax.isWhole(response.body) ? nil : "answered \(response.status) with broken JSON"
  }

  /// True when the service was asked for JSON and nothing else will do.
  static func wantsJSON(_ accept: String) -> Bool {
    accept.contains("json") && !accept.contains("xml") && !accept.contains("html") && !accept.contains("*/*")
  }
}

/// What a response says it is, and what it looks like.
struct MediaType {
  /// Lower case, without parameters; empty when none was given.
  let name: String

  init(of response: ClientResponse) {
    let value = (response.header("content-type") ?? "").prefix { $0 != ";" }
    name = value.filter { $0 != " " && $0 != "\t" }.lowercased()
  }

  /// What stands before the slash.
  var main: String { String(name.prefix { $0 != "/" }) }
  /// Pictures and the like, which no catalogue answers with.
  var isMedia: Bool { ["image", "audio", "video", "font"].contains(main) }
  var isJSON: Bool { name.hasSuffix("json") }
  var isHTML: Bool { name == "text/html" || name.contains("xhtml") }
  var isXML: Bool { name == "application/xml" || name == "text/xml" || (name.hasSuffix("+xml") && !isHTML) }

  /// After a byte order mark and white space.
  static func firstByte(of body: [UInt8]) -> UInt8? {
    let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body[3...] : body[...]
    return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  static func namesHTML(_ body: [UInt8]) -> Bool {
    let start = String(decoding: body.prefix(512), as: UTF8.self).lowercased()
    return start.contains("<html") || start.contains("<!doctype html")
  }
}
