import Support
import TestSupport
import Testing

@testable import Transport

@Suite struct CurlClientTests {
  private static func failure(_ client: CurlClient, _ request: ClientRequest) async -> FetchError? {
    do throws(FetchError) {
      _ = try await client.perform(request)
      return nil
    } catch {
      return error
    }
  }

  @Test func givesStatusHeadersAndBody() async throws {
    let server = try LoopbackServer { _ in .json(#"{"title":"Metropolis"}"#, headers: [("X-Two", "a"), ("x-TWO", "b")])
    }
    defer { server.stop() }
    let response = try await CurlClient().perform(ClientRequest(url: server.url + "/film?id=1"))
    #expect(response.status == 200)
    #expect(response.header("content-type") == "application/json")
    #expect(response.headers.filter { $0.name == "x-two" }.map(\.value) == ["a", "b"])
    #expect(response.header("content-length") == nil)
    #expect(text(response.body) == #"{"title":"Metropolis"}"#)
    #expect(server.requests.first?.path == "/film")
    #expect(server.requests.first?.query == "id=1")
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
  func sendsABodyAsItIs(method: String) async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let body: [UInt8] = [1, 0, 2, 255] + Array(repeating: 7, count: 1_500_000)
    let request = ClientRequest(
      method: method, url: server.url, headers: [("X-Empty", ""), ("X-Full", "yes")], body: body)
    #expect(try await CurlClient().perform(request).status == 200)
    let seen = try #require(server.requests.first)
    #expect(seen.method == method)
    #expect(seen.body == body)
    #expect(seen.headers["x-full"] == "yes")
    #expect(seen.headers["x-empty"] == "")
    #expect(seen.headers["content-type"] == nil)
    #expect(seen.headers["expect"] == nil)
  }

  @Test func sendsAPostWithoutBody() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    #expect(try await CurlClient().perform(ClientRequest(method: "POST", url: server.url)).status == 200)
    #expect(server.requests.first?.headers["content-length"] == "0")
  }

  @Test func answersHeadWithoutBody() async throws {
    let server = try LoopbackServer { _ in .json("12345") }
    defer { server.stop() }
    let response = try await CurlClient().perform(ClientRequest(method: "HEAD", url: server.url))
    #expect(response.header("content-length") == "5")
    #expect(response.body.isEmpty)
  }

