import Limits
import Support
import Transport

/// A request that passed the rules.
struct UpstreamRequest: Sendable {
  var source: String
  var method: String
  var url: FetchURL
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  /// 0 leaves it to the policy.
  var timeoutMilliseconds: Int64 = 0
  var userOrigins: Set<String> = []
  var keepsRedirect = false
  var deadline: Deadline
  var urgency: SharedUrgency
  var requestID: String

  /// What it asks for, in lower case; empty when it does not say.
  var accept: String { header("accept")?.lowercased() ?? "" }

  /// The first header of this lower-case name.
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }

  /// Asks whether `old` still holds (RFC 9110 §13.1), unless the source asks something of the kind itself.
  mutating func revalidate(_ old: CachedResponse) {
    let conditions: Set<String> = [
      "if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range", "range",
    ]
    guard old.status == 200, !headers.contains(where: { conditions.contains($0.name.lowercased()) }) else { return }
    if let tag = old.header("etag") { headers.append(("If-None-Match", tag)) }
    if let date = old.header("last-modified") { headers.append(("If-Modified-Since", date)) }
  }
}
