import Fetching
import Limits
import Support
import TestSupport
import Testing
import Transport

/// The circuit breaker as requests meet it.
@Suite struct SuspensionTests {
  @Test func aDeadServiceIsLeftAloneAndTriedAgainByOne() async throws {
    let isDown = Lock(true)
    let server = try LoopbackServer { _ in isDown.withLock { $0 } ? .json("{}", status: 500) : .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for number in 0..<2 { _ = try? await rig.fetch(server.url + "/\(number)") }
    #expect(server.requests.count == 5)
    #expect(
      await rig.failure(server.url + "/2")
        == .suspended(
          source: "demo",
          reason: "its service is left alone for another 10 s: the last answer had status 500"))
    #expect(server.requests.count == 5)
    #expect(rig.metrics.render().contains("usher_upstream_suspended{source=\"demo\"} 1.0"))
    let trouble = try #require(rig.fetcher.trouble(of: "demo"))
    #expect(trouble.reason == "the last answer had status 500")
    #expect(trouble.nextTry == rig.time.wallMilliseconds + 10_000)
    rig.time.advance(milliseconds: 10_000)
    _ = try? await rig.fetch(server.url + "/3")
    #expect(server.requests.count == 6)
    isDown.withLock { $0 = false }
    rig.time.advance(milliseconds: 20_000)
    #expect(try await rig.fetch(server.url + "/4").status == 200)
    #expect(rig.fetcher.trouble(of: "demo") == nil)
    #expect(rig.log.lines.filter { $0.level == .error }.count == 2)
  }

  @Test func theSuspensionOutlivesTheProcess() async throws {
    let server = try LoopbackServer { _ in .reset }
    defer { server.stop() }
    let first = FetchRig()
    first.allow(server)
    for number in 0..<2 { _ = await first.failure(server.url + "/\(number)") }
    let second = FetchRig(store: first.store)
    second.allow(server)
    await second.fetcher.restore()
    let asked = server.requests.count
    guard case .suspended = await second.failure(server.url + "/2") else {
      Issue.record("the service must be left alone after a restart")
      return
    }
    #expect(server.requests.count == asked)
    second.time.advance(milliseconds: 20_000)
    _ = await second.failure(server.url + "/3")
    #expect(server.requests.count == asked + 1)
  }

