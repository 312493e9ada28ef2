import Testing

@testable import Configuration

/// Files with one mistake each, and the exact message.
@Suite struct BrokenFileTests {
  @Test(arguments: [
    ("", "1:1: the file is empty; expected '{'"),
    (" // nothing", "1:12: the file is empty; expected '{'"),
    ("[]", "1:1: the configuration: expected an object, found a list"),
    ("{", "1:2: expected a name in quotes or '}', found the end of the file"),
    ("{} {}", "1:4: expected the end of the file, found '{'"),
    ("{data 'x'}", "1:7: expected ':' after the name 'data', found '''"),
    ("{data: 'x' log: {}}", "1:12: expected ',' or '}' after the value of 'data', found 'l'"),
    ("{data: 'x',, log: {}}", "1:12: expected a name in quotes or '}', found ','"),
    ("{5: 1}", "1:2: expected a name in quotes or '}', found '5'"),
    ("{data: }", "1:8: expected a value, found '}'"),
    ("{data: \u{1}}", "1:8: expected a value, found the control character U+0001"),
    ("{data: yes}", "1:8: 'yes' is not a value; text stands in quotes"),
    ("{data: Infinity}", "1:8: expected a number with an end"),
    ("{data: \"x}\n", "1:8: the string has no end; close it with \" on the same line"),
    ("{data: 'x\n'}", "1:8: the string has no end; close it with ' on the same line"),
    ("{data: '\\u12'}", "1:9: the escape needs 4 hexadecimal digits"),
    ("{data: '\\ud800x'}", "1:9: half of a surrogate pair; characters above U+FFFF take two \\u escapes"),
    ("{data: '\\1'}", "1:9: '\\1' is not an escape; a backslash itself is '\\\\'"),
    ("{data: 010}", "1:8: '010' is not a number; text stands in quotes"),
    ("{data: 1.2.3}", "1:8: '1.2.3' is not a number; text stands in quotes"),
    ("{data: -}", "1:8: '-' is not a number; text stands in quotes"),
    ("{data: 1e999}", "1:8: the number is too large"),
    ("{data: 0xZ}", "1:8: '0xZ' is not a hexadecimal number of at most 63 bits"),
    ("{plugins: {p: {settings: {s: [1 2]}}}}", "1:33: expected ',' or ']' after a value of the list, found '2'"),
    ("{/* x", "1:2: the comment has no end; close it with '*/'"),
    ("{data: 'a', data: 'b'}", "1:13: the name 'data' stands here a second time, first at 1:2; keep one of the two"),
  ])
  func saysWhereTheTextIsWrong(text: String, message: String) {
    #expect(messages(text) == "plugins.json:\(message)")
  }

