import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TVDB

/// What the service does wrong, and what must never get out.
@Suite struct TVDBTroubleTests {
  private static let ids = [
    "tvdb-show-81001", "tvdb-season-81001-1", "tvdb-episode-81001-700101", "tvdb-season-81001-dvd-1",
  ]

  @Test(arguments: ["v4", "v3"])
  func passesOnThatTheServiceIsDown(version: String) async throws {
    for outage in [FakeTVDB.Outage.down, .page(status: 429), .page(status: 500), .page(status: 502), .body("<html>")] {
      let service = try Service(version: version)
      service.fake.outage = outage
      for id in Self.ids {
        let error = await #expect(throws: PluginError.self) { try await service.fetch(id) }
        #expect(error?.kind == .unavailable, "\(outage)")
      }
      let error = await #expect(throws: PluginError.self) { try await service.match("Harbor Lights") }
      #expect(error?.kind == .unavailable)
    }
  }

  @Test(arguments: [
    ("v4", "{}", "data"), ("v4", #"{"data":null}"#, "data"), ("v4", #"{"data":[]}"#, "data"),
    ("v4", #"{"data":{"id":"5","name":"X"}}"#, "data.id"), ("v4", #"{"data":{"id":5}}"#, "name"),
    ("v4", #"{"data":{"id":5,"name":"X","seasons":{}}}"#, "data.seasons"),
    ("v4", #"{"data":{"id":5,"name":"X","seasons":[{"id":1,"number":"1"}]}}"#, "data.seasons[0].number"),
    ("v4", #"{"data":{"id":5,"name":"X","seasons":[{"id":1,"number":1}]}}"#, "data.seasons[0]"),
    (
      "v4", #"{"data":{"id":5,"name":"X","episodes":[{"id":1,"seasonNumber":"1","number":1}]}}"#,
      "data.episodes[0].seasonNumber"
    ),
    ("v4", #"{"data":{"id":5,"name":"X","episodes":[{"seasonNumber":1,"number":1}]}}"#, "data.episodes[0]"),
    ("v3", "{}", "data"), ("v3", #"{"data":{"id":null}}"#, "data.id"), ("v3", #"{"data":{"id":5}}"#, "data"),
    ("v3", "null", "document"), ("v4", "", "document"),
  ])
  func refusesARecordWithoutItsSkeletonAndNamesTheMember(version: String, body: String, member: String) async throws {
    let service = try Service(version: version)
    service.fake.outage = .body(body)
    let error = await #expect(throws: PluginError.self) { try await service.fetch("tvdb-season-5-1") }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
  }

  @Test(arguments: [
    #""status":5"#, #""genres":"Drama""#, #""image":[]"#, #""overview":{}"#, #""companies":"x""#, #""artworks":{}"#,
    #""averageRuntime":"45""#, #""averageRuntime":9223372036854775807"#, #""averageRuntime":-5"#,
    #""firstAired":"soon""#,
    #""firstAired":20140101"#, #""translations":[]"#, #""remoteIds":[{"id":5,"sourceName":"IMDB"}]"#, #""year":{}"#,
    #""remoteIds":[{"id":"https://x.example.org/tt1","sourceName":"IMDB"}]"#, #""contentRatings":[{"name":"A"},null]"#,
    #""characters":[{"personName":null},7]"#, #""image":"ftp://x.example.org/a.jpg""#, #""image":"a b\r\n""#,
    #""artworks":[{"image":"javascript://x","type":2},{"image":"https://x","type":"2"}]"#,
    #""seasonTypes":[{"type":"../x"}]"#,
  ])
  func passesOverMembersOfAnotherShape(member: String) async throws {
    let service = try Service()
    service.fake.outage = .body(#"{"data":{"id":5,"name":"Odd",\#(member)}}"#)
    let show = try await service.fetch("tvdb-show-5")
    #expect(show.title == "Odd")
    #expect(show.duration == nil)
    #expect(show.released == nil)
    #expect(show.credits == [])
    #expect(show.artwork == [])
    #expect(show.seasonOrders == [])
    #expect(show.externalIDs == ["tvdb": "5"])
  }

  @Test func losesOnlyTheBrokenEntryOfAList() async throws {
    let service = try Service()
    service.fake.outage = .body(
      #"{"data":{"id":5,"name":"Odd","genres":[null,7,{"name":"Drama"}],"characters":[{},{"personName":"Ada","#
        + #""peopleType":"Actor","sort":1}],"artworks":["x",{"image":"/banners/a.jpg","type":2}],"#
        + #""companies":[null,{"name":"Nine","companyType":{"companyTypeName":"Network"}}]}}"#)
    let show = try await service.fetch("tvdb-show-5")
    #expect(show.genres == ["Drama"])
    #expect(show.credits == [Credit(name: "Ada", job: .actor, order: 0)])
    #expect(show.artwork == [Artwork(form: .coverPoster, url: "https://artworks.thetvdb.com/banners/a.jpg")])
    #expect(show.networks == ["Nine"])
  }

  @Test(arguments: [
    (400, PluginError.Kind.fault), (403, .unauthorized), (404, .notFound), (405, .fault), (410, .notFound),
    (418, .unavailable),
    (422, .fault), (429, .unavailable), (500, .unavailable), (503, .unavailable),
  ])
  func tellsFailuresApartAndSaysWhatTheServiceSaid(status: Int, kind: PluginError.Kind) async throws {
    let secret = "secret-key-1"
    let pin = "SECRETPIN"
    let host = FakeHost(settings: ["apiKey": .string(secret), "pin": .string(pin)])
    host.answer { request in
      if request.method == "POST" {
        return HTTPResponse(status: 200, body: Array(#"{"data":{"token":"secret.token.1"}}"#.utf8))
      }
      let text = #"{"status":"failure","message":"No: \#(secret) \#(pin) secret.token.1","data":null}"#
      return HTTPResponse(status: status, body: Array(text.utf8))
    }
    let source = try TVDBSource(host.context)
    let error = await #expect(throws: PluginError.self) {
      try await source.fetch(ItemRequest(id: Service.id("tvdb-show-5")), host.context)
    }
    #expect(error?.kind == kind)
    #expect(error?.text.contains("/series/5/extended") == true)
    #expect(error?.text.contains("No: *** *** ***") == true)
  }

  @Test(arguments: ["v4", "v3"])
  func letsNoSecretOut(version: String) async throws {
    let service = try Service(version: version, pin: FakeTVDB.pin)
    var texts: [String] = []
    for title in ["Harbor Lights", FakeTVDB.key, FakeTVDB.legacyKey] {
      texts += try await service.match(title).map { "\($0)" }
    }
    for id in Self.ids { texts.append("\(try await service.fetch(id))") }
    texts += service.fake.lines.filter { !$0.contains("search") }
    for outage in [FakeTVDB.Outage.down, .page(status: 500), .body("<html>"), .body(#"{"data":5}"#)] {
      service.fake.outage = outage
      do { texts.append("\(try await service.fetch("tvdb-show-81003"))") } catch { texts.append("\(error)") }
    }
    texts += service.host.lines.map(\.text)
    for secret in [FakeTVDB.key, FakeTVDB.legacyKey, FakeTVDB.pin] + service.fake.tokens {
      #expect(!texts.contains { $0.contains(secret) })
    }
    #expect(texts.count > 8)
    #expect(service.host.requests.allSatisfy { !$0.url.contains("Bearer") && $0.freshFor > 0 || $0.method == "POST" })
  }
}
