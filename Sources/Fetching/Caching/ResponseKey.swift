import CCrypto

/// Under what a response is kept: 128 bits of SHA-256, so that keys in the query or in headers do not reach
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
    hash = Self.hash(Array(lines.joined(separator: "\n").utf8))
  }

  private static func hash(_ text: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256(text, text.count, &digest)
    let digits = Array("0123456789abcdef".utf8)
    let hexadecimal = digest.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: hexadecimal, as: UTF8.self)
  }

  /// The store's space for responses of a source.
  var space: String { "response/\(source)" }
}
