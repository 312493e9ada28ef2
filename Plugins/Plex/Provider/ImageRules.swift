import UsherKit

/// Which picture URLs Plex gets: absolute http or https, and reachable by Plex's cloud, which fetches posters itself and
/// refuses private addresses (protocol §4.1). Names are judged as they stand; nothing is resolved.
struct ImageRules: Sendable {
  /// The picture forms that Plex knows; another form does nothing there (protocol §3.4).
  static let forms: Set<Artwork.Form> = [.coverPoster, .background, .backgroundSquare, .clearLogo, .snapshot]

  let allowsPrivate: Bool

  /// The URL when Plex may have it, otherwise nil.
  func usable(_ url: String?) -> String? {
    guard let url, let host = Self.host(of: url) else { return nil }
    return allowsPrivate || PublicHost.isPublic(host) ? url : nil
  }

  /// The pictures that Plex can use, in their order.
  func usable(_ artwork: [Artwork]) -> [Artwork] {
    artwork.filter { Self.forms.contains($0.form) && usable($0.url) != nil }
  }

  /// The host of an absolute http or https URL, lower-case; nil for every other text, and for one with a login or with
  /// characters that two readers of URLs could understand differently: other scripts' digits, escapes, backslashes.
  private static func host(of url: String) -> String? {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }),
      let end = url.range(ofScheme: "http") ?? url.range(ofScheme: "https")
    else { return nil }
    let authority = url[end...].prefix { !"/?#".contains($0) }.lowercased()
    let hostEnd =
      authority.hasPrefix("[")
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
      : authority.firstIndex(of: ":") ?? authority.endIndex
    guard let hostEnd, isPort(authority[hostEnd...]) else { return nil }
    let host = authority[..<hostEnd]
    guard !host.isEmpty, host.hasPrefix("[") || host.utf8.allSatisfy(isNameByte) else { return nil }
    return String(host)
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || (text.hasPrefix(":") && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) })
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

extension String {
  /// Where the authority begins when the text is a URL of this scheme.
  fileprivate func range(ofScheme scheme: String) -> Index? {
    let start = scheme + "://"
    return utf8.count > start.utf8.count && prefix(start.count).lowercased() == start
      ? index(startIndex, offsetBy: start.count) : nil
  }
}
