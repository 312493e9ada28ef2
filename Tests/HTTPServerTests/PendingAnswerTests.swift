import HTTPServer
import Support
import TestSupport
import Testing

@Suite("An exchange") @OwnThread
struct PendingAnswerTests {
  @Test("is answered later from another thread, once")
  func later() throws {
    let kept = Kept()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let client = try RawClient(port: server.port)
      for number in 1...3 {
        client.request("POST", "/\(number)", body: "body")
        let exchange = try #require(kept.next())
        #expect(exchange.request.body == Array("body".utf8))
        #expect(eventually { server.statistics.suspendedRequests == 1 })
        Thread.start("answer") {
          exchange.respond(.json(201, "\(number)"))
          exchange.respond(.json(500, "again"))
        }
        let answer = try client.answer()
        #expect(answer.status == 201)
        #expect(answer.body == "\(number)")
        #expect(eventually { server.statistics.suspendedRequests == 0 })
      }
    }
  }

  @Test("may be answered while its handler still runs, by another thread")
  func racing() throws {
    let handler: @Sendable (Exchange) -> Void = { exchange in
      Thread.start("answer") { exchange.respond(.json(200, exchange.request.path)) }
    }
    try withServer(handler: handler) { server throws in
      let client = try RawClient(port: server.port)
      for number in 0..<300 {
        client.request("GET", "/\(number)")
        #expect(try client.answer().body == "/\(number)")
      }
      #expect(eventually { server.statistics.suspendedRequests == 0 })
    }
  }

  @Test("waits beside two hundred others")
  func many() throws {
    let kept = Kept()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let clients = try (0..<200).map { _ in try RawClient(port: server.port) }
      for (number, client) in clients.enumerated() { client.request("GET", "/\(number)") }
      #expect(eventually { server.statistics.suspendedRequests == 200 })
      #expect(server.statistics.openConnections == 200)
      for _ in 0..<4 {
        Thread.start("answer") {
          for _ in 0..<50 {
            guard let exchange = kept.next() else { return }
            exchange.respond(.json(200, exchange.request.path))
          }
        }
      }
      for (number, client) in clients.enumerated() { #expect(try client.answer().body == "/\(number)") }
    }
  }

  /// A server that keeps its requests, and the paths of those whose clients hung up.
  private func withServerThatTells(_ body: (Server, Kept, Lock<[String]>) throws -> Void) throws {
    let kept = Kept()
    let told = Lock<[String]>([])
    let handler: @Sendable (Exchange) -> Void = { exchange in
      let path = exchange.request.path
      exchange.whenHungUp { told.withLock { $0.append(path) } }
      kept.keep(exchange)
    }
    try withServer(handler: handler) { server throws in try body(server, kept, told) }
  }

  @Test("tells when its client hung up, not when it was answered")
  func tellsHangUp() throws {
    try withServerThatTells { server, kept, told in
      let waiting = try RawClient(port: server.port)
      waiting.request("GET", "/waits")
      let awaited = try #require(kept.next())
      let answered = try RawClient(port: server.port)
      answered.request("GET", "/answered")
      try #require(kept.next()).respond(.json(200, "answer"))
      #expect(try answered.answer().status == 200)
      var leaving: RawClient? = try RawClient(port: server.port)
      leaving?.request("GET", "/leaves")
      let left = try #require(kept.next())
      leaving = nil
      #expect(eventually { told.withLock { $0 } == ["/leaves"] })
      left.respond(.json(200, String(repeating: "x", count: 1_000_000)))
      #expect(eventually { server.statistics.suspendedRequests == 1 })
      awaited.respond(.json(200, "answer"))
      #expect(try waiting.answer().body == "answer")
      #expect(told.withLock { $0 } == ["/leaves"], "once, and nobody else")
    }
  }

  @Test("goes on for a client that has only closed its sending half", arguments: ["1.1", "1.0"])
  func halfClosed(version: String) throws {
    try withServerThatTells { server, kept, told in
      let half = try RawClient(port: server.port)
      half.send("GET /half HTTP/\(version)\r\nHost: test\r\n\r\n")
      half.closeSending()
      let exchange = try #require(kept.next())
      // By the time that one is told who hung up later, the other has been looked at as often.
      var leaving: RawClient? = try RawClient(port: server.port)
      leaving?.request("GET", "/leaves")
      let left = try #require(kept.next())
      leaving = nil
      #expect(eventually { told.withLock { $0 } == ["/leaves"] })
      exchange.respond(.json(200, "answer"))
      #expect(try half.answer().body == "answer")
      left.respond(.json(499, "nobody reads it"))
    }
  }

  @Test("that is let go without an answer is answered with 500")
  func dropped() throws {
    let kept = Kept()
    try withServer(handler: { if $0.request.path == "/later" { kept.keep($0) } }) { server throws in
      #expect(try ask(server.port, "GET", "/now").status == 500)
      let client = try RawClient(port: server.port)
      client.request("GET", "/later")
      _ = kept.next()
      let answer = try client.answer()
      #expect(answer.status == 500)
      #expect(answer.body.contains("no_answer"))
    }
  }

  @Test("tells the request as it came")
  func request() throws {
    let kept = Kept()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let client = try RawClient(port: server.port)
      client.request("PATCH", "/a%2Fb/c?d=%20e&f", headers: ["X-Two: 1", "X-Two: 2", "accept: */*"], body: "body")
      let request = try #require(kept.next()).request
      #expect(request.method == "PATCH")
      #expect(request.target == "/a%2Fb/c?d=%20e&f")
      #expect(request.path == "/a%2Fb/c")
      #expect(request.query == "d=%20e&f")
      #expect(request.header("X-TWO") == "1")
      #expect(request.header("Accept") == "*/*")
      #expect(request.header("Cookie") == nil)
      #expect(request.headers.map(\.name) == ["Host", "X-Two", "X-Two", "accept", "Content-Length"])
      #expect(try client.answer().status == 500)
    }
  }
}