  /// `{"ok":true}` by gzip.
  private static let compressed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0xCA, 0xCF, 0x56, 0xB2, 0x2A, 0x29,
    0x2A, 0x4D, 0xAD, 0x05, 0x00, 0x90, 0x5F, 0xD4, 0xA7, 0x0B, 0x00, 0x00, 0x00,
  ]

  @Test func decompresses() async throws {
    let server = try LoopbackServer { request in
      #expect(request.headers["accept-encoding"]?.contains("gzip") == true)
      return .json("", headers: [("Content-Encoding", "gzip")]).with(body: Self.compressed)
    }
    defer { server.stop() }
    let response = try await CurlClient().perform(ClientRequest(url: server.url))
    #expect(text(response.body) == #"{"ok":true}"#)
    #expect(response.header("content-encoding") == nil)
  }

  /// 55 bytes that become 20 000.
  private static let inflating: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xC2,
    0xA0, 0x4A, 0xEB, 0x9F, 0xCE, 0x1A, 0x1E, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF0, 0x60, 0xBD, 0x0F, 0x1B, 0x8C, 0x20, 0x4E, 0x00,
    0x00,
  ]

  @Test func limitsTheBodyBeforeAndAfterDecompression() async throws {
    let server = try LoopbackServer { request in
      if request.path == "/gzip" {
        return .json("", headers: [("Content-Encoding", "gzip")]).with(body: Self.inflating)
      }
      if request.path == "/chunked" {
        return .raw(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\nabcdefghijkl\r\n0\r\n\r\n".utf8))
      }
      return .json(String(repeating: "a", count: 11))
    }
    defer { server.stop() }
    let client = CurlClient()
    for (path, limit, fits) in [
      ("/plain", 11, true), ("/plain", 10, false), ("/chunked", 12, true), ("/chunked", 11, false),
      ("/gzip", 20_000, true), ("/gzip", 19_999, false),
    ] {
      let error = await Self.failure(client, ClientRequest(url: server.url + path, responseLimit: limit))
      #expect(error == (fits ? nil : .tooLarge(url: server.url + path, limit: limit)), "\(path) \(limit)")
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf", "HTTP/1.1 200 O", "",
    "HTTP/1.1 200 OK\r\nContent-Encoding: secret\r\nContent-Length: 4\r\n\r\nhalf", "not http at all\r\n\r\n",
  ])
  func givesNeverHalfABody(answer: String) async throws {
    let server = try LoopbackServer { _ in .raw(Array(answer.utf8)) }
    defer { server.stop() }
    let error = await Self.failure(CurlClient(), ClientRequest(url: server.url + "/x?key=secret"))
    guard case .connection(let url, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(url == server.url + "/x")
    #expect(!reason.isEmpty && !reason.contains("secret="))
  }

  @Test func reportsAResetAndARefusedConnection() async throws {
    let server = try LoopbackServer { _ in .reset }
    let url = server.url
    guard case .connection = await Self.failure(CurlClient(), ClientRequest(url: url)) else {
      Issue.record("a reset must be a connection error")
      return
    }
    server.stop()
    guard case .connection = await Self.failure(CurlClient(), ClientRequest(url: url)) else {
      Issue.record("a refused connection must be a connection error")
      return
    }
  }

  @Test func reportsAnUnknownHost() async {
    let error = await Self.failure(CurlClient(), ClientRequest(url: "http://nowhere.invalid/a?b=c"))
    #expect(error == .unresolved(url: "http://nowhere.invalid/a"))
  }

  @Test(arguments: ["file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x"])
  func speaksHTTPOnly(url: String) async {
    guard case .connection(_, let reason) = await Self.failure(CurlClient(), ClientRequest(url: url)) else {
      Issue.record("\(url) must be refused")
      return
    }
    #expect(reason.contains("not supported"))
  }

  @Test func endsAHangByTheTimeout() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 10_000) }
    defer { server.stop() }
    let started = ContinuousClock.now
    let error = await Self.failure(CurlClient(), ClientRequest(url: server.url, timeoutMilliseconds: 200))
    #expect(error == .timedOut(url: server.url))
    #expect(ContinuousClock.now - started < .seconds(2))
  }

  @Test func givesUpATrickle() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 10_000) }
    defer { server.stop() }
    var limits = CurlLimits()
    limits.trickleSeconds = 1
    let started = ContinuousClock.now
    #expect(await Self.failure(CurlClient(limits: limits), ClientRequest(url: server.url)) != nil)
    #expect(ContinuousClock.now - started < .seconds(5))
  }

  @Test func limitsTheHeaders() async throws {
    let server = try LoopbackServer { _ in
      .json("{}", headers: (0..<20).map { ("X-\($0)", String(repeating: "a", count: 1000)) })
    }
    defer { server.stop() }
    var limits = CurlLimits()
    limits.headerBytes = 10_000
    let error = await Self.failure(CurlClient(limits: limits), ClientRequest(url: server.url))
    #expect(error == .connection(url: server.url, reason: "its headers are longer than 10000 bytes"))
  }

  @Test func cancellationEndsATransferSoon() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 10_000) }
    defer { server.stop() }
    let client = CurlClient()
    let url = server.url
    let task = Task { await Self.failure(client, ClientRequest(url: url)) }
    #expect(await eventually { server.requests.count == 1 })
    let started = ContinuousClock.now
    task.cancel()
    #expect(await task.value == .cancelled(url: url))
    #expect(ContinuousClock.now - started < .seconds(1))
  }

  @Test func aTaskCancelledBeforehandGetsNothing() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 10_000) }
    defer { server.stop() }
    let url = server.url
    let task = Task {
      _ = await eventually { Task.isCancelled }
      return await Self.failure(CurlClient(), ClientRequest(url: url))
    }
    task.cancel()
    #expect(await task.value == .cancelled(url: url))
  }

  @Test func reusesItsConnection() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let client = CurlClient()
    var reused: [Bool] = []
    for _ in 0..<5 { reused.append(try await client.perform(ClientRequest(url: server.url)).reusedConnection) }
    #expect(reused == [false, true, true, true, true])
  }

  @Test func aHangingTransferHoldsUpNoOther() async throws {
    let server = try LoopbackServer { $0.path == "/slow" ? .hang(milliseconds: 10_000) : .json("{}") }
    defer { server.stop() }
    let client = CurlClient()
    let url = server.url
    let slow = Task { await Self.failure(client, ClientRequest(url: url + "/slow")) }
    #expect(await eventually { server.requests.count == 1 })
    let started = ContinuousClock.now
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<50 {
        group.addTask { try await client.perform(ClientRequest(url: url + "/\(number)")).status }
      }
      for try await status in group { #expect(status == 200) }
    }
    #expect(ContinuousClock.now - started < .seconds(5))
    slow.cancel()
    _ = await slow.value
  }

  @Test func shutdownCancelsWhatIsUnderWayAndWhatComesLater() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 10_000) }
    defer { server.stop() }
    let client = CurlClient()
    let url = server.url
    let task = Task { await Self.failure(client, ClientRequest(url: url)) }
    #expect(await eventually { server.requests.count == 1 })
    await client.shutdown()
    #expect(await task.value == .cancelled(url: url))
    #expect(await Self.failure(client, ClientRequest(url: url)) == .cancelled(url: url))
    await client.shutdown()
  }

  @Test func worksOnAfterItsThreadEndedIdle() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    var limits = CurlLimits()
    limits.idleMilliseconds = 20
    let client = CurlClient(limits: limits)
    #expect(try await client.perform(ClientRequest(url: server.url)).reusedConnection == false)
    let isFresh = await eventuallyAsync {
      try? await Task.sleep(for: .milliseconds(60))
      return (try? await client.perform(ClientRequest(url: server.url)))?.reusedConnection == false
    }
    #expect(isFresh)
    await client.shutdown()
  }
}

private func eventuallyAsync(_ isTrue: () async -> Bool) async -> Bool {
  for _ in 0..<50 where await isTrue() { return true }
  return false
}

extension LoopbackReply {
  fileprivate func with(body: [UInt8]) -> LoopbackReply {
    guard case .response(let status, let headers, _) = self else { return self }
    return .response(status: status, headers: headers, body: body)
  }
}
