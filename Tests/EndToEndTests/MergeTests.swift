import Foundation
import MetadataModel
import Support
import TestSupport
import Testing

/// One show out of three services, through the built program and the built plugins.
@Suite(.serialized) @OwnThread struct MergeTests {
  /// TVmaze has texts and episodes, OMDb ratings and an age rating, Fanart.tv pictures; all know the show's ids.
  private final class Services {
    let tvmaze: LoopbackServer
    let omdb: LoopbackServer
    let fanart: LoopbackServer
    private let fakes: (FakeTVmaze, FakeOMDb, FakeFanartTV)

    /// Every answer takes so long.
    init(milliseconds: UInt32 = 0) throws {
      let fakes = (FakeTVmaze(), FakeOMDb(), FakeFanartTV())
      self.fakes = fakes
      @Sendable func late(_ reply: LoopbackReply) -> LoopbackReply {
        if milliseconds > 0 { usleep(milliseconds * 1000) }
        return reply
      }
      tvmaze = try LoopbackServer { late(fakes.0.reply(to: $0)) }
      omdb = try LoopbackServer { late(fakes.1.reply(to: $0)) }
      fanart = try LoopbackServer { late(fakes.2.reply(to: $0)) }
    }

    deinit { [tvmaze, omdb, fanart].forEach { $0.stop() } }

    var all: [(id: String, settings: [String: String])] {
      [
        ("tvmaze", ["baseURL": tvmaze.url]), ("omdb", ["baseURL": omdb.url, "apiKey": FakeOMDb.key]),
        ("fanarttv", ["baseURL": fanart.url + "/v3", "apiKey": FakeFanartTV.projectKey]),
      ]
    }

    func usher(_ ids: [String], policy: [String: Any] = [:]) throws -> UsherProgram {
      let sources = ids.compactMap { id in all.first { $0.id == id } }
      return try UsherProgram(configuration: Configurations.sources(sources, policy: policy))
    }
  }

  private struct Answer: Decodable {
    var item: MediaItem
    var sources: [String: String]
  }

