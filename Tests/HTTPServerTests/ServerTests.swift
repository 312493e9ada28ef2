import Glibc
import Support
import Testing

@testable import HTTPServer

@Suite("A server")
struct ServerTests {
  @Test("answers what is still suspended when it stops, within its grace")
  func stopAnswersSuspended() throws {
    let kept = Kept()
    let clock = SystemTime()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let clients = try (0..<20).map { _ in try RawClient(port: server.port) }
      for client in clients { client.request("GET", "/a", headers: ["X-Request-Id: mine"]) }
      #expect(eventually { server.statistics.suspendedRequests == 20 })
      let start = clock.monotonicNanoseconds
      server.stop(graceMilliseconds: 800)
      let milliseconds = (clock.monotonicNanoseconds - start) / 1_000_000
      #expect((500...900).contains(milliseconds))
      for client in clients {
        let answer = try client.answer()
        #expect(answer.status == 503)
        #expect(answer.headers["x-request-id"] == "mine")
        #expect(answer.body.contains("stopping"))
        #expect(client.isClosed())
      }
      #expect(kept.count == 20)
      try #require(kept.next()).respond(.json(200, "too late"))
    }
  }

  @Test("waits for what is under way, and accepts nothing new meanwhile")
  func stopWaits() throws {
    let kept = Kept()
    let clock = SystemTime()
    try withServer(handler: { kept.keep($0) }) { server throws in
      let client = try RawClient(port: server.port)
      let other = try RawClient(port: server.port)
      client.request("GET", "/a")
      let exchange = try #require(kept.next())
      let port = server.port
      Thread.start("answer") {
        _ = eventually { (try? RawClient(port: port)) == nil }
        other.request("GET", "/b")
        exchange.respond(.json(200, "\((try? other.answer().status) ?? 0)"))
      }
      let start = clock.monotonicNanoseconds
      server.stop(graceMilliseconds: 20_000)
      #expect(clock.monotonicNanoseconds - start < 10_000_000_000)
      let answer = try client.answer()
      #expect(answer.status == 200)
      #expect(answer.body == "503")
    }
  }

  @Test("stops at once when nothing is under way, and twice without harm")
  func stopIdle() throws {
    let clock = SystemTime()
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      client.request("GET", "/a")
      #expect(try client.answer().status == 200)
      let start = clock.monotonicNanoseconds
      server.stop(graceMilliseconds: 10_000)
      server.stop(graceMilliseconds: 10_000)
      #expect(clock.monotonicNanoseconds - start < 3_000_000_000)
      #expect(client.isClosed())
      #expect(throws: ClientError.self) { try RawClient(port: server.port) }
      #expect(throws: ServerError.alreadyStarted) { try server.start() }
    }
  }

  @Test("stops while clients keep asking")
  func stopUnderLoad() throws {
    for _ in 0..<10 {
      let handler: @Sendable (Exchange) -> Void = { exchange in
        Thread.start("answer") { exchange.respond(.json(200, "a")) }
      }
      try withServer(handler: handler) { server throws in
        let port = server.port
        let ended = Semaphore()
        let answered = Semaphore()
        for _ in 0..<4 {
          Thread.start("client") {
            while let answer = try? ask(port, "GET", "/a"), answer.status == 200 { answered.signal() }
            ended.signal()
          }
        }
        for _ in 0..<20 { #expect(answered.wait(milliseconds: 10_000)) }
        server.stop(graceMilliseconds: 1000)
        for _ in 0..<4 { #expect(ended.wait(milliseconds: 20_000)) }
      }
    }
  }

  @Test("does not share its port, and a restart gets it back at once")
  func portTaken() throws {
    var options = ServerOptions.tested
    try withServer(handler: echo) { server throws in
      options.port = server.port
      let failure = ServerError.portTaken(host: "127.0.0.1", port: server.port)
      #expect(throws: failure) { try withServer(options, handler: echo) { _ in } }
      #expect(
        failure.description == "cannot listen on 127.0.0.1:\(server.port): the port is taken; "
          + "stop the program that uses it or choose another")
      #expect(try ask(server.port, "GET", "/a").status == 200)
    }
    try withServer(options, handler: echo) { server throws in
      #expect(server.port == options.port)
      #expect(try ask(server.port, "GET", "/a").status == 200)
    }
  }

  @Test(
    "says when it is given what is no address",
    arguments: ["", "nonsense", "999.1.1.1", "http://127.0.0.1", "127.0.0.1:80", "::1::2", "127.0.0.1\u{0}"])
  func notAnAddress(host: String) {
    var options = ServerOptions.tested
    options.host = host
    #expect(throws: ServerError.notAnAddress(host: host)) { try withServer(options, handler: echo) { _ in } }
  }

  @Test("says when the address is not the machine's")
  func foreignAddress() {
    var options = ServerOptions.tested
    options.host = "192.0.2.1"
    #expect(throws: ServerError.notOfThisMachine(host: "192.0.2.1")) {
      try withServer(options, handler: echo) { _ in }
    }
  }

  @Test("listens on names and families of addresses", arguments: ["localhost", "0.0.0.0", "127.0.0.1", "::", "[::]"])
  func hosts(host: String) throws {
    var options = ServerOptions.tested
    options.host = host
    try withServer(options, handler: echo) { server throws in
      #expect(server.port != 0)
      #expect(try ask(server.port, "GET", "/a").body == "GET /a ")
    }
  }

  @Test("takes no more connections than it may, and the next when one closes")
  func connectionLimit() throws {
    var options = ServerOptions.tested
    options.connectionLimit = 2
    try withServer(options, handler: echo) { server throws in
      var first: RawClient? = try RawClient(port: server.port)
      let second = try RawClient(port: server.port)
      #expect(eventually { server.statistics.openConnections == 2 })
      let third = try RawClient(port: server.port)
      third.request("GET", "/third")
      second.request("GET", "/second")
      #expect(try second.answer().body == "GET /second ")
      #expect(!third.isReadable(milliseconds: 100))
      #expect(first != nil)
      first = nil
      #expect(try third.answer().body == "GET /third ")
    }
  }

  @Test("works with one thread and with several", arguments: [1, 2, 5])
  func threads(count: Int) throws {
    var options = ServerOptions.tested
    options.threads = count
    try withServer(options, handler: echo) { server throws in
      for _ in 0..<10 { #expect(try ask(server.port, "GET", "/a").status == 200) }
    }
  }
}
