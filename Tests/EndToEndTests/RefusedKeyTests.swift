import TestSupport
import Testing

/// A key that a service refuses at run time.
@Suite(.serialized) @OwnThread struct RefusedKeyTests {
  struct Service: Sendable, CustomTestStringConvertible {
    var id: String
    var path = ""
    var root = "/movie"
    /// Of the right form, and unknown to the service.
    var key: String
    /// What the service says of it.
    var sentence: String
    var calls = 1
    var isAdult = false
    var reply: @Sendable (LoopbackRequest) -> LoopbackReply
    var testDescription: String { id }
  }

  nonisolated static let services: [Service] = {
    let (tmdb, tvdb, tpdb, omdb) = (FakeTMDB(), FakeTVDB(), FakeTPDB(), FakeOMDb())
    return [
      Service(
        id: "tmdb", path: "/3", key: "ffffffffffffffff0000000000000000", sentence: "Invalid API key"
      ) { tmdb.reply(to: $0) },
      Service(
        id: "tvdb", path: "/v4", root: "/tv", key: "ffffffff-0000-4000-8000-000000000000", sentence: "InvalidAPIKey"
      ) { tvdb.reply(to: $0) },
      Service(id: "tpdb", key: "not-the-right-token", sentence: "Unauthenticated", isAdult: true) {
        tpdb.reply(to: $0)
      },
      Service(id: "omdb", key: "deadbeef", sentence: "Invalid API key!") { omdb.reply(to: $0) },
    ]
  }()

  @Test(arguments: services)
  func makesTheSourceNeedConfigurationAndIsNotTriedInALoop(service: Service) throws {
    let stage = try SourceStage(
      service.id, path: service.path, settings: ["apiKey": service.key], adult: service.isAdult,
      secrets: { [service.key] }, service.reply)
    let running = try stage.usher.serve()
    let client = try running.client()
    #expect(try client.send("GET", "/").text.contains("needs-configuration") == false)
    let type = service.root == "/tv" ? 2 : 1
    var calls: [Int] = []
    for title in ["The Glass Orchard", "The Paper Harbor", "Harbor Lights"] {
      let hints =
        #"{"type":\#(type),"title":"\#(title)","guid":"\#(type == 2 ? "tvdb://990082" : "imdb://tt99000101")","#
        + #""includeAdult":1}"#
      let answer = try client.send("POST", service.root + "/library/metadata/matches", body: Array(hints.utf8))
      #expect(answer.status == 503, "\(answer.text)")
      #expect(answer.text.contains(service.sentence), "\(answer.text)")
      calls.append(stage.server.requests.count)
    }
    #expect(calls == [1, 1, 1], "\(stage.server.requests.map(\.path))")

    let start = try client.send("GET", "/").object["plugins"] as? [[String: Any]] ?? []
    let row = start.first { $0["id"] as? String == service.id }
    #expect(row?["state"] as? String == "needs-configuration", "\(start)")
    #expect((row?["reason"] as? String)?.contains(service.sentence) == true, "\(start)")
    #expect((row?["reason"] as? String)?.contains("; next try at 20") == true, "\(start)")
    let health = try client.send("GET", "/health")
    #expect(health.status == 200 && health.object["status"] as? String == "degraded", "\(health.text)")
    #expect(health.text.contains("source '\(service.id)' is needs-configuration: "), "\(health.text)")
    #expect(health.text.contains(service.sentence), "\(health.text)")
    let gauge = "usher_source_state{source=\"\(service.id)\",state=\"needs-configuration\"} 1"
    #expect(try client.send("GET", "/metrics").text.contains(gauge))
    try stage.lookForSecrets(running, service.root)
    let lines = running.logText.split(separator: "\n").filter { $0.contains("error plugin \(service.id): needs-conf") }
    #expect(lines.count == 1, "\(lines)")
  }
}
