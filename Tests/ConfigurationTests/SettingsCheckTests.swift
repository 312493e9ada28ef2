import MetadataModel
import Testing

@testable import Configuration

@Suite struct SettingsCheckTests {
  private let manifest = PluginManifest(
    id: "mine", version: "1", title: "Mine", interfaces: ["metadata-source/1"],
    settings: [
      PluginSetting("apiKey", .string, required: true, secret: true, meaning: "key"),
      PluginSetting("pages", .integer, meaning: "pages"),
      PluginSetting("strict", .boolean, meaning: "strict"),
      PluginSetting("folders", .list, meaning: "folders"),
    ])

  private func check(_ settings: String) throws -> [String] {
    let text = "{plugins: {mine: {settings: {\n\(settings)}}}}"
    let plugin = try #require(try read(text).get().plugins.first)
    return ConfigurationReader.check(settingsOf: plugin, against: manifest).map { $0.text(path: "p") }
  }

  @Test func acceptsSettingsThatFit() throws {
    #expect(try check("apiKey: 'x', pages: 2, strict: true, folders: ['a']") == [])
    #expect(try check("apiKey: '${GONE}'") == [])
    #expect(try check("") == [])
  }

  @Test func namesEverySettingThatDoesNot() throws {
    #expect(
      try check("pages: 'x',\napiKey: 5,\n strict: [], folders: false, pags: 1,\n wholly: '${GONE}'") == [
        "p:2:1: setting 'pages' of plugin 'mine': expected a whole number, found a string",
        "p:3:1: setting 'apiKey' of plugin 'mine': expected a string, found a number",
        "p:4:2: setting 'strict' of plugin 'mine': expected true or false, found a list",
        "p:4:14: setting 'folders' of plugin 'mine': expected a list of strings, found false",
        "p:4:30: unknown setting 'pags' of plugin 'mine'; did you mean 'pages'?",
        "p:5:2: unknown setting 'wholly' of plugin 'mine'; known are 'apiKey', 'pages', 'strict', 'folders'",
      ])
  }
}
