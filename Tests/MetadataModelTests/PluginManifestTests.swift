import MetadataModel
import Testing

@Suite struct PluginManifestTests {
  private func decode(_ json: String) throws -> PluginManifest {
    try JSONCoding.decode(PluginManifest.self, from: Array(json.utf8))
  }

  @Test func theShortestManifestHasDefaults() throws {
    let manifest = try decode(#"{"id":"mine","version":"1.0","interfaces":["metadata-source/1"],"later":1}"#)
    #expect(
      manifest
        == PluginManifest(id: "mine", version: "1.0", title: "mine", interfaces: ["metadata-source/1"]))
    #expect(!manifest.adult && manifest.rateLimit == nil && manifest.settings.isEmpty && manifest.hosts.isEmpty)
  }

  @Test func everyMemberComesThroughJSON() throws {
    let manifest = PluginManifest(
      id: "mine", version: "1", title: "Mine", interfaces: ["metadata-source/1"], kinds: [.movie, .show],
      namespaces: ["imdb"], adult: true, hosts: ["127.0.0.1"],
      rateLimit: RateLimit(perSecond: 0.5, burst: 2, concurrent: 3),
      settings: [
        PluginSetting("baseURL", .string, standard: .string("http://127.0.0.1"), meaning: "where"),
        PluginSetting("folders", .list, standard: .list(["a"]), required: true, secret: true, meaning: "which"),
      ], attribution: Attribution(text: "thanks", url: "http://127.0.0.1"), cacheKeyHeaders: ["X-Language"])
    #expect(try JSONCoding.decode(PluginManifest.self, from: JSONCoding.encode(manifest)) == manifest)
  }

  @Test func aSettingHasDefaults() throws {
    let json = #"{"name":"pages","type":"integer"}"#
    let setting = try JSONCoding.decode(PluginSetting.self, from: Array(json.utf8))
    #expect(setting == PluginSetting("pages", .integer, meaning: ""))
  }

  @Test(arguments: [
    (#"{"version":"1","interfaces":[]}"#, "the document: the member 'id' is missing"),
    (#"{"id":"a","interfaces":[]}"#, "the document: the member 'version' is missing"),
    (#"{"id":"a","version":"1"}"#, "the document: the member 'interfaces' is missing"),
    (#"{"id":"a","version":"1","interfaces":[],"settings":[{"name":"x","type":"url"}]}"#, "settings[0].type: "),
    (
      #"{"id":"a","version":"1","interfaces":[],"rateLimit":{"burst":1}}"#,
      "rateLimit: the member 'perSecond' is missing"
    ),
  ])
  func whatIsWrongIsNamedByItsPlace(json: String, message: String) {
    let error = #expect(throws: DecodingError.self) { try decode(json) }
    let found = error.map { JSONCoding.path(of: $0) } ?? ""
    #expect(found.hasPrefix(message), "\(found)")
  }
}

@Suite struct SettingValueTests {
  @Test(arguments: [
    ("true", SettingValue.boolean(true)), ("false", .boolean(false)), ("1", .integer(1)), ("0", .integer(0)),
    ("-5", .integer(-5)), (#""1""#, .string("1")), (#""true""#, .string("true")), (#""""#, .string("")),
    ("[]", .list([])), (#"["a","1"]"#, .list(["a", "1"])),
  ])
  func eachJSONTypeIsItsOwnForm(json: String, value: SettingValue) throws {
    #expect(try JSONCoding.decode(SettingValue.self, from: Array(json.utf8)) == value)
    #expect(try JSONCoding.encode(value) == Array(json.utf8))
  }

  @Test(arguments: ["null", "1.5", "{}", "[1]", "[\"a\", null]"])
  func refusesEverythingElse(json: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONCoding.decode(SettingValue.self, from: Array(json.utf8))
    }
    #expect(
      error.map { JSONCoding.path(of: $0) }
        == "the document: expected a string, a whole number, true, false or a list of strings")
  }
}
