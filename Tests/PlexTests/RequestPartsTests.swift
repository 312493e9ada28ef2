import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import Plex
@testable import PlexProvider

@Suite struct RequestPartsTests {
  private static let standard = RequestLocale(language: "en-US", country: "US")

  @Test(arguments: [
    (["X-Plex-Language": "fr-FR"], ["X-Plex-Language": "de-DE"], "fr-FR"), ([:], ["X-Plex-Language": "de-DE"], "de-DE"),
    ([:], [:], "en-US"), (["x-plex-language": "pt_BR"], [:], "pt-BR"),
    (["X-Plex-Language": "no such; thing"], ["X-Plex-Language": "nb"], "nb"), (["X-Plex-Language": ""], [:], "en-US"),
    (["X-Plex-Language": String(repeating: "de-", count: 40)], [:], "en-US"),
  ])
  func headerWinsThenQueryThenSetting(_ headers: [String: String], _ query: [String: String], _ language: String) {
    let request = ServerRequest(
      method: "GET", path: "", query: query.map { (name: $0.key, value: $0.value) },
      headers: headers.map { (name: $0.key, value: $0.value) })
    #expect(RequestLocale(request, standard: Self.standard).language == language)
  }

  @Test(arguments: [("de", "DE"), ("DE", "DE"), ("DEU", nil), ("d1", nil), ("", nil)])
  func aCountryHasTwoLetters(_ text: String, _ code: String?) {
    #expect(RequestLocale.countryCode(text) == code)
  }

  @Test(arguments: [
    ("language", SettingValue.string("english please")), ("country", .string("USA")),
    ("allowPrivateImages", .string("x")),
  ])
  func aSettingThatCannotWorkIsNamed(_ name: String, _ value: SettingValue) {
    let error = #expect(throws: PluginError.self) {
      try PlexServer(FakeHost(settings: [name: value], manifest: manifest).context)
    }
    #expect(error?.kind == .badRequest)
    #expect(error?.text.contains("'\(name)'") == true)
  }

  @Test(arguments: [
    (["includeFields": "title"], "summary", false), (["includeFields": "title"], "title", true),
    (["excludeFields": "summary, year"], "year", false), (["excludeFields": "summary"], "title", true),
    (["includeFields": "year", "excludeFields": "year"], "year", true), (["excludeFields": "guid"], "guid", true),
    (["includeFields": ""], "summary", true), (["excludeElements": "title"], "title", true),
  ])
  func fieldsAreTrimmedByName(_ lists: [String: String], _ field: String, _ isKept: Bool) {
    #expect(Trimming { lists[$0] }.keepsField(field) == isKept)
  }

  @Test(arguments: [
    (["includeElements": "Metadata,Children"], "Genre", false), (["includeElements": "Genre"], "Genre", true),
    (["excludeElements": "Genre"], "Genre", false), (["excludeElements": "Genre"], "Guid", true), ([:], "Guid", true),
  ])
  func elementsAreTrimmedByName(_ lists: [String: String], _ element: String, _ isKept: Bool) {
    #expect(Trimming { lists[$0] }.keepsElement(element) == isKept)
  }

  @Test func childrenGoOnlyWhenExcludedByName() {
    #expect(Trimming { $0 == "includeElements" ? "Guid" : nil }.keepsChildren)
    #expect(!Trimming { $0 == "excludeElements" ? "Children" : nil }.keepsChildren)
  }
}
