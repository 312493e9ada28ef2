import ConfigurationText
import Foundation
import MetadataModel
import Testing

@testable import Configuration

@Suite struct ConfigurationReaderTests {
  @Test func readsTheDocumentedExample() throws {
    let environment = ["TMDB_API_KEY": "one", "TVDB_API_KEY": "two", "TPDB_API_KEY": "three"]
    let found = try read(documentedExample, environment).get()

    var expected = Configuration()
    expected.listen = ListenAddress(host: "127.0.0.1", port: 8000)
    expected.data = "data"
    func plugin(_ id: String, line: Int, _ change: (inout PluginConfiguration) -> Void) -> PluginConfiguration {
      var plugin = PluginConfiguration(id: id, position: TextPosition(line: line, column: 5))
      change(&plugin)
      return plugin
    }
    expected.plugins = [
      plugin("tvmaze", line: 6) { _ in },
      plugin("tmdb", line: 7) {
        $0.settings = ["apiKey": .string("one")]
        $0.settingPositions = ["apiKey": TextPosition(line: 7, column: 48)]
      },
      plugin("tvdb", line: 8) {
        $0.settings = ["apiKey": .string("two")]
        $0.missingVariables = ["pin": "TVDB_PIN"]
        $0.settingPositions = [
          "apiKey": TextPosition(line: 8, column: 48), "pin": TextPosition(line: 8, column: 77),
        ]
      },
      plugin("tpdb", line: 9) {
        $0.enabled = false
        $0.settings = ["apiKey": .string("three")]
        $0.settingPositions = ["apiKey": TextPosition(line: 9, column: 49)]
      },
      plugin("mine", line: 10) {
        $0.library = "libMine.so"
        $0.rateLimit = RateLimit(perSecond: 2, burst: 5)
      },
      plugin("plex", line: 11) { _ in },
    ]
    expected.providers = [
      ProviderConfiguration(
        name: "tv", server: "plex", path: "/tv", kind: .show, title: "Usher TV",
        identifier: "tv.plex.agents.custom.usher.tv", sources: ["tvdb", "tmdb", "tvmaze", "local"],
        position: TextPosition(line: 14, column: 5)),
      ProviderConfiguration(
        name: "movie", server: "plex", path: "/movie", kind: .movie, title: "Usher Movies",
        identifier: "tv.plex.agents.custom.usher.movie", sources: ["tmdb", "omdb", "local"],
        position: TextPosition(line: 16, column: 5)),
    ]
    #expect(found == expected)
    #expect(found.unlistedPlugins == ["local", "omdb"])
  }

  @Test func anEmptyObjectGivesTheDefaults() throws {
    let found = try read("{}").get()
    #expect(found == Configuration())
    #expect(found.listen.description == "127.0.0.1:8000")
    #expect(found.data == "data")
    #expect(found.log.level == .info && found.log.format == .text)
    #expect(found.cache.memoryBytes == 67_108_864 && found.cache.ttl.isEmpty)
  }

