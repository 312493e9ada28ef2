import Testing

@testable import Fetching
@testable import Transport

@Suite struct RetryPolicyTests {
  private static let policy = RetryPolicy { $0 }

  @Test(arguments: [
    (200, false), (301, false), (400, false), (401, false), (403, false), (404, false), (408, false), (422, false),
    (429, true), (500, true), (501, false), (502, true), (503, true), (504, true),
  ])
  func retriesByStatus(status: Int, retries: Bool) {
    #expect(Self.policy.mayRetry(.success(ClientResponse(status: status)), method: "GET", retries: 0) == retries)
    #expect(!Self.policy.mayRetry(.success(ClientResponse(status: status)), method: "GET", retries: 2))
    #expect(!Self.policy.mayRetry(.success(ClientResponse(status: status)), method: "POST", retries: 0))
  }

  @Test(arguments: [
    (FetchError.timedOut(url: "u"), true), (.connection(url: "u", reason: "reset"), true),
    (.cancelled(url: "u"), false),
    (.unresolved(url: "u"), false), (.untrusted(url: "u", reason: ""), false), (.tooLarge(url: "u", limit: 1), false),
    (.overloaded(source: "demo", reason: ""), false),
  ])
  func retriesByError(error: FetchError, retries: Bool) {
    #expect(Self.policy.mayRetry(.failure(error), method: "HEAD", retries: 1) == retries)
  }

  @Test func waitsLongerEachTime() {
    #expect((0..<2).map { Self.policy.backoffMilliseconds(retries: $0) } == [400, 800])
  }

  /// 1994-11-06T08:49:37Z, as in RFC 9110.
  private static let date: Int64 = 784_111_777_000

  @Test(
    arguments: [
      (429, "3", 3000), (503, "3", 3000), (500, "3", nil), (429, nil, nil), (429, "0", nil), (429, "-5", nil),
      (429, "99999999999", 3_600_000), (429, "soon", nil), (429, "", nil),
      (429, "Sun, 06 Nov 1994 08:49:37 GMT", 7000), (429, "Sunday, 06-Nov-94 08:49:37 GMT", 7000),
      (429, "Sun, 06 Nov 1994 08:49:29 GMT", nil), (429, "Sun, 06 Nov 2094 08:49:37 GMT", 3_600_000),
    ] as [(Int, String?, Int64?)])
  func readsRetryAfter(status: Int, value: String?, pause: Int64?) {
    let response = ClientResponse(status: status, headers: value.map { [("retry-after", $0)] } ?? [])
    #expect(RetryPolicy.pauseMilliseconds(after: response, wallMilliseconds: Self.date - 7000) == pause)
  }
}

@Suite struct ResponseHeadTests {
  @Test func keepsTheFinalHeadAndNoTrailers() {
    var head = ResponseHead()
    for line in [
      "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "X-Space :  a b \r\n",
      "no field\r\n", "X-Colon: a:b\r\n", "\r\n", "X-Trailer: late\r\n",
    ] {
      let isTaken = Array(line.utf8).withUnsafeBytes { head.append($0, limit: 1000) }
      #expect(isTaken)
    }
    #expect(head.fields.map { "\($0.name)=\($0.value)" } == ["x-space=a b", "x-colon=a:b"])
    let isTaken = [UInt8](repeating: 1, count: 1000).withUnsafeBytes { head.append($0, limit: 1000) }
    #expect(!isTaken)
    #expect(head.isTooLarge)
  }
}
