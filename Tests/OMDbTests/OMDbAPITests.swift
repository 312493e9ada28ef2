import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import OMDb

@Suite struct OMDbAPITests {
  private static let secret = "s3cr3t key+1"

  private static func refusal(_ status: Int, _ body: String) async -> PluginError? {
    let host = FakeHost(settings: ["apiKey": .string(secret)])
    host.answer { _ in HTTPResponse(status: status, body: [UInt8](body.utf8)) }
    let error = await #expect(throws: PluginError.self) {
      try await OMDbSource(host.context).fetch(ItemRequest(id: Service.id("omdb-movie-tt0000007")), host.context)
    }
    #expect(error?.text.contains("s3cr3t") == false)
    return error
  }

  @Test(
    arguments: [
      (200, "Movie not found!", .notFound), (200, "Series not found!", .notFound),
      (200, "Series or season not found!", .notFound), (200, "Incorrect IMDb ID.", .notFound),
      (200, "Error getting data.", .notFound), (200, "Too many results.", .notFound),
      (401, "Invalid API key!", .unauthorized), (401, "No API key provided.", .unauthorized),
      (200, "Invalid API key!", .unauthorized), (401, "Request limit reached!", .unavailable),
      (401, "Daily request limit reached!", .unavailable), (200, "Request limit reached!", .unavailable),
      (401, "Something else", .unauthorized), (200, "Something else", .unavailable), (400, "Something else", .fault),
      (500, "Error getting data.", .unavailable), (503, "Something else", .unavailable),
    ] as [(Int, String, PluginError.Kind)])
  func tellsRefusalsApartByTheirSentence(status: Int, sentence: String, kind: PluginError.Kind) async {
    let error = await Self.refusal(status, #"{"Response":"False","Error":"\#(sentence)"}"#)
    #expect(error?.kind == kind)
    if kind == .unauthorized || kind == .unavailable { #expect(error?.text.contains(sentence) == true) }
  }

  @Test(
    arguments: [
      (404, "", .notFound), (400, "<html></html>", .fault), (422, "", .fault), (403, "", .unauthorized),
      (429, "", .unavailable), (500, "", .unavailable), (522, "<html></html>", .unavailable), (302, "", .unavailable),
      (200, "<html></html>", .unavailable), (200, #"{"Response":"False"}"#, .unavailable),
      (200, #"{"Error":"Movie not found!"}"#, .notFound),
    ] as [(Int, String, PluginError.Kind)])
  func goesByTheCodeWhereThereIsNoSentence(status: Int, body: String, kind: PluginError.Kind) async {
    #expect(await Self.refusal(status, body)?.kind == kind)
  }

  @Test func namesTheQuestionWithoutTheKeyWhenItWasWrong() async {
    let error = await Self.refusal(422, #"{"Response":"False","Error":"Bad key=\#(Self.secret) s3cr3t%20key%2B1"}"#)
    #expect(error?.text == "OMDb answered 422: Bad key=… … (asked for i=tt0000007 plot=full)")
  }

  @Test func pausesWhenTheDaysCallsAreUsedUp() async throws {
    let service = try Service()
    service.fake.dailyLimit = 1
    _ = try await service.fetch("omdb-movie-tt99000301")
    for id in ["omdb-movie-tt99000302", "omdb-movie-tt99000303"] {
      let error = await #expect(throws: PluginError.self) { try await service.fetch(id) }
      #expect(error == PluginError(.unavailable, "OMDb: Request limit reached!"))
    }
    #expect(service.fake.callCount == 2)
    service.fake.dailyLimit = .max
    service.host.advance(milliseconds: OMDbPause.longest)
    #expect(try await service.fetch("omdb-movie-tt99000302").title == "Blank Page")
  }

  @Test func endsThePauseAtMidnightUTC() async {
    let pause = OMDbPause()
    let midnight: Int64 = 86_400_000 * 20_000
    await pause.begin("used up", midnight - 60_000)
    #expect(await pause.reason(midnight - 1) == "used up")
    #expect(await pause.reason(midnight) == nil)
  }

  @Test(arguments: [FakeOMDb.Outage.down, .page(status: 522), .page(status: 429), .page(status: 200)])
  func passesOnThatTheServiceIsDown(outage: FakeOMDb.Outage) async throws {
    let service = try Service()
    service.fake.outage = outage
    let match = await #expect(throws: PluginError.self) { try await service.match("The Paper Harbor") }
    let fetch = await #expect(throws: PluginError.self) { try await service.fetch("omdb-show-tt99000082") }
    #expect([match?.kind, fetch?.kind] == [.unavailable, .unavailable])
    #expect("\(match?.text ?? "") \(fetch?.text ?? "")".contains(FakeOMDb.key) == false)
    service.fake.outage = nil
    #expect(try await service.fetch("omdb-show-tt99000082").title == "Harbor Lights")
  }

  @Test func neverTellsTheKey() async throws {
    let service = try Service()
    var told: [String] = []
    for kind in [MediaKind.movie, .show] {
      let candidates = try await service.match("Harbor", kind, manual: true)
      told += try candidates.map { String(decoding: try JSONCoding.encode($0), as: UTF8.self) }
    }
    for id in ["omdb-movie-tt99000301", "omdb-show-tt99000082", "omdb-episode-tt99000082-s1e2"] {
      told.append(String(decoding: try JSONCoding.encode(try await service.fetch(id)), as: UTF8.self))
    }
    let refused = try Service(key: "bad0bad0")
    let error = await #expect(throws: PluginError.self) { try await refused.match("Harbor") }
    #expect(error == PluginError(.unauthorized, "OMDb: Invalid API key!"))
    told += (service.host.lines + refused.host.lines).map(\.text) + [error?.text ?? ""]
    #expect(told.count > 5)
    #expect(!told.contains { $0.contains(FakeOMDb.key) || $0.contains("bad0bad0") || $0.contains("apikey") })
  }

  @Test(arguments: ["", " "])
  func doesNotOpenWithoutAKey(key: String) throws {
    let error = #expect(throws: PluginError.self) { try Service(key: key) }
    #expect(error?.text.contains("apiKey") == true)
  }

  @Test func asksForAnswersThatTheHostMayKeep() async throws {
    let service = try Service()
    _ = try await service.match("The Paper Harbor")
    _ = try await service.children("omdb-season-tt99000082-1")
    #expect(service.host.requests.map(\.freshFor) == [300, 86_400, 86_400])
  }
}
