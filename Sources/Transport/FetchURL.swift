import CCurl

/// A URL read by the very parser that later connects, so that both see the same host.
package struct FetchURL: Sendable, Equatable {
  package static let maximumBytes = 16 << 10

  /// Normalised, without fragment.
  package let text: String
  package let scheme: String
  /// Lower case; IPv6 in brackets.
  package let host: String
  package let port: Int
  /// Scheme, host, port and path: fit for logs and errors.
  package let withoutQuery: String

  /// Throws `.badURL`. `base` lets `text` be relative, as in a Location header.
  package init(_ text: String, relativeTo base: FetchURL? = nil) throws(FetchError) {
    func refuse(_ reason: String) -> FetchError { .badURL(url: Self.withoutSecrets(text), reason: reason) }
    guard text.utf8.count <= Self.maximumBytes else {
      throw refuse("it is longer than \(Self.maximumBytes) bytes")
    }
    // Text with a NUL would be cut there by C.
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw refuse("it has control characters") }
    guard let handle = curl_url() else { throw refuse("there is no memory left") }
    defer { curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_URLENCODE | CURLU_ALLOW_SPACE | CURLU_NON_SUPPORT_SCHEME)
    if let base, curl_url_set(handle, CURLUPART_URL, base.text, 0) != CURLUE_OK { throw refuse("its base is wrong") }
    let status = curl_url_set(handle, CURLUPART_URL, text, flags)
    guard status == CURLUE_OK else { throw refuse("scheme, host or port cannot be read") }
    curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
    guard let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased(), ["http", "https"].contains(scheme) else {
      throw refuse("only http and https can be fetched")
    }
    guard Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil else {
      throw refuse("a user name belongs into a header")
    }
    guard let host = Self.part(CURLUPART_HOST, of: handle)?.lowercased(), !host.isEmpty,
      let port = Self.part(CURLUPART_PORT, of: handle, UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) }),
      let whole = Self.part(CURLUPART_URL, of: handle)
    else { throw refuse("it names no host") }
    self.text = whole
    self.scheme = scheme
    self.host = host
    self.port = port
    withoutQuery = Self.withoutSecrets(whole)
  }

  package var isDefaultPort: Bool { port == (scheme == "https" ? 443 : 80) }

  /// "http://127.0.0.1:32400": scheme, host and port in one spelling.
  package var origin: String { "\(scheme)://\(host):\(port)" }

  package func hasSameOrigin(as other: FetchURL) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// `text` up to its query, without user name and control characters, cut to 300 characters; for text that may not
  /// be a URL at all.
  package static func withoutSecrets(_ text: String) -> String {
    // By scalars: a mark that combines with a question mark makes it another character.
    var rest = text.unicodeScalars.prefix { $0 != "?" && $0 != "#" }
    var start = text.unicodeScalars.prefix(0)
    if let slashes = rest.firstRange(of: "://".unicodeScalars) {
      start = rest[..<slashes.upperBound]
      rest = rest[slashes.upperBound...]
    }
    let authority = rest.prefix { $0 != "/" }
    if let at = authority.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    let shown = (Array(start) + rest).prefix(300).map { $0.value < 0x20 || $0.value == 0x7F ? "�" : $0 }
    var clean = String.UnicodeScalarView()
    clean.append(contentsOf: shown)
    return String(clean)
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer, _ flags: UInt32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
