/// Everything that a service may do to who asks it.
public enum ServiceFault: String, CaseIterable, Sendable {
  case tooManyWithRetryAfter, tooManyWithoutRetryAfter, status500, status503, hang, trickle, reset, truncated
  case truncatedChunks, garbage, halfJSON, htmlWith200, htmlWith403, htmlWith404, htmlWith410, image, emptyJSON
  case huge, hugeSaid, gzipBomb, redirectLoop, foreignRedirect, fileRedirect, expiredToken, wrongTypes

  private static let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
  private static let page = Array("<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>".utf8)

  /// What the service does with a request.
  public var reply: LoopbackReply {
    switch self {
    case .tooManyWithRetryAfter: .json(#"{"message":"slow"}"#, status: 429, headers: [("Retry-After", "600")])
    case .tooManyWithoutRetryAfter: .response(status: 429, headers: [("Content-Type", "text/html")], body: Self.page)
    case .status500: .response(status: 500, headers: [("Content-Type", "text/html")], body: Self.page)
    case .status503: .json(#"{"message":"maintenance"}"#, status: 503)
    case .hang: .hang(milliseconds: 300_000)
    case .trickle: .stream(head: Self.json + "\r\n", chunk: [0x20], count: 100_000, pauseMilliseconds: 100)
    case .reset: .reset
    case .truncated: .raw(Array((Self.json + "Content-Length: 1000\r\n\r\n{\"id\":1,").utf8))
    case .truncatedChunks: .raw(Array((Self.json + "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":1,").utf8))
    case .garbage: .raw((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) })
    // Without a length the end of the connection is the end of the body.
    case .halfJSON: .raw(Array((Self.json + "\r\n[{\"id\":1,\"name\":\"Harbor").utf8))
    case .htmlWith200: .response(status: 200, headers: [("Content-Type", "text/html")], body: Self.page)
    case .htmlWith403: .response(status: 403, headers: [("Content-Type", "text/html")], body: Self.page)
    case .htmlWith404: .response(status: 404, headers: [("Content-Type", "text/html")], body: Self.page)
    // A proxy's page, which calls itself what was asked for.
    case .htmlWith410: .json(String(decoding: Self.page, as: UTF8.self), status: 410)
    case .image: .response(status: 200, headers: [("Content-Type", "image/png")], body: [0x89, 0x50, 0x4E, 0x47])
    case .emptyJSON: .json("")
    case .huge: .stream(head: Self.json + "\r\n", chunk: Self.spaces, count: 200)
    case .hugeSaid:
      .stream(head: Self.json + "Content-Length: \(200 << 20)\r\n\r\n", chunk: Self.spaces, count: 200)
    case .gzipBomb:
      .response(
        status: 200, headers: [("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
        body: Self.bomb)
    case .redirectLoop: .response(status: 302, headers: [("Location", "/again")])
    case .foreignRedirect: .response(status: 302, headers: [("Location", "https://login.example.org/portal")])
    case .fileRedirect: .response(status: 302, headers: [("Location", "file:///etc/passwd")])
    case .expiredToken: .json(#"{"message":"Unauthenticated."}"#, status: 401)
    case .wrongTypes: .json(#"{"id":{"not":"a number"},"name":7,"_embedded":"none"}"#)
    }
  }

  private static let spaces = [UInt8](repeating: 0x20, count: 1 << 20)

  /// 264 KB by gzip that become 40 MiB: one literal, then "the last byte 258 times" in fixed codes (RFC 1951 §3.2.6).
  private static let bomb: [UInt8] = {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var (pending, count) = (UInt64(0), UInt64(0))
    func put(_ bits: UInt64, _ number: UInt64) {
      pending |= bits << count
      count += number
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        count -= 8
      }
    }
    put(0b011, 3)  // the last block, of fixed codes
    put(0b0000_1010, 8)  // a space; codes begin with their highest bit, so they look turned round here
    for _ in 0..<((40 << 20) / 258) { put(0b0_0000_1010_0011, 13) }
    put(0, 7)
    put(0, 7)
    return bytes + [UInt8](repeating: 0, count: 8)
  }()
}