  @Test func readsEveryOtherMember() throws {
    let found = try read(
      """
      {
        listen: '[::1]:0', data: '/var/lib/usher', log: { level: 'debug', format: 'json' },
        cache: { memoryBytes: 0, staleWhileRevalidate: 60, warmUp: false,
                 ttl: { movie: 1, show: 2, season: 3, episode: 4, search: 5, images: 6, children: 7, negative: 0,
                        endedShow: 8, pastEpisode: 9 } },
        plugins: { mine: { settings: { a: 'x', b: -5, c: false, d: ['x', '${V}'] },
                   rateLimit: { perSecond: 0.5, concurrent: 3 } } },
        providers: { x: { server: 'plex', path: '/a/b-c_D', kind: 'movie', title: 'T', adult: true,
                     identifier: 'tv.plex.agents.custom.X.9', sources: ['mine'] } },
      }
      """, ["V": "y"]
    ).get()
    #expect(found.listen == ListenAddress(host: "::1", port: 0))
    #expect(found.data == "/var/lib/usher")
    #expect(found.log.level == .debug && found.log.format == .json)
    #expect(found.cache.memoryBytes == 0 && found.cache.staleWhileRevalidate == 60 && !found.cache.warmUp)
    #expect(
      found.cache.ttl == [
        "movie": 1, "show": 2, "season": 3, "episode": 4, "search": 5, "images": 6, "children": 7, "negative": 0,
        "endedShow": 8, "pastEpisode": 9,
      ])
    #expect(
      found.plugins.first?.settings
        == ["a": .string("x"), "b": .integer(-5), "c": .boolean(false), "d": .list(["x", "y"])])
    #expect(found.plugins.first?.enabled == true)
    #expect(found.plugins.first?.rateLimit == RateLimit(perSecond: 0.5, burst: 1, concurrent: 3))
    #expect(found.providers.first?.adult == true)
    #expect(found.providers.first?.path == "/a/b-c_D")
  }

  @Test(arguments: [[:], ["KEY": ""]])
  func aSettingWhoseVariableIsNotSetIsMissingNotWrong(environment: [String: String]) throws {
    let text = "{plugins: {mine: {settings: {apiKey: '${KEY}', hosts: ['a', 'b ${KEY}'], other: '$${KEY}'}}}}"
    let plugin = try #require(try read(text, environment).get().plugins.first)
    #expect(plugin.settings == ["other": .string("${KEY}")])
    #expect(plugin.missingVariables == ["apiKey": "KEY", "hosts": "KEY"])
    #expect(Set(plugin.settingPositions.keys) == ["apiKey", "hosts", "other"])
  }

  @Test func noMessageShowsWhatAVariableHolds() {
    let text = """
      {listen: '${S}', log: {level: '${S}'}, providers: {a: {server: '${S}', path: '${S}', kind: '${S}', title: 't',
       identifier: '${S}', sources: ['${S}', '${S}']}}}
      """
    let found = messages(text, ["S": "hush hush"])
    #expect(found.split(separator: "\n").count == 9)
    #expect(!found.contains("hush"))
  }

  @Test func allProblemsComeTogetherInOrder() {
    let found = messages("{\n \"data\": 5,\n \"data\": 6,\n \"listen\": 7,\n \"logs\": {},\n \"plugins\": {\"A\": 8}}")
    #expect(
      found == """
        plugins.json:2:10: 'data' of the configuration: expected a string, found a number
        plugins.json:3:2: the name 'data' stands here a second time, first at 2:2; keep one of the two
        plugins.json:4:12: 'listen' of the configuration: expected a string, found a number
        plugins.json:5:2: unknown key 'logs' in the configuration; did you mean 'log'?
        plugins.json:6:14: 'A' is not a plugin id; expected at most 32 lower-case letters and digits
        plugins.json:6:19: plugin 'A': expected an object, found a number
        """)
  }

  @Test func readsAFile() throws {
    let path = FileManager.default.temporaryDirectory.path + "/usher-configuration-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("{data: '${WHERE}'}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try ConfigurationReader.read(file: path, environment: ["WHERE": "here"]).get().data == "here")
    try Data(repeating: 32, count: (1 << 20) + 1).write(to: URL(fileURLWithPath: path))
    #expect(throws: ConfigurationErrors.self) { try ConfigurationReader.read(file: path, environment: [:]).get() }
  }

  @Test(arguments: [
    ("/nowhere/plugins.json", "there is no such file; write one, or name another with --config FILE"),
    ("/", "it is a folder; name a file"),
    ("/dev/null/x", "the file cannot be read: Not a directory"),
  ])
  func aFileThatCannotBeReadIsASentence(path: String, sentence: String) {
    let error = #expect(throws: ConfigurationErrors.self) {
      try ConfigurationReader.read(file: path, environment: [:]).get()
    }
    #expect(error?.description == "\(path): \(sentence)")
  }

  @Test func mutatedFilesNeverCrash() {
    var random = SeededGenerator(state: 2026)
    let example = Array((documentedExample + "// end\n/* 'x' */ [0x1F, -.5e3, \"\\u00e9\\n\"]").utf8)
    let alphabet = Array("{}[]:,\"'\\/*+-.0x9aeu$ \n\r\0é${".utf8) + [0xFF, 0xC3, 0x80]
    var refused = 0
    for _ in 0..<2000 {
      var bytes = example
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        case 2: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
        }
        if bytes.isEmpty { bytes = example }
      }
      if case .failure(let errors) = ConfigurationReader.read(bytes, path: "p", environment: ["A": "b"]) {
        refused += 1
        #expect(!errors.problems.isEmpty)
      }
    }
    #expect(refused > 1000)
  }
}

/// The same numbers on every run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