  @Test(arguments: [
    ("{lisen: '1:1'}", "1:2: unknown key 'lisen' in the configuration; did you mean 'listen'?"),
    (
      "{zzz: 1}",
      "1:2: unknown key 'zzz' in the configuration; "
        + "known are 'listen', 'data', 'log', 'cache', 'limit', 'plugins', 'providers'"
    ),
    ("{limit: 5}", "1:9: 'limit': expected an object, found a number"),
    ("{limit: {}}", "1:9: 'limit' has no 'perMinute'; add one, for example \"perMinute\": 600"),
    ("{limit: {perMinute: 0}}", "1:21: 'perMinute' of 'limit': expected a whole number from 1 to 1000000"),
    ("{cache: {diskByte: 5}}", "1:10: unknown key 'diskByte' in 'cache'; did you mean 'diskBytes'?"),
    (
      "{cache: {staleWhileRevalidate: -1}}",
      "1:32: 'staleWhileRevalidate' of 'cache': expected a whole number from 0 to 15552000"
    ), ("{cache: {warmUp: 1}}", "1:18: 'warmUp' of 'cache': expected true or false, found a number"),
    ("{cache: {diskBytes: 5}}", "1:21: 'diskBytes' of 'cache': expected a whole number from 1048576 to 17592186044416"),
    ("{data: null}", "1:8: 'data' of the configuration: expected a string, found null"),
    ("{data: ''}", "1:8: 'data' is empty; expected the path of a folder"),
    ("{data: '${GONE}'}", "1:8: the environment variable GONE is not set; set it or write the value here"),
    ("{data: 'a${'}", "1:8: '${' has no '}' after it; write '$${' for the characters themselves"),
    ("{data: '${a b}'}", "1:8: '${a b}' names no environment variable; expected letters, digits and '_'"),
    (
      "{listen: '8000'}",
      "1:10: '8000' is not an address to listen on: it has no port; "
        + "expected HOST:PORT, for example 127.0.0.1:8000 or [::1]:8000"
    ),
    (
      "{log: {level: 'warn'}}",
      "1:15: 'level' of 'log': 'warn' is not known; "
        + "known are 'debug', 'info', 'warning', 'error'"
    ),
    ("{log: {format: 'jsn'}}", "1:16: 'format' of 'log': 'jsn' is not known; did you mean 'json'?"),
    ("{log: []}", "1:7: 'log': expected an object, found a list"),
    ("{cache: {memoryBytes: -1}}", "1:23: 'memoryBytes' of 'cache': expected a whole number from 0 to 1099511627776"),
    ("{cache: {ttl: {movie: 1.5}}}", "1:23: 'movie' of 'ttl': expected a whole number from 0 to 15552000"),
    ("{cache: {ttl: {movie: '1'}}}", "1:23: 'movie' of 'ttl': expected a number, found a string"),
    ("{cache: {ttl: {movies: 1}}}", "1:16: unknown key 'movies' in 'ttl'; did you mean 'movie'?"),
    ("{plugins: []}", "1:11: 'plugins': expected an object, found a list"),
    (
      "{plugins: {TMDB: {}}}", "1:12: 'TMDB' is not a plugin id; expected at most 32 lower-case letters and digits"
    ),
    ("{plugins: {'': {}}}", "1:12: '' is not a plugin id; expected at most 32 lower-case letters and digits"),
    ("{plugins: {p: true}}", "1:15: plugin 'p': expected an object, found true"),
    ("{plugins: {p: {enabled: 'no'}}}", "1:25: 'enabled' of plugin 'p': expected true or false, found a string"),
    ("{plugins: {p: {library: ''}}}", "1:25: 'library' of plugin 'p' is empty; leave it out"),
    ("{plugins: {p: {setings: {}}}}", "1:16: unknown key 'setings' in plugin 'p'; did you mean 'settings'?"),
    ("{plugins: {p: {settings: 1}}}", "1:26: the settings of plugin 'p': expected an object, found a number"),
    (
      "{plugins: {p: {settings: {s: ['a', 1]}}}}",
      "1:36: setting 's': expected a string, a whole number, true, false or a list of strings, found a number"
    ),
    (
      "{plugins: {p: {settings: {s: {}}}}}",
      "1:30: setting 's': expected a string, a whole number, true, false or a list of strings, found an object"
    ),
    (
      "{plugins: {p: {rateLimit: {perSecond: 0}}}}",
      "1:39: 'perSecond' of the rate limit of plugin 'p': expected a number above 0 and up to 10000"
    ),
    (
      "{plugins: {p: {rateLimit: {perSecond: 1, burst: 0}}}}",
      "1:49: 'burst' of the rate limit of plugin 'p': expected a whole number from 1 to 10000"
    ),
    (
      "{plugins: {p: {rateLimit: {burst: 1}}}}",
      "1:27: the rate limit of plugin 'p' has no 'perSecond'; add one, for example \"perSecond\": 2"
    ),
  ])
  func saysWhichValueIsWrong(text: String, message: String) {
    #expect(messages(text) == "plugins.json:\(message)")
  }

  private static let rightProvider = [
    "server": "'plex'", "path": "'/tv'", "kind": "'show'", "title": "'TV'",
    "identifier": "'tv.plex.agents.custom.a'", "sources": "['tvmaze']",
  ]

  /// A provider on line 2 with one member in another way, that one alone on line 3; nil leaves it out.
  private func provider(_ key: String, _ json: String?) -> String {
    let others = Self.rightProvider.filter { $0.key != key }.sorted { $0.key < $1.key }
    let text = others.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    return "{providers: {\ntv: { \(text),\n\(json.map { "\(key): \($0)" } ?? "")\n}}}"
  }

  @Test(arguments: [
    ("server", "'plx'", "3:9: 'server' of provider 'tv': there is no plugin 'plx'; did you mean 'plex'?"),
    ("server", nil, "2:5: provider 'tv' has no 'server'; add one, for example \"server\": \"plex\""),
    ("sources", nil, "2:5: provider 'tv' has no 'sources'; add one, for example \"sources\": [\"tvmaze\"]"),
    ("kind", nil, "2:5: provider 'tv' has no 'kind'; add one, for example \"kind\": \"show\""),
    ("kind", "'tv'", "3:7: 'kind' of provider 'tv': 'tv' is not known; known are 'movie', 'show'"),
    ("kind", "'shows'", "3:7: 'kind' of provider 'tv': 'shows' is not known; did you mean 'show'?"),
    ("title", "''", "3:8: 'title' of provider 'tv' is empty; expected a name"),
    ("sources", "[]", "3:10: 'sources' of provider 'tv' is empty; expected at least one plugin id"),
    ("sources", "'tvmaze'", "3:10: 'sources' of provider 'tv': expected a list of strings, found a string"),
    ("sources", "[5]", "3:11: 'sources' of provider 'tv': expected a string, found a number"),
    ("sources", "['tvmase']", "3:11: 'sources' of provider 'tv': there is no plugin 'tvmase'; did you mean 'tvmaze'?"),
    ("sources", "['other']", "3:11: 'sources' of provider 'tv': there is no plugin 'other'; add it to 'plugins'"),
    ("sources", "['tmdb', 'tmdb']", "3:19: 'sources' of provider 'tv': 'tmdb' stands here twice; keep one"),
    ("adult", "1", "3:8: 'adult' of provider 'tv': expected true or false, found a number"),
    (
      "weather", "1",
      "3:1: unknown key 'weather' in provider 'tv'; known are 'server', 'path', 'kind', 'title', "
        + "'identifier', 'sources', 'adult', 'enabled', 'mediaFolders', 'limit', 'secret', "
        + "'quality', 'fields', 'languages', 'images', 'order'"
    ),
  ])
  func saysWhatIsWrongWithAProvider(key: String, json: String?, message: String) {
    #expect(messages(provider(key, json)) == "plugins.json:\(message)")
  }

