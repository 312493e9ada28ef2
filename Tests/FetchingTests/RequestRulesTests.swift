import Support
import Testing
import Transport

@testable import Fetching

@Suite struct RequestRulesTests {
  private static func headers(
    _ headers: [(name: String, value: String)], method: String = "GET", body: [UInt8] = []
  ) throws -> [(name: String, value: String)] {
    let url = "https://example.org/a?key=secret"
    let request = FetchRequest(
      source: "demo", method: method, url: url, headers: headers, body: body, deadline: .init(monotonicNanoseconds: 1))
    return try RequestRules.headers(of: request, url: try FetchURL(url), userAgent: "usher/test")
  }

  @Test func namesTheProgramUnlessTheSourceDoes() throws {
    #expect(try Self.headers([]).map { "\($0.name): \($0.value)" } == ["User-Agent: usher/test"])
    #expect(try Self.headers([("user-agent", "mine")]).map { "\($0.name): \($0.value)" } == ["user-agent: mine"])
  }

  @Test func leavesTheEncodingToTheClient() throws {
    #expect(try Self.headers([("Accept-Encoding", "br"), ("Accept", "*/*")]).map(\.name) == ["Accept", "User-Agent"])
  }

  @Test(arguments: [
    ("X-A", "1\r\nX-Injected: 2"), ("X-A", "1\n"), ("X-A", "a\u{0}b"), ("X-A", "\u{7F}"), ("X-A\r\nX-B", "1"),
    ("X A", "1"), ("", "1"), ("X-A:", "1"), ("Ä", "1"), ("Host", "evil.org"), ("content-length", "5"),
    ("Transfer-Encoding", "chunked"), ("Connection", "close"), ("X-A", String(repeating: "a", count: 70_000)),
  ])
  func refusesHeaders(name: String, value: String) {
    let error = #expect(throws: FetchError.self) { try Self.headers([(name, value)]) }
    guard case .badRequest(let url, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(url == "https://example.org/a")
    #expect(error.map { !"\($0)".contains("\n") && !"\($0)".contains("secret") } == true)
  }

  @Test(arguments: ["", "get", "CONNECT", "TRACE", "GET / HTTP/1.1\r\nX: 1"])
  func refusesMethods(method: String) {
    #expect(throws: FetchError.self) { try Self.headers([], method: method) }
  }

  @Test func refusesABodyWhereThereIsNone() throws {
    #expect(throws: FetchError.self) { try Self.headers([], method: "GET", body: [1]) }
    #expect(try Self.headers([], method: "POST", body: [1]).count == 1)
  }
}
