import UsherKit

/// The language and country that an answer is for.
struct RequestLocale: Hashable, Sendable {
  /// IETF tag: "de-DE".
  let language: String
  /// ISO 3166-1 alpha-2, upper-case.
  let country: String

  init(language: String, country: String) {
    self.language = language
    self.country = country
  }

  /// Header wins, then query, then `standard` (protocol §2); values of another form count as absent.
  init(_ request: ServerRequest, standard: RequestLocale) {
    language = Self.first("X-Plex-Language", of: request, read: Self.languageTag) ?? standard.language
    country = Self.first("X-Plex-Country", of: request, read: Self.countryCode) ?? standard.country
  }

  /// The tag when it has the form of one, with `-` between its parts; otherwise nil.
  static func languageTag(_ text: String) -> String? {
    let parts = text.split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard text.utf8.count <= 35, let first = parts.first, (2...3).contains(first.utf8.count),
      first.utf8.allSatisfy(isLetter),
      parts.allSatisfy({ $0.utf8.count <= 8 && $0.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) } })
    else { return nil }
    return parts.joined(separator: "-")
  }

  /// The code in upper case when it is two letters; otherwise nil.
  static func countryCode(_ text: String) -> String? {
    text.utf8.count == 2 && text.utf8.allSatisfy(isLetter) ? text.uppercased() : nil
  }

  private static func first(
    _ name: String, of request: ServerRequest, read: (String) -> String?
  ) -> String? {
    request.header(name).flatMap(read) ?? request.query(name).flatMap(read)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
