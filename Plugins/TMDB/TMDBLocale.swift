import UsherKit

/// The language and country of a request, in the forms that TMDB takes.
struct TMDBLocale: Sendable, Hashable {
  /// ISO 639-1; TMDB knows no longer codes.
  let language: String
  /// The language's country, from its tag; nil when it names none.
  let region: String?
  /// Whose release dates count.
  let country: String?

  /// Reads an IETF tag ("de-DE", "zh-Hant-TW"); American English when there is none or TMDB cannot know it.
  init(language tag: String?, country: String?) {
    let parts = (tag ?? "").split { $0 == "-" || $0 == "_" }.map(String.init)
    if let first = parts.first, Self.isPair(first) {
      language = first.lowercased()
      region = parts.dropFirst().first(where: Self.isPair)?.uppercased()
    } else {
      language = "en"
      region = "US"
    }
    self.country = country.flatMap { Self.isPair($0) ? $0.uppercased() : nil } ?? region
  }

  /// For `language`.
  var tag: String { region.map { "\(language)-\($0)" } ?? language }

  /// For `include_image_language`: pictures know no countries, and "null" stands for those without text.
  var imageLanguages: String { language == "en" ? "en,null" : "\(language),en,null" }

  private static func isPair(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
  }
}
