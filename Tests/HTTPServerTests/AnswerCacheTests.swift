import HTTPServer
import Support
import Testing

@Suite("A ready answer")
struct AnswerCacheTests {
  private let calls = Counter()

  /// Answers with the number of the call.
  private func counting(freshFor: Int = 60, status: Int = 200) -> @Sendable (Exchange) -> Void {
    let calls = calls
    return { exchange in
      calls.add()
      var response = Response.json(status, "\(calls.value)")
      response.headers.append(("X-From", "handler"))
      response.freshFor = freshFor
      exchange.respond(response)
    }
  }

  @Test("is given again without the handler, each time with an id of its own")
  func hit() throws {
    try withServer(handler: counting()) { server throws in
      let client = try RawClient(port: server.port)
      var ids: Set<String> = []
      for _ in 0..<3 {
        client.request("GET", "/a?b=c")
        let answer = try client.answer()
        #expect(answer.body == "1")
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.headers["x-from"] == "handler")
        ids.insert(answer.headers["x-request-id"] ?? "")
      }
      #expect(ids.count == 3)
      client.request("GET", "/a?b=c", headers: ["X-Request-Id: mine"])
      #expect(try client.answer().headers["x-request-id"] == "mine")
      #expect(calls.value == 1)
      #expect(server.statistics.cacheHits == 3)
      #expect(server.statistics.cacheMisses == 1)
      #expect(server.statistics.cacheEntries == 1)
      #expect(server.statistics.cacheBytes > 0)
    }
  }

  @Test("of GET answers HEAD, and what HEAD got is not kept")
  func head() throws {
    try withServer(handler: counting()) { server throws in
      let client = try RawClient(port: server.port)
      for (method, number) in [("HEAD", 1), ("GET", 2), ("HEAD", 2), ("GET", 2)] {
        client.request(method, "/a")
        let answer = try client.answer(toHead: method == "HEAD")
        #expect(answer.headers["content-length"] == "1")
        #expect(method == "HEAD" || answer.body == "2")
        #expect(calls.value == number)
      }
    }
  }

  @Test("is not shared by requests that differ")
  func differing() throws {
    var options = ServerOptions.tested
    options.cacheKeyHeaders = ["X-Language", "x-country"]
    let requests: [(String, String, [String], String?)] = [
      ("GET", "/a", [], nil), ("GET", "/A", [], nil), ("GET", "/a?", [], nil), ("GET", "/a%20", [], nil),
      ("GET", "/a", ["X-Language: en"], nil), ("GET", "/a", ["X-Language: de"], nil),
      ("GET", "/a", ["X-Country: en"], nil), ("GET", "/a", ["X-Language: en", "X-Country: us"], nil),
      ("GET", "/a", ["X-Language: en", "X-Language: de"], nil), ("GET", "/a", ["X-Language: "], nil),
      ("POST", "/a", [], ""), ("POST", "/a", [], "1"), ("POST", "/a", [], "2"),
      ("POST", "/a", ["X-Language: en"], "1"), ("PUT", "/a", [], "1"),
    ]
    try withServer(options, handler: counting()) { server throws in
      let client = try RawClient(port: server.port)
      for _ in 0..<2 {
        for (index, request) in requests.enumerated() {
          client.request(request.0, request.1, headers: request.2, body: request.3)
          #expect(try client.answer().body == "\(index + 1)", "\(request)")
        }
      }
      client.request("GET", "/a", headers: ["x-LANGUAGE: en", "X-Other: 1"])
      #expect(try client.answer().body == "5")
    }
  }

  @Test("is gone when its time is over")
  func expiry() throws {
    let time = ManualTime()
    try withServer(time: time, handler: counting(freshFor: 10)) { server throws in
      let client = try RawClient(port: server.port)
      for (advance, body) in [(0, "1"), (9999, "1"), (1, "2"), (9999, "2"), (5000, "3")] {
        time.advance(milliseconds: Int64(advance))
        client.request("GET", "/a")
        #expect(try client.answer().body == body)
      }
      #expect(server.statistics.cacheHits == 2)
      #expect(server.statistics.cacheMisses == 3)
    }
  }

  @Test("is kept only for status 200 and a time", arguments: [(200, 0), (200, -1), (404, 60), (206, 60), (500, 60)])
  func notKept(status: Int, freshFor: Int) throws {
    try withServer(handler: counting(freshFor: freshFor, status: status)) { server throws in
      for _ in 0..<2 {
        #expect(try ask(server.port, "GET", "/a").status == status)
      }
      #expect(calls.value == 2)
      #expect(server.statistics.cacheEntries == 0)
    }
  }

  @Test("is not kept when everything was forgotten while it was made")
  func forgotten() throws {
    let kept = Kept()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let client = try RawClient(port: server.port)
      for body in ["1", "2"] {
        client.request("GET", "/a")
        let exchange = try #require(kept.next())
        server.forgetCached()
        exchange.respond(Response(body: Array(body.utf8), freshFor: 60))
        #expect(try client.answer().body == body)
      }
      client.request("GET", "/a")
      let exchange = try #require(kept.next())
      exchange.respond(Response(body: Array("3".utf8), freshFor: 60))
      #expect(try client.answer().body == "3")
      client.request("GET", "/a")
      #expect(try client.answer().body == "3")
      server.forgetCached()
      #expect(server.statistics.cacheEntries == 0)
    }
  }

  @Test("counts in the series it was given with")
  func series() throws {
    let count = Counter()
    let seconds = Histogram()
    let series = RequestSeries(count: count, seconds: seconds)
    let handler: @Sendable (Exchange) -> Void = {
      $0.respond(Response(body: [0x7B, 0x7D], freshFor: 60), series: series)
    }
    try withServer(handler: handler) { server throws in
      for _ in 0..<4 { _ = try ask(server.port, "GET", "/a") }
      #expect(count.value == 4)
      #expect(seconds.snapshot.cumulative.last == 4)
    }
  }
}
