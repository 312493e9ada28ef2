import Fetching
import Support
import TestSupport
import Testing
import Transport

@Suite struct RedirectsTests {
  private static func redirect(_ location: String, status: Int = 302) -> LoopbackReply {
    .response(status: status, headers: [("Location", location)])
  }

  @Test func followsWithinAllowedHostsAndCountsEachHop() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/a": Self.redirect("b?x=1", status: 301)
      case "/b": Self.redirect("/c", status: 308)
      default: .json("{}")
      }
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let response = try await rig.fetch(server.url + "/a", headers: [("Authorization", "Bearer token")], freshFor: 60)
    #expect(response.status == 200)
    #expect(server.requests.map { $0.path + "?" + $0.query } == ["/a?", "/b?x=1", "/c?"])
    #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer token" })
    #expect(rig.metrics.render().contains("usher_upstream_tokens{source=\"demo\"} 97.0"))
    #expect(try await rig.fetch(server.url + "/a", freshFor: 60).origin == .cache)
  }

  @Test func aHopWaitsForItsTurn() async throws {
    let server = try LoopbackServer { $0.path == "/c" ? .json("{}") : Self.redirect($0.path == "/a" ? "/b" : "/c") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server, perSecond: 2, burst: 2)
    #expect(try await rig.fetch(server.url + "/a").status == 200)
    // Two go at once, the third one when the rate lets it.
    #expect(rig.sleeper.milliseconds == [500])
    let error = await rig.failure(server.url + "/a", within: 800)
    #expect(error == .overloaded(source: "demo", reason: "there is no turn before the deadline"))
  }

  @Test(arguments: ["http://localhost:1/x?key=secret", "https://example.org/", "file:///etc/passwd", "http://"])
  func refusesForeignTargets(location: String) async throws {
    let server = try LoopbackServer { _ in Self.redirect(location) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let error = try #require(await rig.failure(server.url))
    switch error {
    case .misdirected: #expect(!"\(error)".contains("secret"))
    default: Issue.record("\(error)")
    }
    #expect(server.requests.count == 1)
  }

  @Test func aRedirectIsTheAnswerToWhoWantsIt() async throws {
    let server = try LoopbackServer { request in
      request.path == "/b" ? .json("{}") : Self.redirect("/b", status: request.path == "/lasting" ? 301 : 302)
    }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    for path in ["/lasting", "/lasting", "/today", "/today"] {
      var request = rig.request(server.url + path, freshFor: 60)
      request.keepsRedirect = true
      let response = try await rig.fetcher.fetch(request)
      #expect(response.header("location") == "/b")
    }
    // One for the moment is not kept (RFC 9110 §15.4), and whoever follows is not answered with what others kept.
    #expect(server.requests.map(\.path) == ["/lasting", "/today", "/today"])
    #expect(try await rig.fetch(server.url + "/lasting", freshFor: 60).status == 200)
  }

  @Test func whoWantsARedirectIsNotSentElsewhereEither() async throws {
    let server = try LoopbackServer { _ in Self.redirect("https://example.org/blocked", status: 301) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    var request = rig.request(server.url, freshFor: 60)
    request.keepsRedirect = true
    do throws(FetchError) {
      _ = try await rig.fetcher.fetch(request)
      Issue.record("answered")
    } catch {
      guard case .misdirected = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func endsALoop() async throws {
    let server = try LoopbackServer { _ in Self.redirect("/again") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(await rig.failure(server.url + "/a?k=1") == .tooManyRedirects(url: server.url + "/a", limit: 5))
    #expect(server.requests.count == 6)
  }

  @Test func leavesKeysBehindWhenTheHostChanges() async throws {
    let other = try LoopbackServer { _ in .json("{}") }
    let target = other.url
    let server = try LoopbackServer { _ in Self.redirect(target + "/b") }
    defer {
      other.stop()
      server.stop()
    }
    let rig = FetchRig()
    let hosts: Set<String> = ["127.0.0.1:\(server.port)", "127.0.0.1:\(other.port)"]
    rig.fetcher.setPolicy(
      FetchPolicy(allowedHosts: hosts, plainHTTPHosts: hosts, perSecond: 10, burst: 10), for: "demo")
    let headers = [(name: "Authorization", value: "Bearer t"), ("X-Key", "k"), ("Accept", "application/json")]
    #expect(try await rig.fetch(server.url, headers: headers).status == 200)
    let seen = try #require(other.requests.first).headers
    #expect(seen["authorization"] == nil && seen["x-key"] == nil)
    #expect(seen["accept"] == "application/json" && seen["user-agent"] == "usher/test")
  }

  @Test(arguments: [
    ("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"), ("POST", 307, "POST"), ("POST", 308, "POST"),
    ("PUT", 302, "PUT"), ("PUT", 303, "GET"), ("HEAD", 303, "HEAD"),
  ])
  func changesTheMethodAsBrowsersDo(method: String, status: Int, expected: String) async throws {
    let server = try LoopbackServer { $0.path == "/a" ? Self.redirect("/b", status: status) : .json("{}") }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    let body = method == "HEAD" ? [] : Array("{}".utf8)
    let headers = [(name: "Content-Type", value: "application/json")]
    #expect(try await rig.fetch(server.url + "/a", method: method, headers: headers, body: body).status == 200)
    let seen = try #require(server.requests.last)
    #expect(seen.path == "/b" && seen.method == expected)
    #expect(text(seen.body) == (expected == method ? text(body) : ""))
    if expected != method { #expect(seen.headers["content-type"] == nil) }
  }

  @Test func aRedirectToNowhereIsAnAnswer() async throws {
    let server = try LoopbackServer { _ in .response(status: 304) }
    defer { server.stop() }
    let rig = FetchRig()
    rig.allow(server)
    #expect(try await rig.fetch(server.url).status == 304)
  }
}
