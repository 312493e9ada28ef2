import Support
import Testing

@testable import HTTPServer

@Suite("A response")
struct ResponseTests {
  @Test("for an error is JSON whatever the message holds")
  func error() {
    let response = Response.error(status: 404, code: "not_found", message: "no \"x\\y\"\n\u{1} é")
    #expect(response.status == 404)
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == #"{"error":{"code":"not_found","message":"no \"x\\y\"\n\u0001 é"}}"#)
  }

  @Test("has JSON as its type when it names none, and loses headers that HTTP does not allow")
  func headers() throws {
    let response = Response(
      headers: [
        ("X-Good", "a b"), ("X-Bad", "a\r\nX-Evil: 1"), ("X Bad", "1"), ("", "1"), ("X-Zero", "a\u{0}b"),
        ("Content-Length", "99"), ("Transfer-Encoding", "chunked"), ("X-Request-Id", "other"), ("X:Bad", "1"),
      ], body: Array("{}".utf8))
    try withServer(handler: { $0.respond(response) }) { server throws in
      let answer = try ask(server.port, "GET", "/", headers: ["X-Request-Id: mine"])
      #expect(answer.body == "{}")
      #expect(
        answer.headers.filter { $0.key != "date" } == [
          "x-good": "a b", "content-type": "application/json", "content-length": "2", "x-request-id": "mine",
        ])
    }
  }

  @Test("with a status that cannot be sent becomes 500", arguments: [-1, 0, 99, 101, 600, 1 << 40])
  func status(status: Int) throws {
    try withServer(handler: { $0.respond(Response(status: status)) }) { server throws in
      #expect(try ask(server.port, "GET", "/").status == 500)
    }
  }

  @Test("may be empty or large", arguments: [0, 1, 100_000, 5_000_000])
  func size(count: Int) throws {
    let body = [UInt8](repeating: 0x61, count: count)
    try withServer(handler: { $0.respond(Response(body: body, freshFor: 60)) }) { server throws in
      for _ in 0..<2 { #expect(try ask(server.port, "GET", "/").body.utf8.count == count) }
    }
  }

  @Test("without content has no body", arguments: [204, 304])
  func noContent(status: Int) throws {
    try withServer(handler: { $0.respond(Response(status: status)) }) { server throws in
      let client = try RawClient(port: server.port)
      for _ in 0..<2 {
        client.request("GET", "/")
        #expect(try client.answer().status == status)
      }
    }
  }
}
