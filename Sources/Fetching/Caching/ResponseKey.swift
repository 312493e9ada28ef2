/// Under what a response is kept: 128 bits of a one-way hash, so that keys in the query or in headers do not reach
/// the database.
struct ResponseKey: Hashable, Sendable {
  let source: String
  /// 32 hexadecimal digits.
  let hash: String

  /// `Authorization` does not count: tokens change while the catalogue behind them stays the same, and what is kept
  /// belongs to one source of one installation (a private cache, RFC 9111 §3.5).
  private static let ignored: Set<String> = ["authorization", "user-agent", "accept-encoding"]

  init(_ request: UpstreamRequest) {
    source = request.source
    let headers = request.headers
      .map { (name: $0.name.lowercased(), value: $0.value) }
      .filter { !Self.ignored.contains($0.name) }
      .map { "\($0.name):\($0.value)" }
    let lines = [request.source, request.url.text] + headers.sorted() + (request.keepsRedirect ? ["no redirect"] : [])
    let text = lines.joined(separator: "\n")
    let digits = Array("0123456789abcdef".utf8)
    let hexadecimal = SHA256.digest(Array(text.utf8)).prefix(16).flatMap {
      [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
    }
    hash = String(decoding: hexadecimal, as: UTF8.self)
  }

  /// The store's space for responses of a source.
  var space: String { "response/\(source)" }
}
