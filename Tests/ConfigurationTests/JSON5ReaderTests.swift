@testable import ConfigurationText
import MetadataModel
import Testing

@testable import Configuration

@Suite struct JSON5ReaderTests {
  /// The value of a setting written as `json`.
  private func setting(_ json: String) throws -> SettingValue? {
    try read("{plugins: {p: {settings: {s: \(json)}}}}").get().plugins.first?.settings["s"]
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("+7", 7), ("-12", -12), ("0x1F", 31), ("0XfF", 255), ("-0x10", -16),
    ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
  ])
  func readsIntegers(json: String, value: Int) throws { #expect(try setting(json) == .integer(value)) }

  @Test(arguments: [("1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e2", 100), ("+1.5E-1", 0.15), ("0.25", 0.25)])
  func readsNumbers(json: String, value: Double) throws {
    let text = "{plugins: {p: {rateLimit: {perSecond: \(json)}}}}"
    #expect(try read(text).get().plugins.first?.rateLimit?.perSecond == value)
  }

  @Test(arguments: [
    (#""plain""#, "plain"), (#"'single "double" inside'"#, "single \"double\" inside"),
    (#""it's""#, "it's"), (#""\"\\\/\b\f\n\r\t\v""#, "\"\\/\u{8}\u{C}\n\r\t\u{B}"), (#"'\'\x41\u00e9\0'"#, "'Aé\0"),
    (#""\ud83c\udfac""#, "🎬"), ("\"🎬 ü\"", "🎬 ü"), ("'one \\\ntwo'", "one two"), ("'one \\\r\ntwo'", "one two"),
    (#"'\q'"#, "q"), (#""""#, ""), ("'a\tb'", "a\tb"),
  ])
  func readsStrings(json: String, value: String) throws { #expect(try setting(json) == .string(value)) }

  @Test(arguments: [
    "{data: 'x'}", "{'data': \"x\"}", "{\"data\": 'x',}", "// c\n{data: 'x'} // c", "/* c\n * / */{/**/data/*c*/:'x'}",
    "\u{FEFF}{data: 'x'}", "\r\n\t\u{A0}\u{2028}{ data : 'x' , }\u{0C}",
  ])
  func toleratesWhatPeopleWrite(text: String) throws { #expect(try read(text).get().data == "x") }

  @Test(arguments: [
    ("{\r\n  x: 1}", "2:3"), ("{\r  x: 1}", "2:3"), ("{\n\n x: 1}", "3:2"), ("{data: '🎬é', x: 1}", "1:14"),
    ("\u{FEFF}{x: 1}", "1:2"), ("{\t\tx: 1}", "1:4"), ("{/* a\n b */ x: 1}", "2:7"), ("{data: 'a\\\nb', x: 1}", "2:5"),
  ])
  func countsLinesAndColumns(text: String, position: String) {
    #expect(messages(text).hasPrefix("plugins.json:\(position): unknown key 'x'"), "\(messages(text))")
  }

  @Test func readsNestingUpToTheLimit() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(messages(nested(64)) == "plugins.json:1:1: the configuration: expected an object, found a list")
    #expect(
      messages(nested(65))
        == "plugins.json:1:65: values are nested deeper than 64 levels; a configuration needs five")
    #expect(messages(String(repeating: "[", count: 1 << 19)).contains("1:65"))
  }

  @Test func listsAHundredMistakesAtMost() {
    let entries = (0..<20_000).map { "\"tmbd\($0)\": \($0)" }.joined(separator: ", ")
    let lines = messages("{\(entries)}").split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.first == "plugins.json: more than 100 mistakes; here are some of them")
  }

  @Test func readsALargeFileInOneLineQuickly() throws {
    let entries = (0..<20_000).map { "\"s\($0)\": \($0)" }.joined(separator: ", ")
    let found = try read("{\"plugins\": {\"p\": {\"settings\": {\(entries)}}}}").get()
    #expect(found.plugins.first?.settings.count == 20_000)
  }

  @Test(arguments: [
    ([0x7B, 0x0A, 0x20, 0xFF, 0x7D], "2:2"), ([0xC3], "1:1"), ([0x7B, 0xED, 0xA0, 0x80], "1:2"),
    ([0xEF, 0xBB, 0xBF, 0x7B, 0x80], "1:2"),
  ])
  func namesThePlaceOfBytesThatAreNoText(bytes: [UInt8], position: String) {
    let error = #expect(throws: ConfigurationErrors.self) {
      try ConfigurationReader.read(bytes, path: "p", environment: [:]).get()
    }
    #expect(error?.description == "p:\(position): these bytes are not UTF-8; save the file as UTF-8")
  }
}
