import Glibc
import Fetching
import Support
import TestSupport
import Testing
import Transport

@Suite struct FetcherTests {
  @Test func fetchesOverHTTP() async throws {
    let server = try LoopbackServer { request in
      .json(#"{"q":"\#(request.parameter("q") ?? "")"}"#, headers: [("X-Agent", request.headers["user-agent"] ?? "")])
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let response = try await rig.fetch(server.url + "/search?q=the+office", headers: [("Accept", "application/json")])
    #expect(response.status == 200)
    #expect(response.origin == .network)
    #expect(text(response.body) == #"{"q":"the office"}"#)
    #expect(response.header("x-agent") == "usher/test")
    #expect(server.requests.first?.headers["accept"] == "application/json")
    #expect(rig.upstreamCount("ok") == 1)
    #expect(rig.metrics.render().contains("usher_upstream_tokens{source=\"demo\"} 99.0"))
  }

  @Test func refusesWhatThePolicyDoesNotName() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    #expect(await rig.failure(server.url) == .unknownSource("demo"))
    rig.allow(server)
    let url = "http://localhost:\(server.port)/a"
    let error = await rig.failure(url + "?key=secret")
    #expect(
      error
        == .hostNotAllowed(
          url: url, host: "localhost:\(server.port)", source: "demo", allowed: ["127.0.0.1:\(server.port)"]))
    #expect(await rig.failure(server.url, headers: [("X-A", "1\r\nX-B: 2")]) != nil)
    #expect(await rig.failure(server.url + "/a\r\nX-B: 2") != nil)
    #expect(rig.upstreamCount("refused") == 3)
    #expect(server.requests.isEmpty)
    #expect(rig.log.lines.filter { $0.level == .warning }.count == 3)
  }

  @Test func keepsSecretsOutOfErrorsAndLogs() async throws {
    let server = try LoopbackServer { _ in .reset }
    let rig = FetchRig()
    rig.allow(server)
    let errors = [
      await rig.failure(server.url + "/a?api_key=secret", headers: [("Authorization", "Bearer secret")]),
      await rig.failure("http://127.0.0.1:\(server.port)/a?k=secret#secret", headers: [("X", "secret\n")]),
      await rig.failure("https://other.org/a?k=secret"), await rig.failure("nonsense?k=secret"),
      await rig.failure("http://secret:secret@127.0.0.1:\(server.port)/"),
    ]
    server.stop()
    for error in errors {
      let sentence = try #require(error).description
      #expect(!sentence.contains("secret") && sentence.hasSuffix("."), "\(sentence)")
      #expect(!"\(error as Any)".contains("secret"))
    }
    for line in rig.log.lines {
      #expect(!line.message.contains("secret") && !line.details.contains { $0.value.contains("secret") })
      #expect(line.details.contains { $0.name == "request" && $0.value == "r1" })
    }
    #expect(rig.log.lines.count > 4)
  }

  @Test func retriesWhatMayPass() async throws {
    for reply in [LoopbackReply.json("{}", status: 500), .json("{}", status: 503), .reset, .raw([])] {
      let count = Counter()
      let server = try LoopbackServer { _ in
        count.add()
        return count.value < 3 ? reply : .json("{}")
      }
      defer { server.stop() }
      let rig = FetchRig()
      rig.allow(server)
      #expect(try await rig.fetch(server.url).status == 200)
      #expect(rig.sleeper.milliseconds == [400, 800])
    }
  }

