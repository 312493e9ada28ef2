import UsherKit

/// What plugins.json may say about the plugin.
struct PlexSettings: Sendable {
  static let declared = [
    PluginSetting(
      "language", .string, standard: .string("en-US"),
      meaning: "Language of the texts when a request names none, as an IETF tag"),
    PluginSetting(
      "country", .string, standard: .string("US"),
      meaning: "Country whose age ratings are shown when a request names none, ISO 3166-1 alpha-2"),
    PluginSetting(
      "allowPrivateImages", .boolean, standard: .boolean(false),
      meaning: "Give Plex pictures on private addresses too, which it refuses since version 1.43.5"),
  ]

  let locale: RequestLocale
  let images: ImageRules

  /// Throws `.badRequest` when a setting has a value that could never work.
  init(_ host: HostContext) throws {
    let language = try host.setting("language", as: String.self) ?? "en-US"
    let country = try host.setting("country", as: String.self) ?? "US"
    guard let languageTag = RequestLocale.languageTag(language) else {
      throw PluginError(.badRequest, "setting 'language': '\(language)' is not a language tag like \"de-DE\"")
    }
    guard let countryCode = RequestLocale.countryCode(country) else {
      throw PluginError(.badRequest, "setting 'country': '\(country)' is not a country of two letters like \"DE\"")
    }
    locale = RequestLocale(language: languageTag, country: countryCode)
    images = ImageRules(allowsPrivate: try host.setting("allowPrivateImages", as: Bool.self) ?? false)
  }
}
