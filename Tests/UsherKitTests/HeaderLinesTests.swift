import Testing

@testable import UsherKit

@Suite struct HeaderLinesTests {
  @Test(arguments: [
    ("", []), ("A: b\n", ["A=b"]), ("A: b", ["A=b"]), ("A:b\r\nC :\t d \n", ["A=b", "C=d"]),
    ("nonsense\n: nameless\n\n\n:\nA:\n", ["A="]), ("A: b: c\n", ["A=b: c"]), ("A: \u{FF}\n", ["A=\u{FF}"]),
  ] as [(String, [String])])
  func linesAreReadAndNonsenseIsSkipped(_ text: String, _ expected: [String]) {
    #expect(HeaderLines.parse(Array(text.utf8)).map { "\($0.name)=\($0.value)" } == expected)
  }

  @Test func bytesThatAreNoTextAreReplaced() {
    #expect(HeaderLines.parse([0x41, 0x3A, 0xFF, 0x0A]).first?.value == "\u{FFFD}")
  }

  @Test func namesComeInLowerCaseAndRepeatedOnesTogether() {
    let headers = HeaderLines.dictionary(Array("Link: <a>\nETag: x\nLINK: <b>\n".utf8))
    #expect(headers == ["link": "<a>, <b>", "etag": "x"])
  }

  @Test func aFloodOfHeadersIsReadInTime() {
    let flood = Array(String(repeating: "a: b\n", count: 200_000).utf8)
    #expect(HeaderLines.dictionary(flood)["a"]?.utf8.count == 200_000 * 3 - 2)
  }
}
