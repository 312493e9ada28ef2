import Transport

/// A response as it is kept, in memory and as bytes: a head of text lines, an empty line, the body.
struct CachedResponse: Sendable {
  static let firstLine = "usher-response 1"

  /// Without query; guards against a key that fits two URLs.
  var url: String
  var status: Int
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  /// Milliseconds since 1970.
  var storedAt: Int64

  init(_ response: ClientResponse, url: String, storedAt: Int64) {
    self.url = url
    status = response.status
    let isRedirect = (300...399).contains(response.status)
    headers = response.headers.filter { !Self.private.contains($0.name) || (isRedirect && $0.name == "location") }
    body = response.body
    self.storedAt = storedAt
  }

  /// Nil for bytes of another shape; a store may hold anything.
  init?(decoding bytes: [UInt8], storedAt: Int64) {
    guard let headEnd = Self.headEnd(of: bytes) else { return nil }
    let lines = String(decoding: bytes[..<headEnd], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, lines[0] == Self.firstLine, let status = Int(lines[2]) else { return nil }
    url = String(lines[1])
    self.status = status
    headers = []
    for line in lines.dropFirst(3) {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      headers.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
    }
    body = Array(bytes[(headEnd + 2)...])
    self.storedAt = storedAt
  }

  var encoded: [UInt8] {
    var head = "\(Self.firstLine)\n\(url)\n\(status)"
    for (name, value) in headers { head += "\n\(name): \(value)" }
    return Array((head + "\n\n").utf8) + body
  }

  /// The first header of this lower-case name.
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// As if the service had just answered it.
  var response: ClientResponse { ClientResponse(status: status, headers: headers, body: body) }

  /// About what it takes in memory.
  var memoryBytes: Int {
    headers.reduce(body.count + url.utf8.count + 256) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
  }

  /// Belong to the one request they came with, and may carry secrets.
  private static let `private`: Set<String> = ["set-cookie", "set-cookie2", "www-authenticate", "location"]

  private static func headEnd(of bytes: [UInt8]) -> Int? {
    let newline = UInt8(ascii: "\n")
    var from = bytes.startIndex
    while let at = bytes[from...].firstIndex(of: newline) {
      if at + 1 < bytes.count, bytes[at + 1] == newline { return at }
      from = at + 1
    }
    return nil
  }
}
