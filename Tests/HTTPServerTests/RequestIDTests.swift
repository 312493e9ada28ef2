import HTTPServer
import Support
import Testing

@Suite("A request id")
struct RequestIDTests {
  @Test(
    "is the caller's when it is visible ASCII of 1 to 128 bytes",
    arguments: ["a", "7b9e-4f", "~!\"#$%&'()<>", String(repeating: "x", count: 128)])
  func echoed(id: String) throws {
    let answer = try answer("X-Request-Id: \(id)")
    #expect(answer.headers["x-request-id"] == id)
    #expect(answer.body == id)
  }

  @Test(
    "is a new one when the caller's is missing or hostile",
    arguments: ["", "a b", "é", "a\u{7F}", "a\tb", String(repeating: "x", count: 129)])
  func replaced(id: String) throws {
    let answer = try answer("x-request-ID: \(id)")
    let made = answer.headers["x-request-id"] ?? ""
    #expect(made != id)
    #expect(made.utf8.count == 21)
    #expect(made.utf8.allSatisfy { "0123456789abcdef-".utf8.contains($0) })
    #expect(answer.body == made)
  }

  @Test("differs from request to request and from connection to connection")
  func unique() throws {
    try withServer(handler: { $0.respond(.json(200, "")) }) { server throws in
      var ids: Set<String> = []
      for _ in 0..<5 {
        let client = try RawClient(port: server.port)
        for _ in 0..<5 {
          client.request("GET", "/")
          ids.insert(try client.answer().headers["x-request-id"] ?? "")
        }
      }
      #expect(ids.count == 25)
    }
  }

  private func answer(_ header: String) throws -> Answer {
    try withServer(handler: { $0.respond(.json(200, $0.request.requestID)) }) { server throws in
      try ask(server.port, "GET", "/", headers: [header])
    }
  }
}