  @Test func whoWaitsFailsWithTheService() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 60_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, concurrent: 6, silenceMilliseconds: 500)
    let started = ContinuousClock.now
    let errors = await withTaskGroup(of: FetchError?.self) { group in
      for number in 0..<60 { group.addTask { await rig.failure(server.url + "/\(number)", within: 85_000) } }
      return await group.reduce(into: [FetchError?]()) { $0.append($1) }
    }
    #expect(errors.allSatisfy { $0 != nil })
    #expect(errors.filter { if case .suspended = $0 { true } else { false } }.count >= 48)
    #expect(ContinuousClock.now - started < .seconds(10))
  }

  @Test func absenceRefusalAndTooManyRequestsAreAnswers() async throws {
    let server = try LoopbackServer { request in
      .json("{}", status: Int(request.path.dropFirst()) ?? 0)
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for _ in 0..<6 {
      for status in [404, 401, 422, 501] { _ = try await rig.fetch(server.url + "/\(status)", freshFor: 0) }
    }
    #expect(rig.fetcher.trouble(of: "demo") == nil)
  }

  @Test func anAskerInAHurryBlamesNobody() async throws {
    let server = try LoopbackServer { _ in .hang(milliseconds: 60_000) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for number in 0..<6 { _ = await rig.failure(server.url + "/\(number)", within: 20) }
    #expect(rig.fetcher.trouble(of: "demo") == nil)
  }

  @Test func aServiceThatRefusesThreeTimesInARowIsLeftAlone() async throws {
    let server = try LoopbackServer { _ in .json("{}", status: 429) }
    defer { server.stop() }
    let rig = FetchRig(jitter: { _ in 0 })
    rig.allow(server)
    #expect(try await rig.fetch(server.url).status == 429)
    #expect(rig.sleeper.milliseconds == [2000, 4000])
    #expect(rig.fetcher.trouble(of: "demo")?.reason == "it answered status 429 too often in a row")
    #expect(server.requests.count == 3)
  }

  @Test func oldAnswersStandInAtOnceWhenTheServiceHasJustFailed() async throws {
    let isDown = Lock(false)
    let server = try LoopbackServer { _ in isDown.withLock { $0 } ? .hang(milliseconds: 60_000) : .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, silenceMilliseconds: 1000)
    for number in 0..<4 { _ = try await rig.fetch(server.url + "/\(number)", freshFor: 60) }
    isDown.withLock { $0 = true }
    rig.time.advance(milliseconds: 61_000)
    let started = ContinuousClock.now
    for number in 0..<4 {
      #expect(try await rig.fetch(server.url + "/\(number)", freshFor: 60).origin == .stale)
    }
    #expect(ContinuousClock.now - started < .seconds(3))
  }

  @Test func aLongPauseThatTheServiceAsksForOutlivesTheProcess() async throws {
    let server = try LoopbackServer { _ in .json("{}", status: 429, headers: [("Retry-After", "600")]) }
    defer { server.stop() }
    let first = FetchRig()
    first.allow(server)
    #expect(try await first.fetch(server.url).status == 429)
    let second = FetchRig(store: first.store)
    second.allow(server)
    await second.fetcher.restore()
    #expect(
      await second.failure(server.url)
        == .suspended(
          source: "demo", reason: "its service is left alone for another 600 s: it asked for that with status 429"))
    #expect(server.requests.count == 1)
  }

  @Test func aLongPauseAskedForByALateAnswerOutlivesTheProcessToo() async throws {
    let gate = Gate()
    let server = try LoopbackServer { _ in .json("{}", status: 500) }
    defer { server.stop() }
    let client = ScriptedClient { request in
      guard request.url.hasSuffix("/late") else { return .success(ClientResponse(status: 500)) }
      await gate.wait()
      return .success(ClientResponse(status: 429, headers: [("retry-after", "600")]))
    }
    let first = FetchRig(client: client)
    first.allow(server)
    async let late = first.fetch(server.url + "/late")
    #expect(await eventually { gate.held == 1 })
    for number in 0..<2 { _ = try await first.fetch(server.url + "/\(number)") }
    #expect(first.fetcher.trouble(of: "demo")?.nextTry == first.time.wallMilliseconds + 10_000)
    gate.open()
    #expect(try await late.status == 429)
    let until = first.time.wallMilliseconds + 600_000
    #expect(first.fetcher.trouble(of: "demo")?.nextTry == until)
    let second = FetchRig(store: first.store)
    second.allow(server)
    await second.fetcher.restore()
    #expect(second.fetcher.trouble(of: "demo")?.nextTry == until)
  }

  @Test func manyRefusedAtOnceAreOneRefusal() async throws {
    let server = try LoopbackServer { _ in .json("{}", status: 429) }
    defer { server.stop() }
    let rig = FetchRig(jitter: { _ in 0 })
    rig.allow(server)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { _ = try? await rig.fetch(server.url + "/\(number)", method: "POST") }
      }
    }
    #expect(rig.fetcher.trouble(of: "demo") == nil)
  }

  @Test func aRefusalWithoutRetryAfterPausesTheWholeSource() async throws {
    let count = Counter()
    let server = try LoopbackServer { _ in
      count.add()
      return count.value <= 2 ? .json("{}", status: 429) : .json("{}")
    }
    defer { server.stop() }
    let rig = FetchRig(jitter: { _ in 0 })
    rig.allow(server)
    #expect(try await rig.fetch(server.url).status == 200)
    #expect(rig.sleeper.milliseconds == [2000, 4000])
  }
}
