import Fetching
import Support
import TestSupport
import Testing
import Transport

/// Servers that a user named while the program runs: no policy knows them.
@Suite struct UserServerTests {
  private func rig(client: any HTTPClient = CurlClient()) -> FetchRig {
    let rig = FetchRig(client: client)
    let policy = FetchPolicy(allowedHosts: [], perSecond: 100, burst: 100, timeoutMilliseconds: 20_000)
    rig.fetcher.setPolicy(policy, for: "demo")
    return rig
  }

  @Test(arguments: ["GET", "POST", "PUT", "DELETE"])
  func areAskedWithEveryMethodAndNothingIsKept(method: String) async throws {
    let server = try LoopbackServer { .response(status: 200, body: Array($0.method.utf8)) }
    defer { server.stop() }
    let rig = rig()
    var request = rig.request(server.url + "/a?key=1", method: method, headers: [("X-Token", "t0psecret")])
    if method != "GET" { request.body = Array("text".utf8) }
    #expect(await failure(rig, request) != nil)
    request.userOrigins = [server.url]
    for _ in 0..<2 {
      let response = try await rig.fetcher.fetch(request)
      #expect(response.body == Array(method.utf8) && response.origin == .network)
    }
    #expect(server.requests.map(\.headers["x-token"]) == ["t0psecret", "t0psecret"])
    #expect(!rig.log.lines.contains { "\($0)".contains("t0psecret") || "\($0)".contains("key=1") })
  }

  @Test func aRedirectLeadsOnlyToServersThatWereNamedToo() async throws {
    let other = try LoopbackServer { _ in .json("{}") }
    let target = other.url
    let server = try LoopbackServer { _ in .response(status: 302, headers: [("Location", target)]) }
    defer {
      other.stop()
      server.stop()
    }
    let rig = rig()
    var request = rig.request(server.url)
    request.userOrigins = [server.url]
    #expect(await failure(rig, request) != nil && other.requests.isEmpty)
    request.userOrigins = [server.url, other.url]
    #expect(try await rig.fetcher.fetch(request).status == 200)
  }

  /// A media server refuses with a page, whatever it was asked for.
  @Test(arguments: [401, 403, 404, 410]) func aPageIsHowTheyRefuse(status: Int) async throws {
    let page = Array("<html><head><title>No</title></head></html>".utf8)
    let server = try LoopbackServer { _ in
      .response(status: status, headers: [("Content-Type", "text/html")], body: page)
    }
    defer { server.stop() }
    let rig = rig()
    var request = rig.request(server.url + "/accounts", headers: [("Accept", "application/json")])
    request.userOrigins = [server.url]
    for _ in 0..<6 {
      let response = try await rig.fetcher.fetch(request)
      #expect(response.status == status && response.body == page)
    }
    #expect(rig.fetcher.trouble(of: "demo") == nil)
  }

  @Test func aPageIsNoAnswerOfTheirs() async throws {
    let server = try LoopbackServer { _ in
      .response(status: 200, headers: [("Content-Type", "text/html")], body: Array("<html></html>".utf8))
    }
    defer { server.stop() }
    let rig = rig()
    var request = rig.request(server.url)
    request.userOrigins = [server.url]
    guard case .unusable = await failure(rig, request) else {
      Issue.record("a page with status 200 must not pass for data")
      return
    }
  }

  @Test func aRequestMayTakeItsOwnTime() async throws {
    let client = ScriptedClient { _ in .success(ClientResponse(status: 200)) }
    let rig = rig(client: client)
    var request = rig.request("http://a.example.org/", within: 900_000)
    request.userOrigins = ["http://a.example.org:80"]
    _ = try await rig.fetcher.fetch(request)
    request.timeoutMilliseconds = 300_000
    _ = try await rig.fetcher.fetch(request)
    #expect(client.requests.map(\.timeoutMilliseconds) == [20_000, 300_000])
    #expect(client.requests.map(\.idleSeconds) == [0, 300])
  }

  private func failure(_ rig: FetchRig, _ request: FetchRequest) async -> FetchError? {
    do throws(FetchError) {
      _ = try await rig.fetcher.fetch(request)
      return nil
    } catch {
      return error
    }
  }
}