  @Test(arguments: ["''", "'tv'", "'/'", "'/tv/'", "'//tv'", "'/a//b'", "'/tü'", "'/a b'", "'/a%20b'", "'/a?b'"])
  func refusesPathsOfAnotherForm(path: String) {
    let expected =
      "plugins.json:3:7: 'path' of provider 'tv': \(path) has another form; expected a slash and letters, digits, "
      + "'_' and '-', without a slash at the end, for example /tv"
    #expect(messages(provider("path", path)) == expected)
  }

  @Test(arguments: [("'/health'", "health"), ("'/health/live'", "health"), ("'/metrics'", "metrics")])
  func refusesPathsOfTheHost(path: String, first: String) {
    #expect(
      messages(provider("path", path))
        == "plugins.json:3:7: 'path' of provider 'tv': the host itself answers below /\(first); choose another one")
  }

  @Test(arguments: [
    "'usher.tv'", "'tv.plex.agents.custom.'", "'tv.plex.agents.custom.a.'", "'tv.plex.agents.custom.a-b'",
    "'tv.plex.agents.custom.a b'", "'xtv.plex.agents.custom.a'", "'tv.plex.agents.custom.é'",
  ])
  func refusesIdentifiersOfAnotherForm(identifier: String) {
    let expected =
      "plugins.json:3:13: 'identifier' of provider 'tv': \(identifier) has another form; "
      + "expected tv.plex.agents.custom. and letters, digits and dots, without a dot at the end"
    #expect(messages(provider("identifier", identifier)) == expected)
  }

  private func twoProviders(_ first: String, _ second: String, identifier: String = "b") -> String {
    let common = "server: 'plex', kind: 'show', title: 'T', sources: ['tvmaze']"
    return """
      {providers: {
      a: {path: '\(first)', identifier: 'tv.plex.agents.custom.a', \(common)},
      b: {path: '\(second)', identifier: 'tv.plex.agents.custom.\(identifier)', \(common)}}}
      """
  }

  @Test(arguments: [("/tv", "/tv"), ("/tv", "/tv/adult"), ("/tv/adult", "/tv"), ("/a/b", "/a/b/c/d")])
  func refusesProvidersInEachOthersWay(first: String, second: String) {
    #expect(
      messages(twoProviders(first, second))
        == "plugins.json:3:11: 'path' of provider 'b': '\(second)' meets '\(first)' of provider 'a'; "
        + "no path may be or lie below another")
  }

  @Test func repeatsNoVariableOfAPath() {
    let text = twoProviders("/${KEY}", "/${KEY}/b")
    guard
      case .failure(let errors) = ConfigurationReader.read(
        Array(text.utf8), path: "plugins.json", environment: ["KEY": "of-a-key"])
    else {
      Issue.record("accepted")
      return
    }
    #expect(errors.description.contains("'/${KEY}/b' meets '/${KEY}' of provider 'a'"))
    #expect(!errors.description.contains("of-a-key"))
  }

  @Test(arguments: [("/tv", "/tvs"), ("/tv/a", "/tv/b"), ("/tv", "/TV"), ("/healthy", "/metric")])
  func acceptsProvidersBesideEachOther(first: String, second: String) {
    #expect(messages(twoProviders(first, second)) == "")
  }

  @Test func refusesTwoProvidersWithOneIdentifier() {
    #expect(
      messages(twoProviders("/a", "/b", identifier: "a"))
        == "plugins.json:3:29: 'identifier' of provider 'b': provider 'a' has the same one; each needs its own")
  }

  @Test func refusesNamesThatFitNoCommandLine() {
    let found = messages("{providers: {'my tv': {}}}")
    #expect(
      found.hasPrefix(
        "plugins.json:1:14: 'my tv' is not a name for a provider; expected letters, digits, '_' and '-', at most 64\n"))
  }
}