  private func item(_ usher: UsherProgram, _ key: String) throws -> Answer {
    let outcome = try usher.run(["item", "tv", key, "--explain", "--json"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  @Test func theGapsOfOneSourceAreFilledFromTheNext() throws {
    let services = try Services()
    let usher = try services.usher(["omdb", "tvmaze", "fanarttv"])
    let answer = try item(usher, "omdb-show-tt99000082")
    #expect(answer.item.id.description == "omdb-show-tt99000082")
    #expect(answer.sources["title"] == "omdb (en)")
    #expect(answer.sources["contentRatings"] == "omdb")
    #expect(answer.sources["summary"] == "tvmaze (en)")
    #expect(Set((answer.sources["artwork"] ?? "").split(separator: ", ")) == ["omdb", "tvmaze"])
    #expect(Set(answer.item.ratings.map(\.origin)).isSuperset(of: ["tvmaze", "imdb"]))
    // Nothing is missing any more.
    #expect(services.fanart.requests.isEmpty)
  }

  @Test func aFieldsOwnOrderOfSourcesIsObeyed() throws {
    let services = try Services()
    let policy = ["fields": ["artwork.clearLogo": ["sources": ["fanarttv"]], "title": ["sources": ["omdb"]]]]
    let answer = try item(try services.usher(["tvmaze", "omdb", "fanarttv"], policy: policy), "tvmaze-show-82")
    #expect(answer.sources["title"] == "omdb (en)")
    #expect(answer.sources["summary"] == "tvmaze (en)")
    #expect(answer.item.provenance?["artwork.clearLogo"]?.first == Origin(source: "fanarttv"))
    #expect(answer.item.provenance?["artwork.coverPoster"]?.first == Origin(source: "tvmaze"))
  }

  @Test func plexGetsTheMergedShowUnderOneKeyWhoeverIsDown() throws {
    let services = try Services()
    let usher = try services.usher(["tvmaze", "omdb", "fanarttv"], policy: ["quality": ["ask": "all"]])
    let running = try usher.serve()
    let plex = try ScriptedPlex(port: running.port, root: "/tv", identifier: Configurations.tvIdentifier)
    let first = try plex.scanShow(title: "Harbor Lights", year: 2014, seasons: [1])
    #expect(first.problems == [])
    #expect(first.showGuid.hasSuffix("://show/tvmaze-show-82"))
    #expect(!services.fanart.requests.isEmpty)
    #expect(!running.logText.contains(FakeFanartTV.projectKey))
    #expect(running.stop() == 0)
    services.tvmaze.stop()
    let cleared = try usher.run(["cache", "clear"])
    #expect(cleared.status == 0, "\(cleared.errors)")
    let again = try usher.serve()
    let client = try again.client()
    let answer = try client.send("GET", "/tv/library/metadata/tvmaze-show-82")
    #expect(answer.status == 200, "\(answer.text)")
    #expect(answer.text.contains("\"guid\":\"\(Configurations.tvIdentifier)://show/tvmaze-show-82\""))
    #expect(answer.text.contains("Harbor Lights"))
    #expect(again.stop() == 0)
  }

  @Test func sourcesThatWillBeNeededAreAskedAtTheSameTime() throws {
    func milliseconds(_ ids: [String], _ policy: [String: Any]) throws -> Double {
      let services = try Services(milliseconds: 150)
      let running = try services.usher(ids, policy: policy).serve()
      let client = try running.client()
      let body = #"{"type":2,"title":"Harbor Lights","year":2014}"#
      let start = DispatchTime.now().uptimeNanoseconds
      let answer = try client.send("POST", "/tv/library/metadata/matches", body: Array(body.utf8))
      let time = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
      #expect(answer.status == 200 && answer.text.contains("tvmaze-show-82"), "\(answer.text)")
      #expect(running.stop() == 0)
      return time
    }
    let alone = try ["tvmaze", "omdb"].map { try milliseconds([$0 == "omdb" ? "tvmaze" : $0], [:]) }
    let together = try milliseconds(["tvmaze", "omdb", "fanarttv"], ["quality": ["ask": "all"]])
    report("a cold match: \(Int(alone[0])) ms from the slowest source alone, \(Int(together)) ms from three together")
    #expect(together < alone.max().map { $0 * 1.2 + 400 } ?? 0)
  }

  @Test func howAnAnswerComesAboutIsToldToThisMachineAlone() throws {
    let services = try Services()
    let running = try services.usher(["omdb", "tvmaze", "fanarttv"]).serve()
    let client = try running.client()
    let item = try client.send("GET", "/explain/tv/item/omdb-show-tt99000082")
    #expect(item.status == 200, "\(item.text)")
    #expect(item.text.contains("\"missing\":[\"artwork.clearLogo\",\"summary\"]"))
    #expect(item.text.contains("\"rule\":\"imdb id tt99000082\""))
    let match = try client.send("GET", "/explain/tv/match?title=Harbor%20Lights&year=2014")
    #expect(match.text.contains("\"titleScore\":1"), "\(match.text)")
    #expect(match.text.contains("\"decision\":\"title and year\""))
    let passedOn = try client.send("GET", "/explain/tv/item/tvmaze-show-82", headers: ["X-Forwarded-For": "192.0.2.1"])
    #expect(passedOn.status == 403)
    #expect(try client.send("GET", "/explain/none/item/x").status == 404)
    #expect(try client.send("GET", "/explain/tv/match").status == 400)
    for key in [FakeOMDb.key, FakeFanartTV.projectKey] { #expect(!item.text.contains(key)) }
    #expect(running.stop() == 0)
  }

  /// The file that `USHER_MERGE_FIELDS` names gets a table: fields filled by each source alone and by all together.
  @Test func togetherTheSourcesFillMoreThanEachAlone() throws {
    let services = try Services()
    let names = ["tvmaze", "omdb", "fanarttv"]
    let keys = ["tvmaze": "tvmaze-show-82", "omdb": "omdb-show-tt99000082", "fanarttv": "fanarttv-show-990082"]
    var filled = try names.map { name in
      (name, try item(try services.usher([name]), keys[name] ?? "").item)
    }
    filled.append(
      ("all three", try item(try services.usher(names, policy: ["quality": ["ask": "all"]]), "tvmaze-show-82").item))
    let counts = filled.map { ($0.0, Self.fields(of: $0.1)) }
    for (name, fields) in counts {
      report("| \(name) | \(fields.count) | \(fields.filter { Self.shownByPlex.contains($0) }.count) |")
    }
    let most = counts.dropLast().map(\.1.count).max() ?? 0
    #expect((counts.last?.1.count ?? 0) > most)
  }

  /// What Plex has a place for (protocol §3.3, §3.4).
  private static let shownByPlex: Set<String> = [
    "title", "originalTitle", "summary", "tagline", "released", "year", "duration", "contentRatings", "genres",
    "credits", "studios", "countries", "ratings", "artwork.coverPoster", "artwork.background", "artwork.clearLogo",
    "artwork.backgroundSquare", "theme", "seasonOrders", "externalIDs", "networks",
  ]

  private static func fields(of item: MediaItem) -> [String] { (item.provenance ?? [:]).keys.sorted() }

  private func report(_ line: String) {
    guard let path = ProcessInfo.processInfo.environment["USHER_MERGE_FIELDS"],
      let file = FileHandle(forWritingAtPath: path)
    else { return }
    defer { try? file.close() }
    _ = try? file.seekToEnd()
    try? file.write(contentsOf: Data("\(line)\n".utf8))
  }
}
