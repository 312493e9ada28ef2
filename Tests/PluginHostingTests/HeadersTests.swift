import Testing

@testable import PluginCalls

struct HeadersTests {
  @Test func linesAreReadAndWritten() throws {
    let headers = try Headers.read(Array("A: b\nX-Y:  c: d\n\nE:\n".utf8))
    #expect(headers.map { "\($0.name)=\($0.value)" } == ["A=b", "X-Y=c: d", "E="])
    #expect(String(decoding: Headers.write([("A", "b\r\nC: d")]), as: UTF8.self) == "A: b  C: d\n")
  }

  @Test("What is no header line is refused", arguments: ["no colon", ": value", "a b: c", "A: b\rC: d", "A: \u{0}"])
  func refused(_ line: String) {
    #expect(throws: (any Error).self) { try Headers.read(Array(line.utf8)) }
  }
}
