import Fetching
import Support
import TestSupport
import Testing
import Transport

@Suite struct ResponseCacheTests {
  @Test func aKeptResponseNeedsNoRequest() async throws {
    let server = try LoopbackServer { _ in .json("{}", headers: [("ETag", "1")]) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let first = try await rig.fetch(server.url + "/a", freshFor: 60)
    let second = try await rig.fetch(server.url + "/a", freshFor: 60)
    #expect(first.origin == .network)
    #expect(second.origin == .cache)
    #expect(second.status == 200 && second.body == first.body && second.header("etag") == "1")
    #expect(server.requests.count == 1)
    #expect(rig.lookups("response-memory", "hit") == 1)
    #expect(rig.lookups("response-memory", "miss") == 1)
    #expect(rig.lookups("response-store", "miss") == 1)
  }

  @Test func ageIsMeasuredAgainstWhatTheRequestTakes() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let url = server.url + "/a"
    #expect(try await rig.fetch(url, freshFor: 60).origin == .network)
    rig.time.advance(milliseconds: 60_000)
    #expect(try await rig.fetch(url, freshFor: 60).origin == .cache)
    #expect(try await rig.fetch(url, freshFor: 59).origin == .network)
    rig.time.advance(milliseconds: 60_001)
    #expect(try await rig.fetch(url, freshFor: 3600).origin == .cache)
    #expect(try await rig.fetch(url, freshFor: 0).origin == .network)
    #expect(try await rig.fetch(url, freshFor: 60).origin == .network)
  }

  @Test func theStoreOutlivesTheProcess() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let first = FetchRig()
    first.allow(server)
    _ = try await first.fetch(server.url + "/a", freshFor: 60)
    let second = FetchRig(store: first.store)
    second.allow(server)
    #expect(try await second.fetch(server.url + "/a", freshFor: 60).origin == .cache)
    #expect(try await second.fetch(server.url + "/a", freshFor: 60).origin == .cache)
    #expect(second.lookups("response-store", "hit") == 1)
    #expect(second.lookups("response-memory", "hit") == 1)
    second.fetcher.clear(source: "demo")
    #expect(try await second.fetch(server.url + "/a", freshFor: 60).origin == .cache)
    #expect(second.lookups("response-store", "hit") == 2)
    #expect(server.requests.count == 1)
  }

  @Test func absenceIsKeptForAShortTime() async throws {
    let server = try LoopbackServer { _ in .json("null", status: 404) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let url = server.url + "/a"
    #expect(try await rig.fetch(url, freshFor: 86_400).status == 404)
    rig.time.advance(milliseconds: 300_000)
    #expect(try await rig.fetch(url, freshFor: 86_400).origin == .cache)
    rig.time.advance(milliseconds: 1)
    #expect(try await rig.fetch(url, freshFor: 86_400).origin == .network)
    #expect(rig.upstreamCount("not_found") == 2)
  }

  @Test(arguments: [
    ("text/html", "<html>just a moment</html>", "answered 200 with a page of HTML instead of data"),
    ("application/json", "<!doctype html><p>busy", "answered 200 with a page of HTML instead of data"),
    ("application/json", "{\"a\":", "answered 200 with broken JSON"),
    ("application/json", "", "answered 200 with nothing instead of JSON"),
  ])
  func neitherGivesNorKeepsWhatIsNoAnswer(type: String, body: String, reason: String) async throws {
    let server = try LoopbackServer { _ in
      .response(status: 200, headers: [("Content-Type", type)], body: Array(body.utf8))
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for _ in 0..<2 {
      #expect(await rig.failure(server.url + "/a", freshFor: 60) == .unusable(url: server.url + "/a", reason: reason))
    }
    #expect(server.requests.count == 2)
  }

  @Test(arguments: [("GET", 401), ("GET", 422), ("POST", 200)])
  func keepsOnlyAnswersToGET(method: String, status: Int) async throws {
    let server = try LoopbackServer { _ in .json("{}", status: status) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for _ in 0..<2 {
      let response = try await rig.fetch(server.url + "/a", method: method, freshFor: 60)
      #expect(response.origin == .network && response.status == status)
    }
    #expect(server.requests.count == 2)
  }

  @Test func aDamagedStoreIsNoAnswer() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    defer { server.stop() }
    let store = SpyStore(answer: StoredValue(bytes: [1, 2, 3], storedAt: 1_700_000_000_000, freshUntil: .max))
    let fetcher = Fetcher(
      client: CurlClient(), store: store, time: ManualTime(), metrics: Metrics(), log: RecordingLogSink(),
      userAgent: "usher/test")
    let host = "127.0.0.1:\(server.port)"
    fetcher.setPolicy(
      FetchPolicy(allowedHosts: [host], plainHTTPHosts: [host], perSecond: 10, burst: 10), for: "demo")
    let request = FetchRequest(
      source: "demo", url: server.url + "/a?api_key=secret1", headers: [("X-Key", "secret2")], freshForSeconds: 60,
      deadline: .after(milliseconds: 5000, ManualTime()))
    #expect(try await fetcher.fetch(request).origin == .network)
    let seen = store.seen.joined(separator: " ")
    #expect(seen.contains("response/demo") && seen.contains("127.0.0.1"))
    #expect(!seen.contains("secret"))
  }
}

/// Answers always the same, and keeps all that it was told.
private final class SpyStore: ByteStore {
  private let answer: StoredValue
  private let told = Lock<[String]>([])

  init(answer: StoredValue) { self.answer = answer }

  var seen: [String] { told.withLock { $0 } }

  func value(for key: String, in space: String) async -> StoredValue? {
    told.withLock { $0 += [key, space] }
    return answer
  }

  func store(_ value: StoredValue, for key: String, in space: String) async {
    told.withLock { $0 += [key, space, text(value.bytes)] }
  }

  func remove(_ key: String, in space: String) async {}
}
