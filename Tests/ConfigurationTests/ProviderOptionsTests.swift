import ConfigurationText
import Testing

@testable import Configuration

/// Members of a provider that most files leave out.
@Suite struct ProviderOptionsTests {
  private let environment = ["MEDIA": "/media", "SECRET": "correct-horse-battery", "BAD": "a bad value"]

  private func read(_ options: String) -> Result<Configuration, ConfigurationErrors> {
    let text = """
      { "plugins": { "plex": {}, "local": {} }, "providers": { "tv": { "server": "plex", "path": "/tv", "kind": "show",
        "title": "T", "identifier": "tv.plex.agents.custom.x", "sources": ["local"]\(options) } } }
      """
    return ConfigurationReader.read(Array(text.utf8), path: "plugins.json", environment: environment)
  }

  @Test func aProviderIsOnUnlessItSaysOtherwise() throws {
    #expect(try read("").get().providers.count == 1)
    #expect(try read(", \"enabled\": true").get().providers.count == 1)
    #expect(try read(", \"enabled\": false").get().providers.isEmpty)
  }

  @Test func aProviderThatIsOffIsCheckedAllTheSame() {
    guard case .failure(let errors) = read(", \"enabled\": false, \"adlut\": true") else {
      Issue.record("a misspelt member was taken")
      return
    }
    #expect(errors.description.contains("'adult'"), "\(errors)")
  }

  @Test func mediaFoldersAreAListOfPaths() throws {
    let provider = try read(", \"mediaFolders\": [\"${MEDIA}/tv\", \"more\"]").get().providers.first
    #expect(provider?.mediaFolders == ["/media/tv", "more"])
    guard case .failure(let errors) = read(", \"mediaFolders\": \"/media\"") else {
      Issue.record("a text was taken for a list")
      return
    }
    #expect(errors.description.contains("list of strings"), "\(errors)")
  }

  @Test func aLimitIsTheProvidersOwn() throws {
    #expect(try read("").get().providers.first?.limit == nil)
    #expect(try read(", \"limit\": {\"perMinute\": 30}").get().providers.first?.limit == InboundLimit(perMinute: 30))
    #expect(try read("").get().limit == nil)
    guard case .failure(let errors) = read(", \"limit\": {\"perMinte\": 30}") else {
      Issue.record("a misspelt member was taken")
      return
    }
    #expect(errors.description.contains("did you mean 'perMinute'?"), "\(errors)")
  }

  @Test func aSecretStandsBeforeThePathAndIsShownToNobody() throws {
    let provider = try #require(try read(", \"secret\": \"${SECRET}\"").get().providers.first)
    #expect(provider.secret == "correct-horse-battery")
    #expect(provider.path == "/tv")
    #expect(provider.root == "/s/correct-horse-battery/tv")
    #expect(provider.shownRoot == "/s/<secret>/tv")
    #expect(try read("").get().providers.first?.root == "/tv")
  }

  @Test(arguments: ["short", "with/a/slash", "with a space in it", "${BAD}", "umläute-sind-keine", "${GONE}", ""])
  func aSecretOfAnotherFormIsRefusedWithoutBeingRepeated(secret: String) {
    guard case .failure(let errors) = read(", \"secret\": \"\(secret)\"") else {
      Issue.record("'\(secret)' was taken")
      return
    }
    #expect(errors.description.contains("plugins.json:2:"), "\(errors)")
    #expect(!errors.description.contains("a bad value"))
    if !secret.isEmpty, !secret.hasPrefix("$") { #expect(!errors.description.contains(secret), "\(errors)") }
  }

  @Test func noPathMayLieWhereSecretsAre() {
    let text = """
      { "providers": { "tv": { "server": "plex", "path": "/s/tv", "kind": "show", "title": "T",
        "identifier": "tv.plex.agents.custom.x", "sources": ["local"] } } }
      """
    guard case .failure(let errors) = ConfigurationReader.read(Array(text.utf8), path: "p", environment: [:]) else {
      Issue.record("/s/tv was taken")
      return
    }
    #expect(errors.description.contains("the host itself answers below /s"), "\(errors)")
  }
}
