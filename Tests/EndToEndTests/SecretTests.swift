import Foundation
import TestSupport
import Testing

/// A provider behind a secret, and one with a limit, in the built program over real HTTP.
@Suite(.serialized) @OwnThread struct SecretTests {
  private static let secret = "an-unguessable-word-0042"
  private let usher: UsherProgram
  private let running: RunningUsher

  init() throws {
    let configuration = Configurations.demo
      .replacingOccurrences(of: #""path":"/tv""#, with: #""path":"/tv","secret":"${TV_SECRET}""#)
      .replacingOccurrences(of: #""path":"/movie""#, with: #""path":"/movie","limit":{"perMinute":5}"#)
    usher = try UsherProgram(configuration: configuration)
    running = try usher.serve(environment: ["TV_SECRET": Self.secret])
  }

  @Test func whoKnowsTheSecretIsAnsweredAndNobodyElse() throws {
    let client = try running.client()
    let root = "/s/\(Self.secret)/tv"
    #expect(try client.send("GET", root).status == 200)
    let plex = try ScriptedPlex(port: running.port, root: root, identifier: Configurations.tvIdentifier)
    let series = try plex.scanShow(title: "Les Vampires", year: 1915, seasons: [1])
    #expect(series.problems == [])
    #expect(series.episodeGuids.count == 10)
    for path in ["/tv", "/s/wrong-word-entirely-00/tv", "/s/tv", "/s//tv", root + "x", "/s/\(Self.secret)", "/s"] {
      let answer = try client.send("GET", path)
      #expect(answer.status == 404, "\(path)")
    }
    running.stop()
  }

  @Test func theSecretStandsInNoOutput() throws {
    let client = try running.client()
    let paths = [
      "/s/\(Self.secret)/tv", "/s/\(Self.secret)/tv/library/metadata/none", "/s/\(Self.secret)/tv/nothing?a=b",
      "/s/\(Self.secret)/tvx",
    ]
    var texts: [String] = []
    for path in paths { texts.append(try client.send("GET", path, headers: ["X-Request-Id": "r-1"]).text) }
    texts.append(try client.send("POST", paths[0] + "/library/metadata/matches", body: Array("nonsense".utf8)).text)
    for path in ["/", "/nothing", "/health", "/metrics"] { texts.append(try client.send("GET", path).text) }
    texts.append(try client.send("GET", "/", headers: ["Accept": "text/html"]).text)
    running.stop()
    texts.append(running.logText)
    let environment = ["TV_SECRET": Self.secret]
    for command in [["plugins"], ["plugins", "info", "plex"], ["config", "check"], ["cache", "stats"]] {
      let outcome = try usher.run(command, environment: environment)
      texts.append(outcome.output + outcome.errors)
    }
    for text in texts { #expect(!text.contains(Self.secret), "\(text)") }
    #expect(running.logText.contains("/s/<secret>/tv"), "the log tells what was asked all the same")
    let url = "http://127.0.0.1/s/<secret>/tv"
    #expect(texts.contains { $0.contains(url) }, "the start document tells how the URL is made")
  }

  @Test func aProviderWithALimitSaysWhenToComeBack() throws {
    let client = try running.client()
    for _ in 0..<5 { #expect(try client.send("GET", "/movie").status == 200) }
    let refused = try client.send("GET", "/movie")
    #expect(refused.status == 429)
    #expect((1...12).contains(Int(refused.headers["retry-after"] ?? "") ?? 0), "\(refused.headers)")
    #expect(refused.object["error"] is [String: Any])
    #expect(try client.send("GET", "/health").status == 200)
    let metrics = try client.send("GET", "/metrics").text
    #expect(metrics.contains("route=\"refused\",status=\"429\"} 1"), "\(metrics)")
    running.stop()
  }
}
