import Testing
import Transport

@testable import Fetching

@Suite struct CachedResponseTests {
  @Test func comesBackFromItsBytes() throws {
    let headers = [("content-type", "application/json"), ("x-empty", ""), ("x-colon", "a: b")]
    let body: [UInt8] = Array("{}\n\n".utf8) + [0, 255]
    let kept = CachedResponse(
      ClientResponse(status: 404, headers: headers, body: body), url: "https://example.org/a", storedAt: 5)
    let back = try #require(CachedResponse(decoding: kept.encoded, storedAt: 6))
    #expect(back.url == kept.url)
    #expect(back.status == 404)
    #expect(back.headers.map { "\($0.name)=\($0.value)" } == headers.map { "\($0.0)=\($0.1)" })
    #expect(back.body == body)
    #expect(back.storedAt == 6)
  }

  @Test func leavesCookiesBehind() {
    let response = ClientResponse(status: 200, headers: [("set-cookie", "a=secret"), ("etag", "1")], body: [1])
    #expect(CachedResponse(response, url: "u", storedAt: 0).headers.map(\.name) == ["etag"])
  }

  @Test(arguments: [
    "", "\n\n", "usher-response 1\nurl\n200", "usher-response 1\nurl\n\n", "usher-response 2\nurl\n200\n\n{}",
    "usher-response 1\nurl\nmany\n\n{}", "usher-response 1\nurl\n200\nno colon\n\n{}", "{\"json\":\n\n1}",
  ])
  func refusesOtherBytes(text: String) {
    #expect(CachedResponse(decoding: Array(text.utf8), storedAt: 0) == nil)
  }
}
