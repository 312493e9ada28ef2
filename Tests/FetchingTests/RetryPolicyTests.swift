import Testing

@testable import Limits
@testable import Transport

@Suite struct RetryPolicyTests {
  private static let policy = RetryPolicy { $0 }

  @Test(arguments: [
    (200, false), (301, false), (400, false), (401, false), (403, false), (404, false), (408, false), (422, false),
    (429, true), (500, true), (501, false), (502, true), (503, true), (504, true), (505, false), (520, true),
    (599, true),
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
      (429, "4", 4000), (503, "4", 4000), (500, "4", nil), (429, nil, 3000), (429, "0", 3000), (429, "-5", 3000),
      (503, nil, nil), (503, "soon", nil),
      (429, "99999999999", 3_600_000), (429, "soon", 3000), (429, "", 3000),
      (429, "Sun, 06 Nov 1994 08:49:37 GMT", 7000), (429, "Sunday, 06-Nov-94 08:49:37 GMT", 7000),
      (429, "Sun, 06 Nov 1994 08:49:29 GMT", 3000), (429, "Sun, 06 Nov 2094 08:49:37 GMT", 3_600_000),
    ] as [(Int, String?, Int64?)])
  func readsRetryAfter(status: Int, value: String?, pause: Int64?) {
    let response = ClientResponse(status: status, headers: value.map { [("retry-after", $0)] } ?? [])
    let read = Self.policy.pauseMilliseconds(after: response, strikes: 0, wallMilliseconds: Self.date - 7000)
    #expect(read == pause)
  }

  @Test func waitsLongerWithEachRefusalThatDoesNotSayForHowLong() {
    let policy = RetryPolicy { _ in 0 }
    let pauses = (0..<8).map {
      policy.pauseMilliseconds(after: ClientResponse(status: 429), strikes: $0, wallMilliseconds: 0) ?? 0
    }
    #expect(pauses == [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  }

  @Test(
    arguments: [
      (0, 10_000, 6000), (6000, 10_000, 4000), (7500, 10_000, 2500), (7501, 10_000, nil), (20_000, 10_000, nil),
      (0, 100, 60), (75, 100, 25), (76, 100, nil),
    ] as [(Int64, Int64, Int64?)])
  func triesShareTheTimeForSilence(spent: Int64, budget: Int64, silence: Int64?) {
    #expect(RetryPolicy.silenceMilliseconds(spent: spent, budget: budget) == silence)
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
