import CUsher

extension ServerRequest {
  /// A copy of what the host lends for the length of a call.
  init(_ request: UnsafePointer<usher_http_request>) {
    let url = request.pointee.url.map { String(cString: $0) } ?? ""
    let parts = url.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      method: request.pointee.method.map { String(cString: $0) } ?? "GET",
      path: parts.first.map { $0.percentDecoded() } ?? "",
      query: parts.count > 1 ? Self.parameters(parts[1]) : [],
      headers: HeaderLines.parse(request.pointee.headers.copy),
      body: request.pointee.body.copy)
  }

  private static func parameters(_ query: some Collection<UInt8>) -> [(name: String, value: String)] {
    query.split(separator: UInt8(ascii: "&")).map { pair in
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (
        name: parts.first.map { $0.percentDecoded(plusIsSpace: true) } ?? "",
        value: parts.count > 1 ? parts[1].percentDecoded(plusIsSpace: true) : ""
      )
    }
  }
}
