import Glibc
import Support
import TestSupport
import Testing

@testable import HTTPServer

/// Clients in numbers, and clients that do not read, do not write or do not stop.
@Suite("Under load a server", .serialized) @OwnThread
struct LoadTests {
  init() {
    // Both ends of 2,000 connections are in this process.
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 8192))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  @Test("serves two thousand kept connections, two hundred of them at the same time")
  func manyConnections() throws {
    let kept = Kept()
    let handler: @Sendable (Exchange) -> Void = { exchange in
      if exchange.request.path.hasPrefix("/wait") { kept.keep(exchange) } else { echo(exchange) }
    }
    try withServer(handler: handler) { server throws in
      let clients = try (0..<2000).map { _ in try RawClient(port: server.port) }
      for round in 0..<2 {
        for (number, client) in clients.enumerated() { client.request("GET", "/\(round)/\(number)") }
        for (number, client) in clients.enumerated() {
          #expect(try client.answer().body == "GET /\(round)/\(number) ")
        }
        #expect(server.statistics.openConnections == 2000)
      }
      for client in clients[..<200] { client.request("GET", "/wait") }
      #expect(eventually { server.statistics.suspendedRequests == 200 })
      for (number, client) in clients[200..<400].enumerated() {
        client.request("GET", "/meanwhile/\(number)")
        #expect(try client.answer().status == 200)
      }
      while kept.count > 0 { kept.next()?.respond(.json(200, "late")) }
      for client in clients[..<200] { #expect(try client.answer().body == "late") }
      #expect(server.statistics.suspendedRequests == 0)
    }
  }

  @Test("answers others while a client does not read, and gives it every byte when it does")
  func slowReader() throws {
    let large = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000_000)
    let handler: @Sendable (Exchange) -> Void = { exchange in
      exchange.respond(Response(body: exchange.request.path == "/large" ? large : [0x31]))
    }
    try withServer(handler: handler) { server throws in
      let slow = try (0..<8).map { _ in try RawClient(port: server.port) }
      for client in slow { client.request("GET", "/large") }
      let clock = SystemTime()
      let start = clock.monotonicNanoseconds
      for _ in 0..<200 { #expect(try ask(server.port, "GET", "/small").body == "1") }
      #expect(clock.monotonicNanoseconds - start < 5_000_000_000)
      #expect(try slow[3].answer().body.utf8.count == large.count)
    }
  }

  @Test("lets go of a client that never reads")
  func noReader() throws {
    var options = ServerOptions.tested
    options.idleTimeoutSeconds = 1
    let large = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000_000)
    try withServer(options, handler: { $0.respond(Response(body: large)) }) { server throws in
      let client = try RawClient(port: server.port)
      client.request("GET", "/large")
      #expect(eventually { server.statistics.openConnections == 1 })
      #expect(eventually { server.statistics.openConnections == 0 })
      #expect(client.isReadable(milliseconds: 0), "what was sent before is still there")
    }
  }

  @Test("answers a client that closed its half after asking, and keeps nothing of it")
  func halfOpen() throws {
    try withServer(handler: echo) { server throws in
      let clients = try (0..<50).map { _ in try RawClient(port: server.port) }
      for (number, client) in clients.enumerated() {
        client.request("GET", "/\(number)")
        client.closeSending()
      }
      for (number, client) in clients.enumerated() { #expect(try client.answer().body == "GET /\(number) ") }
      // Long before the time that a silent connection has.
      #expect(eventually { server.statistics.openConnections == 0 && server.statistics.suspendedRequests == 0 })
      for client in clients { #expect(client.isClosed()) }
    }
  }

  @Test("takes a thousand requests sent at once in their order, without reading all of them ahead")
  func deepPipeline() throws {
    let running = Lock((now: 0, most: 0))
    let handler: @Sendable (Exchange) -> Void = { exchange in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      Thread.start("answer", stackBytes: 128 << 10) {
        running.withLock { $0.now -= 1 }
        echo(exchange)
      }
    }
    try withServer(handler: handler) { server throws in
      let client = try RawClient(port: server.port)
      client.send((0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
      for number in 0..<1000 { #expect(try client.answer().body == "GET /\(number) ") }
      #expect(running.withLock { $0.most } == 1, "one connection is one request at a time")
    }
  }

  @Test("refuses headers beyond its limit and closes", arguments: [(1, 20_000), (400, 60), (20_000, 1)])
  func oversizedHeaders(count: Int, bytes: Int) throws {
    try withServer(handler: echo) { server throws in
      let client = try RawClient(port: server.port)
      let line = "X-A: \(String(repeating: "x", count: bytes))\r\n"
      client.send("GET / HTTP/1.1\r\nHost: t\r\n" + String(repeating: line, count: count) + "\r\n")
      if let answer = try? client.answer() { #expect((400...499).contains(answer.status)) }
      #expect(client.isClosed())
      #expect(try ask(server.port, "GET", "/alive").status == 200)
    }
  }
}
