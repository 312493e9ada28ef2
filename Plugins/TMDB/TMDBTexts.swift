import UsherKit

/// A work's texts in the language asked for, or in the nearest one that TMDB has: it fills in nothing by itself but the
/// original title.
struct TMDBTexts {
  let title: String
  /// Nil when it is the same.
  let originalTitle, summary, tagline: String?
  /// ISO 639-1, of the summary.
  let language: String

  init(_ work: TMDBWork, _ locale: TMDBLocale) {
    let own = Self.ranked(work.names.translations, locale.language, regions: [locale.region ?? ""])
    let english = Self.ranked(work.names.translations, "en", regions: ["US", "GB"])
    let native = Self.ranked(work.names.translations, work.originalLanguage ?? "", regions: [])

    let isUntranslated = work.title == work.originalTitle && work.originalLanguage != locale.language
    let translated = isUntranslated ? (own + english).lazy.compactMap(\.title).first : nil
    title = translated ?? work.title
    originalTitle = work.originalTitle == title ? nil : work.originalTitle
    tagline = work.tagline ?? (own + english).lazy.compactMap(\.tagline).first

    let other = work.summary == nil ? (own + english + native).first { $0.summary != nil } : nil
    summary = work.summary ?? other?.summary
    language = other?.language ?? locale.language
  }

  /// Those of a language; those of the given countries first.
  private static func ranked(
    _ translations: [TMDBTranslation], _ language: String, regions: [String]
  ) -> [TMDBTranslation] {
    let spoken = translations.filter { $0.language == language }
    return regions.flatMap { region in spoken.filter { $0.region == region } }
      + spoken.filter { !regions.contains($0.region) }
  }
}