  @Test func givesTheLastAnswerWhenRetriesDoNotHelp() async throws {
    let server = try LoopbackServer { _ in .json("busy", status: 502) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url).status == 502)
    #expect(server.requests.count == 3)
    #expect(rig.upstreamCount("server_error") == 3)
  }

  @Test(arguments: [("GET", 400), ("GET", 401), ("GET", 404), ("GET", 501), ("POST", 500), ("POST", 429)])
  func doesNotRetry(method: String, status: Int) async throws {
    let server = try LoopbackServer { _ in .json("{}", status: status) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url, method: method).status == status)
    #expect(server.requests.count == 1)
    #expect(rig.sleeper.milliseconds.isEmpty)
  }

  @Test func retriesOnlyWithinTheDeadline() async throws {
    let server = try LoopbackServer { _ in .json("{}", status: 500) }
    defer { server.stop() }
    // Pauses so long that what is left of the deadline is enough for a request on a busy machine.
    let rig = FetchRig(jitter: { $0 * 100 })
    rig.allow(server, timeoutMilliseconds: 30_000)
    #expect(try await rig.fetch(server.url, within: 100_000).status == 500)
    #expect(rig.sleeper.milliseconds == [40_000])
    #expect(server.requests.count == 2)
  }

  @Test func obeysRetryAfterForTheWholeSource() async throws {
    let server = try LoopbackServer { request in
      request.path == "/busy" ? .json("{}", status: 429, headers: [("Retry-After", "60")]) : .json("{}")
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url + "/busy", within: 10_000).status == 429)
    #expect(server.requests.count == 1)
    guard case .overloaded(_, let reason) = await rig.failure(server.url + "/other", within: 10_000) else {
      Issue.record("another request must not go out during the pause")
      return
    }
    #expect(reason == "its service asked for a pause for 60000 ms, and the asker has 10000 ms")
    #expect(try await rig.fetch(server.url + "/other", within: 61_000).status == 200)
    #expect(rig.sleeper.milliseconds == [60_000])
    #expect(rig.upstreamCount("rate_limited") == 1)
    #expect(rig.upstreamCount("refused") == 1)
  }

  @Test func triesAgainAfterThePause() async throws {
    let count = Counter()
    let server = try LoopbackServer { _ in
      count.add()
      return count.value == 1 ? .json("{}", status: 429, headers: [("Retry-After", "3")]) : .json("{}")
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url).status == 200)
    #expect(rig.sleeper.milliseconds == [3000])
  }

  @Test func theTwentyFirstCallInAWindowWaits() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, perSecond: 2, burst: 20)
    for number in 0..<21 { _ = try await rig.fetch(server.url + "/\(number)") }
    #expect(rig.sleeper.milliseconds == [500])
  }

  @Test func twentyEqualRequestsAreOneUpstream() async throws {
    let server = try LoopbackServer { _ in
      usleep(100_000)
      return .json("{}")
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let origins = try await withThrowingTaskGroup(of: FetchResponse.Origin.self) { group in
      for _ in 0..<20 { group.addTask { try await rig.fetch(server.url + "/same?a=1", freshFor: 60).origin } }
      return try await group.reduce(into: [FetchResponse.Origin]()) { $0.append($1) }
    }
    #expect(server.requests.count == 1)
    #expect(origins.filter { $0 == .network }.count == 1)
    #expect(origins.count == 20)
  }

  @Test func whoHasMoreTimeTriesAgainWhenTheFirstAskerRanOut() async throws {
    let (gate, time, asked) = (Gate(), ManualTime(), Counter())
    let client = ScriptedClient { request in
      asked.add()
      guard asked.value == 1 else { return .success(ClientResponse(status: 200)) }
      await gate.wait()
      time.advance(milliseconds: request.timeoutMilliseconds)
      return .failure(.timedOut(url: "u"))
    }
    let (hurried, patient) = await twoAskers(FetchRig(client: client, time: time), gate, within: 3_000, 60_000)
    #expect(hurried == .timedOut(url: "u"))
    #expect(patient == nil)
  }

  @Test func whoJoinedAServiceThatHangsDoesNotAskItAgain() async throws {
    let (gate, time) = (Gate(), ManualTime())
    let client = ScriptedClient { request in
      await gate.wait()
      time.advance(milliseconds: request.silenceMilliseconds)
      return .failure(.timedOut(url: "u"))
    }
    let rig = FetchRig(client: client, time: time, jitter: { _ in 0 })
    let (hurried, patient) = await twoAskers(rig, gate, within: 30_000, 60_000)
    #expect(hurried == .timedOut(url: "u") && patient == .timedOut(url: "u"))
    #expect(client.requests.map(\.silenceMilliseconds) == [6000, 4000])
  }

  /// What becomes of one who asks and of another who joins; the gate opens once both wait.
  private func twoAskers(
    _ rig: FetchRig, _ gate: Gate, within first: Int64, _ second: Int64
  ) async -> (first: FetchError?, second: FetchError?) {
    let policy = FetchPolicy(allowedHosts: ["example.org"], perSecond: 100, burst: 100)
    rig.fetcher.setPolicy(policy, for: "demo")
    let asker = rig.request("https://example.org/a", within: first)
    var joiner = rig.request("https://example.org/a", within: second)
    joiner.urgency = SharedUrgency(.interactive)
    async let one = rig.failure(asker)
    #expect(await eventually { gate.held == 1 })
    async let two = rig.failure(joiner)
    #expect(await eventually { asker.urgency.current == .interactive })
    gate.open()
    return await (one, two)
  }

  @Test func aHangEndsByTheDeadline() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 600_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let started = ContinuousClock.now
    #expect(await rig.failure(server.url, within: 200) == .timedOut(url: server.url + "/"))
    #expect(ContinuousClock.now - started < .seconds(60))
    #expect(await rig.failure(server.url, within: 0) == .timedOut(url: server.url + "/"))
  }

  @Test(arguments: ["GET", "POST"]) func aCancelledTaskEndsSoon(method: String) async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 600_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let task = Task { await rig.failure(server.url, method: method) }
    #expect(await eventually { server.requests.count == 1 })
    let started = ContinuousClock.now
    task.cancel()
    #expect(await task.value == .cancelled(url: server.url + "/"))
    #expect(ContinuousClock.now - started < .seconds(60))
  }

  @Test func shutdownEndsEverything() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 600_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, concurrent: 1)
    let tasks = (0..<3).map { number in Task { await rig.failure(server.url + "/\(number)") } }
    #expect(await eventually { server.requests.count == 1 })
    await rig.fetcher.shutdown()
    for task in tasks {
      guard case .cancelled = await task.value else {
        Issue.record("must be cancelled")
        return
      }
    }
    guard case .cancelled = await rig.failure(server.url) else {
      Issue.record("nothing may begin after shutdown")
      return
    }
  }

  @Test func limitsTheBody() async throws {
    let server = try LoopbackServer { _ in .json(String(repeating: "1", count: 101)) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, responseLimit: 100)
    #expect(await rig.failure(server.url) == .tooLarge(url: server.url + "/", limit: 100))
    #expect(rig.upstreamCount("failed") == 1)
    rig.allow(server, responseLimit: 101)
    #expect(try await rig.fetch(server.url).body.count == 101)
  }
}
