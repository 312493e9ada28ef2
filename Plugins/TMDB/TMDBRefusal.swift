import UsherKit

/// TMDB's own word on a request that it did not answer.
struct TMDBRefusal: Decodable {
  let code: Int
  let message: String

  init(from decoder: any Decoder) throws {
    let members = try decoder.tmdbMembers()
    code = try members.decode(Int.self, forKey: "status_code")
    message = members.text("status_message") ?? "no reason given"
  }

  /// Throws for every status but 2xx. `request` is path and query without the key.
  static func check(_ response: HTTPResponse, of request: String) throws {
    guard !(200..<300).contains(response.status) else { return }
    let refusal = try? JSONCoding.decode(TMDBRefusal.self, from: response.body)
    let path = String(request.prefix { $0 != "?" })
    switch (response.status, refusal) {
    case (401, _), (403, .some):
      throw PluginError(.unauthorized, "TMDB refused the key: \(refusal?.sentence ?? "status \(response.status)")")
    case (404, .some(let refusal)):
      throw PluginError(.notFound, "TMDB has no \(path): \(refusal.sentence)")
    case (400, .some(let refusal)), (405, .some(let refusal)), (406, .some(let refusal)), (422, .some(let refusal)):
      throw PluginError(.fault, "TMDB answered \(response.status) to \(request): \(refusal.sentence)")
    case (429, _):
      throw PluginError(.unavailable, "TMDB answered 429: too many requests")
    default:
      // Without TMDB's own words a 403 or 404 comes from something between: no reason to believe that nothing is there.
      let reason = refusal?.sentence ?? "not in TMDB's own form, so something else answered"
      throw PluginError(.unavailable, "TMDB answered \(response.status) to \(path): \(reason)")
    }
  }

  private var sentence: String {
    let printable = message.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return "\(String(String.UnicodeScalarView(printable.prefix(300)))) (code \(code))"
  }
}
