import Foundation
import TestSupport
import Testing

/// The host's own routes and the transport lines of the protocol's checklist, over real HTTP.
@Suite(.serialized) @OwnThread struct HTTPTests {
  private let usher: UsherProgram
  private let running: RunningUsher

  init() throws {
    usher = try UsherProgram(configuration: Configurations.demo)
    running = try usher.serve()
  }

  private let item = "/movie/library/metadata/local-movie-imdb-tt0013442"

  @Test func theStartDocumentNamesURLsToPaste() throws {
    let answer = try running.client().send("GET", "/", headers: ["X-Request-Id": "abc-1"])
    let providers = answer.object["providers"] as? [[String: Any]] ?? []
    #expect(providers.contains { ($0["url"] as? String) == "http://127.0.0.1/tv" }, "\(answer.text)")
    #expect(answer.headers["x-request-id"] == "abc-1")
    let page = try running.client().send("GET", "/", headers: ["Accept": "text/html"])
    #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
    #expect(page.text.contains("http://127.0.0.1/movie"))
  }

  @Test func aHostileHostHeaderStaysOutOfThePage() throws {
    let client = try running.client()
    try client.sendRaw(Array("GET / HTTP/1.1\r\nHost: <script>alert(1)</script>\r\nAccept: text/html\r\n\r\n".utf8))
    #expect(!(try client.readAnswer().text.contains("<script>")))
  }

  @Test func healthTellsLiveAndReady() throws {
    let client = try running.client()
    for path in ["/health", "/health/live", "/health/ready"] {
      let answer = try client.send("GET", path)
      #expect(answer.status == 200, "\(path): \(answer.text)")
      #expect(answer.object["service"] as? String == "usher")
      #expect(answer.object["status"] as? String == "healthy")
    }
  }

  @Test func notReadyNamesTheProviderWithoutAUsableSource() throws {
    let bare = try UsherProgram(
      configuration: Configurations.demo.replacingOccurrences(
        of: #""local":{"enabled":true"#, with: #""local":{"enabled":false"#))
    let other = try bare.serve()
    let answer = try other.client().send("GET", "/health/ready")
    #expect(answer.status == 503)
    #expect("\(answer.object["reasons"] ?? "")".contains("movie"), "\(answer.text)")
    other.stop()
  }

  @Test func metricsCountRequestsByProviderRouteAndStatus() throws {
    let client = try running.client()
    for _ in 0..<3 { _ = try client.send("GET", item) }
    let text = try client.send("GET", "/metrics").text
    #expect(text.contains("usher_http_requests_total{provider=\"movie\",route=\"item\",status=\"200\"} 3"), "\(text)")
    for name in ["usher_http_request_seconds_bucket", "usher_cache_lookups_total", "usher_source_state"] {
      #expect(text.contains(name), "\(name)")
    }
  }

  @Test func unknownPathsAreErrorsInJSON() throws {
    let client = try running.client()
    for path in ["/nothing", "/tv/nothing", "/tvx", "/movie/library/metadata/%00", "/tv/../etc/passwd"] {
      let answer = try client.send("GET", path)
      #expect(answer.status == 404 || answer.status == 400, "\(path): \(answer.status)")
      #expect(answer.object["error"] is [String: Any], "\(path): \(answer.text)")
    }
  }

  @Test func line16EverySuccessIsJSONWhateverAccept() throws {
    let client = try running.client()
    for accept in ["*/*", "application/xml", "text/html"] {
      for path in ["/movie", item, item + "/images"] {
        let answer = try client.send("GET", path, headers: ["Accept": accept])
        #expect(answer.status == 200 && answer.json != nil, "\(path) \(accept)")
        #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
      }
    }
  }

  @Test func line18TwoRequestsOnOneConnection() throws {
    let client = try running.client()
    #expect(try client.send("GET", item).status == 200)
    #expect(try client.send("GET", item).status == 200)
  }

  @Test func line19HeadHasTheLengthAndNoBody() throws {
    let client = try running.client()
    let whole = try client.send("GET", item)
    let head = try client.send("HEAD", item)
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.headers["content-length"] == "\(whole.body.count)")
    #expect(try client.send("GET", item).body == whole.body)
  }

  @Test func line21ThirtyTwoMixedRequestsAtOnceSucceed() {
    let paths = ["/movie", "/tv", item, item + "/images", item + "/extras", item + "/children", "/health", "/"]
    let port = running.port
    let statuses = Parallel.map(0..<32) { index in
      (try? LoopbackClient(port: port).send("GET", paths[index % paths.count]))?.status ?? 0
    }
    #expect(statuses.allSatisfy { $0 == 200 }, "\(statuses)")
  }

  @Test func line22ThreeHundredRequestsAreNotLimited() throws {
    let client = try running.client()
    for _ in 0..<300 { #expect(try client.send("GET", item).status == 200) }
  }

  @Test func aLargeBodyIsRefusedAndTheServerGoesOn() throws {
    let big = [UInt8](repeating: 0x20, count: 70_000)
    let answer = try? running.client().send("POST", "/movie/library/metadata/matches", body: big)
    #expect(answer == nil || answer?.status == 413)
    #expect(try running.client().send("GET", "/movie").status == 200)
  }

  @Test func logLinesRepeatTheRequestID() throws {
    _ = try running.client().send("GET", item + "/images", headers: ["X-Request-Id": "find-me-7"])
    running.stop()
    #expect(running.logText.contains("find-me-7"), "\(running.logText)")
  }
}
