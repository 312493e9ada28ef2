import HTTPServer
import Support
import Testing

@Suite("A connection")
struct ConnectionTests {
  @Test("serves one request after another")
  func keepAlive() throws {
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      for target in ["/first", "/second?x=%2F"] {
        client.request("GET", target)
        let answer = try client.answer()
        #expect(answer.status == 200)
        #expect(answer.body == "GET \(target) ")
        #expect(answer.headers["content-type"] == "text/plain")
      }
    }
  }

  @Test("answers requests that were sent without waiting, in their order")
  func pipelined() throws {
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send(
        (1...5).map { "POST /\($0) HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nb\($0)" }.joined())
      for number in 1...5 {
        #expect(try client.answer().body == "POST /\(number) b\(number)")
      }
    }
  }

  @Test("gives HEAD the length of GET and no body")
  func head() throws {
    try withServer(handler: { $0.respond(.json(200, "{\"a\":1}")) }) { server throws in
      let client = try RawClient(port: server.port)
      client.request("HEAD", "/")
      let answer = try client.answer(toHead: true)
      #expect(answer.status == 200)
      #expect(answer.headers["content-length"] == "7")
      client.request("GET", "/")
      #expect(try client.answer().body == "{\"a\":1}")
    }
  }

  @Test("takes a body in chunks")
  func chunked() throws {
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST /c HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
      client.send("2\r\nde\r\n0\r\n\r\n")
      #expect(try client.answer().body == "POST /c abcde")
      client.request("GET", "/next")
      #expect(try client.answer().body == "GET /next ")
    }
  }

  @Test("takes a body at the limit, refuses one byte more and lives on", arguments: [true, false])
  func bodyLimit(chunked: Bool) throws {
    var options = ServerOptions.tested
    options.bodyLimit = 1000
    try withServer(options, handler: { $0.respond(.json(200, "\($0.request.body.count)")) }) { server throws in
      let client = try RawClient(port: server.port)
      for (count, status) in [(1000, 200), (1001, 413), (50_000, 413), (1000, 200)] {
        let body = String(repeating: "x", count: count)
        if chunked {
          client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n")
          client.send("\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
        } else {
          client.request("POST", "/", body: body)
        }
        let answer = try client.answer()
        #expect(answer.status == status)
        #expect(answer.body == (status == 200 ? "1000" : Self.error("body_too_long", "the request body is too long")))
      }
    }
  }

  @Test("refuses an endless body without reading it to its end", arguments: [true, false])
  func endlessBody(chunked: Bool) throws {
    var options = ServerOptions.tested
    options.bodyLimit = 1000
    try withServer(options, handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      let length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 1000000000000"
      client.send("POST / HTTP/1.1\r\nHost: t\r\n\(length)\r\n\r\n")
      let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
      var rounds = 0
      while rounds < 1000, !client.isReadable(milliseconds: 0), client.send(chunk) { rounds += 1 }
      #expect(rounds < 1000)
      #expect(try client.answer().status == 413)
      #expect(client.isClosed())
    }
  }

  @Test("refuses a long body before it is sent when the client asks first")
  func expectContinue() throws {
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n")
      #expect(try client.answer().status == 413)
    }
  }

  @Test("takes a target at the limit and refuses one byte more")
  func targetLimit() throws {
    try withServer(handler: { $0.respond(.json(200, "\($0.request.target.utf8.count)")) }) { server throws in
      let client = try RawClient(port: server.port)
      for (count, status) in [(8192, 200), (8193, 414), (10_000, 414), (8192, 200)] {
        client.request("GET", "/" + String(repeating: "a", count: count - 1), headers: ["Accept: application/json"])
        let answer = try client.answer()
        #expect(answer.status == status)
        #expect(answer.headers["x-request-id"] != nil)
        if status == 414 { #expect(answer.body.contains("target_too_long")) }
      }
    }
  }

  @Test(
    "hands over the common methods and refuses the others",
    arguments: [
      ("GET", 200), ("POST", 200), ("PUT", 200), ("DELETE", 200), ("PATCH", 200), ("OPTIONS", 405), ("TRACE", 405),
      ("BREW", 501), ("get", 501),
    ])
  func methods(method: String, status: Int) throws {
    let counted = RequestSeries(count: Counter(), seconds: Histogram())
    let count = Counter()
    let observer: Server.Observer = { status in
      if status >= 400 { count.add() }
      return counted
    }
    try withServer(observer: observer, handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      for _ in 0..<2 {
        client.request(method, "/m", body: "x")
        let answer = try client.answer()
        #expect(answer.status == status)
        #expect(answer.headers["x-request-id"]?.isEmpty == false)
        if status != 200 { #expect(answer.headers["allow"] == "GET, POST, HEAD, PUT, DELETE, PATCH") }
      }
      #expect(count.value == (status == 200 ? 0 : 2))
    }
  }

  @Test("survives bytes that are no request")
  func garbage() throws {
    try withServer(handler: echo) { server throws in
      let hostile: [[UInt8]] = [
        (0...255).map { UInt8($0) } + Array("\r\n\r\n".utf8), Array("\r\n\r\n\r\n\r\n".utf8),
        Array("GET\r\n\r\n".utf8), Array("GET / HTTP/9.9\r\n\r\n".utf8), [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3],
        Array("GET / HTTP/1.1\r\n: x\r\nno colon\r\n\r\n".utf8),
        Array("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n".utf8),
        Array("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n".utf8),
        Array("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".utf8),
        Array(("GET / HTTP/1.1\r\nHost: t\r\nX: " + String(repeating: "x", count: 100_000) + "\r\n\r\n").utf8),
        Array(("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 5000) + "\r\n").utf8),
        Array(("GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: t\r\n\r\n").utf8),
      ]
      for bytes in hostile {
        let client = try RawClient(port: server.port)
        client.send(bytes)
        if client.isReadable(milliseconds: 200) {
          let status = (try? client.answer().status) ?? 400
          #expect(status >= 400, "\(String(decoding: bytes.prefix(40), as: UTF8.self))")
        }
      }
      #expect(try ask(server.port, "GET", "/alive").body == "GET /alive ")
    }
  }

  @Test(
    "refuses a target that holds a zero, a control character or a space",
    arguments: ["/a\u{0}b", "/a\u{0}", "/a\u{1}b", "/a b", "/a\u{7F}"])
  func badTarget(target: String) throws {
    try withServer(handler: echo) { server throws in
      let answer = try ask(server.port, "GET", target)
      #expect(answer.status == 400)
    }
  }

  @Test("takes an encoded zero and bytes that are no UTF-8")
  func oddTargets() throws {
    try withServer(handler: echo) { server throws in
      #expect(try ask(server.port, "GET", "/a%00b?%zz").body == "GET /a%00b?%zz ")
      let client = try RawClient(port: server.port)
      client.send(Array("GET /".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\nHost: t\r\n\r\n".utf8))
      #expect(try client.answer().body == "GET /\u{FFFD}\u{FFFD} ")
    }
  }

  @Test("is closed when the client is silent, or sends its request a byte at a time", arguments: [false, true])
  func slowClient(trickles: Bool) throws {
    var options = ServerOptions.tested
    options.idleTimeoutSeconds = 1
    try withServer(options, handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("GET / HTTP/1.1\r\nX: ")
      let clock = SystemTime()
      let limit = Deadline.after(milliseconds: 9000, clock)
      while !client.isReadable(milliseconds: 250), limit.remainingMilliseconds(clock) > 0 {
        if trickles { client.send("x") }
      }
      #expect(limit.remainingMilliseconds(clock) > 0)
      #expect(client.isClosed())
      #expect(eventually { server.statistics.openConnections == 0 })
    }
  }

  @Test("is ended with 408 when a body comes a byte at a time")
  func slowBody() throws {
    var options = ServerOptions.tested
    options.idleTimeoutSeconds = 1
    try withServer(options, handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n")
      for _ in 0..<40 where !client.isReadable(milliseconds: 250) { client.send("x") }
      #expect(try client.answer().status == 408)
      #expect(client.isClosed())
    }
  }

  static func error(_ code: String, _ message: String) -> String {
    "{\"error\":{\"code\":\"\(code)\",\"message\":\"\(message)\"}}"
  }
}
