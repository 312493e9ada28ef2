import Testing

@testable import Configuration

/// Members of a provider that most files leave out.
@Suite struct ProviderOptionsTests {
  private func read(_ options: String) -> Result<Configuration, ConfigurationErrors> {
    let text = """
      { "plugins": { "plex": {}, "local": {} }, "providers": { "tv": { "server": "plex", "path": "/tv", "kind": "show",
        "title": "T", "identifier": "tv.plex.agents.custom.x", "sources": ["local"]\(options) } } }
      """
    return ConfigurationReader.read(Array(text.utf8), path: "plugins.json", environment: ["MEDIA": "/media"])
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
}
