import Fetching
import Limits
import Support
import TestSupport
import Testing
import Transport

/// What becomes of a kept response once it is older than asked for.
@Suite struct RevalidationTests {
  private static let day: Int64 = 86_400_000

  @Test(arguments: [
    (("ETag", "\"v1\""), "if-none-match", "\"v1\""),
    (("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"), "if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT"),
  ])
  func whatStillHoldsIsNotSentAgain(validator: (String, String), condition: String, value: String) async throws {
    let server = try LoopbackServer { request in
      request.headers[condition] == value ? .response(status: 304) : .json(#"{"a":1}"#, headers: [validator])
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).status == 200)
    rig.time.advance(milliseconds: 61_000)
    let renewed = try await rig.fetch(server.url + "/a", freshFor: 60)
    #expect(renewed.status == 200 && text(renewed.body) == #"{"a":1}"#)
    #expect(rig.upstreamCount("not_modified") == 1)
    rig.time.advance(milliseconds: 59_000)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).origin == .cache)
    #expect(server.requests.count == 2)
    // The store was renewed as well.
    rig.fetcher.clear()
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).origin == .cache)
  }

  @Test func aChangeReplacesWhatWasKept() async throws {
    let version = Counter()
    let server = try LoopbackServer { _ in .json("\(version.value)", headers: [("ETag", "\"\(version.value)\"")]) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(text(try await rig.fetch(server.url + "/a", freshFor: 60).body) == "0")
    version.add()
    rig.time.advance(milliseconds: 61_000)
    #expect(text(try await rig.fetch(server.url + "/a", freshFor: 60).body) == "1")
    #expect(text(try await rig.fetch(server.url + "/a", freshFor: 60).body) == "1")
  }

  @Test func aSourcesOwnConditionIsItsOwn() async throws {
    let server = try LoopbackServer { request in
      request.headers["if-none-match"] == nil ? .json("{}", headers: [("ETag", "\"v1\"")]) : .response(status: 304)
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let headers = [(name: "If-None-Match", value: "\"mine\"")]
    #expect(try await rig.fetch(server.url + "/a", headers: headers, freshFor: 60).status == 304)
    #expect(try await rig.fetch(server.url + "/a", headers: headers).status == 304)
    #expect(server.requests.allSatisfy { $0.headers["if-none-match"] == "\"mine\"" })
  }

  @Test func anOldAnswerStandsInForHalfAYearAndNoLonger() async throws {
    let isDown = Lock(false)
    let server = try LoopbackServer { _ in isDown.withLock { $0 } ? .json("{}", status: 500) : .json("1") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    _ = try await rig.fetch(server.url + "/a", freshFor: 60)
    isDown.withLock { $0 = true }
    rig.time.advance(milliseconds: 180 * Self.day - 60_000)
    let old = try await rig.fetch(server.url + "/a", freshFor: 60)
    #expect(old.origin == .stale && text(old.body) == "1" && old.status == 200)
    #expect(rig.lookups("response-memory", "stale") == 1)
    rig.time.advance(milliseconds: 61_000)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).status == 500)
  }

  @Test func whoHasAnOldAnswerWaitsNoLongerThanTheRequestAtTheRootOfIt() async throws {
    let version = Counter()
    let gate = Semaphore()
    let server = try LoopbackServer { _ in
      if version.value > 0 { gate.wait() }
      return .json("\(version.value)")
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    _ = try await rig.fetch(server.url + "/a", freshFor: 60)
    version.add()
    rig.time.advance(milliseconds: 61_000)
    var request = rig.request(server.url + "/a", freshFor: 60)
    request.patience = .after(milliseconds: 20, rig.time)
    // Else it would be 10 s; the new one is there long before.
    let rescue = Task {
      try await Task.sleep(for: .seconds(3))
      gate.signal()
    }
    let old = try await rig.fetcher.fetch(request)
    #expect(old.origin == .stale && text(old.body) == "0")
    rescue.cancel()
    gate.signal()
    #expect(await eventually { rig.upstreamCount("ok") == 2 })
  }

  @Test func whoHasAnOldAnswerDoesNotWaitLongAndTheNewOneComesLater() async throws {
    let version = Counter()
    let server = try LoopbackServer { request in
      if request.path == "/slow" {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
        return .stream(head: head, chunk: [0x31], count: 1, pauseMilliseconds: 1200)
      }
      return .json("\(version.value)")
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, concurrent: 1, silenceMilliseconds: 300)
    _ = try await rig.fetch(server.url + "/a", freshFor: 60)
    version.add()
    rig.time.advance(milliseconds: 61_000)
    async let slow = rig.fetch(server.url + "/slow")
    #expect(await eventually { server.requests.count == 2 })
    let old = try await rig.fetch(server.url + "/a", freshFor: 60)
    #expect(old.origin == .stale && text(old.body) == "0")
    #expect(try await slow.status == 200)
    #expect(await eventually { server.requests.count == 3 })
    #expect(await eventually { rig.upstreamCount("ok") == 3 })
    try await Task.sleep(for: .milliseconds(20))
    let new = try await rig.fetch(server.url + "/a", freshFor: 60)
    #expect(new.origin == .cache && text(new.body) == "1")
  }

  @Test func anOldAbsenceNeverStandsIn() async throws {
    let isDown = Lock(false)
    let server = try LoopbackServer { _ in isDown.withLock { $0 } ? .reset : .json("null", status: 404) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).status == 404)
    isDown.withLock { $0 = true }
    rig.time.advance(milliseconds: 61_000)
    guard case .connection = await rig.failure(server.url + "/a", freshFor: 60) else {
      Issue.record("an absence must not stand in")
      return
    }
  }

  @Test func absenceReplacesAnAnswer() async throws {
    let isGone = Lock(false)
    let server = try LoopbackServer { _ in isGone.withLock { $0 } ? .json("null", status: 404) : .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    _ = try await rig.fetch(server.url + "/a", freshFor: 60)
    isGone.withLock { $0 = true }
    rig.time.advance(milliseconds: 61_000)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).status == 404)
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).origin == .cache)
  }

  @Test func whatASourceCouldMakeNothingOfIsForgotten() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    _ = try await rig.fetch(server.url + "/a", freshFor: 60)
    await rig.fetcher.forget(rig.request(server.url + "/a", freshFor: 60))
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).origin == .network)
  }
}
