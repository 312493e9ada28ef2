import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TMDB

@Suite struct TMDBSettingsTests {
  @Test func sendsAKeyInTheQueryAndATokenInAHeaderAndNeverBoth() async throws {
    for (secret, isToken) in [(FakeTMDB.key, false), (FakeTMDB.token, true)] {
      let service = try Service(apiKey: secret)
      _ = try await service.match(.movie, "The Glass Orchard", year: 2011, ids: ["imdb": "tt1"])
      _ = try await service.fill("tmdb-show-4300")
      #expect(service.fake.callCount > 4)
      for request in service.fake.requests {
        #expect(request.parameter("api_key") == (isToken ? nil : secret))
        #expect(request.headers["authorization"] == (isToken ? "Bearer " + secret : nil))
      }
    }
  }

  @Test(arguments: ["", "   ", "eyJ with spaces in it and so much longer than a key", "key&page=2", "a\nb", "ключ"])
  func needsConfigurationForWhatCanBeNoKey(text: String) throws {
    let host = FakeHost(settings: ["apiKey": .string(text)])
    let error = #expect(throws: PluginError.self) { try TMDBSource(host.context) }
    #expect(error?.kind == .badRequest)
    #expect(error?.text.contains("apiKey") == true)
    if !text.trimmed.isEmpty { #expect(error?.text.contains(text) == false) }
  }

  @Test func asksTheMirrorThatTheSettingNames() async throws {
    let settings: [String: SettingValue] = [
      "apiKey": .string(FakeTMDB.key), "baseURL": .string("http://127.0.0.1:9/mirror/3//"),
    ]
    let host = FakeHost(settings: settings)
    host.answer(
      "http://127.0.0.1:9/mirror/3/search/movie?query=Any%20Film&include_adult=false&language=en-US&api_key=\(FakeTMDB.key)",
      json: #"{"page":1,"results":[],"total_pages":1,"total_results":0}"#)
    var request = MatchRequest(kind: .movie)
    request.title = "Any Film"
    #expect(try await TMDBSource(host.context).match(request, host.context) == [])
    #expect(host.unexpectedRequests == [])
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let manifest = try plugin.manifest()
    #expect(manifest.id == "tmdb")
    #expect(manifest.hosts == ["api.themoviedb.org"])
    #expect(manifest.settings.map(\.name) == ["apiKey", "baseURL"])
    #expect(manifest.settings[0].required && manifest.settings[0].secret)
    #expect(manifest.attribution?.text == "This product uses the TMDB API but is not endorsed or certified by TMDB.")
    let item = try await plugin.ask("fetch", ItemRequest(id: Service.id("tmdb-movie-600")), MediaItem.self)
    #expect(item == (try await service.fetch("tmdb-movie-600")))
    plugin.close()
  }

  @Test(arguments: [
    (nil, nil, "en-US", "en,null", "US"), ("de-DE", "AT", "de-DE", "de,en,null", "AT"),
    ("pt-BR", nil, "pt-BR", "pt,en,null", "BR"),
    ("zh-Hant-TW", nil, "zh-TW", "zh,en,null", "TW"), ("fr", "ca", "fr", "fr,en,null", "CA"),
    ("FR_ca", nil, "fr-CA", "fr,en,null", "CA"),
    ("fil-PH", nil, "en-US", "en,null", "US"), ("de-DE", "Germany", "de-DE", "de,en,null", "DE"),
    ("&x=1", nil, "en-US", "en,null", "US"),
  ])
  func readsLanguageAndCountry(tag: String?, country: String?, language: String, images: String, place: String?) {
    let locale = TMDBLocale(language: tag, country: country)
    #expect(locale.tag == language)
    #expect(locale.imageLanguages == images)
    #expect(locale.country == place)
  }
}
