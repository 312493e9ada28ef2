import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TPDB

@Suite struct TPDBSourceTests {
  /// Everything that the source can be asked.
  private static func askAll(_ service: Service) async -> [PluginError] {
    var errors: [PluginError] = []
    func attempt(_ body: () async throws -> Void) async {
      do { try await body() } catch { errors.append(PluginError(thrown: error)) }
    }
    for id in ["tpdb-show-101", "tpdb-season-101-2021", "tpdb-episode-101-\(Service.scene(2001))", "tpdb-movie-700"] {
      await attempt { _ = try await service.fetch(id) }
    }
    for id in ["tpdb-show-101", "tpdb-season-101-2021"] { await attempt { _ = try await service.children(id) } }
    for kind in [MediaKind.show, .movie, .episode] {
      await attempt { _ = try await service.match(kind, "Lantern") { $0.oshash = "0123456789abcdef" } }
    }
    return errors
  }

  @Test(arguments: [
    (FakeTPDB.Outage.busy, PluginError.Kind.unavailable, "Too Many Attempts."),
    (.page(status: 502), .unavailable, "502"),
    (.page(status: 200), .unavailable, "document"), (.down, .unavailable, "connection"),
    (.answer(status: 500, body: ""), .unavailable, "500"),
    (.answer(status: 403, body: #"{"message":"No access."}"#), .unauthorized, "No access."),
    (.answer(status: 422, body: #"{"message":"Invalid.","errors":{"year":["must be"]}}"#), .fault, "year: must"),
    (.answer(status: 200, body: #"{"error":"maintenance"}"#), .unavailable, "maintenance"),
    (.answer(status: 200, body: "{}"), .unavailable, "'data'"),
    (.answer(status: 200, body: #"{"data":7}"#), .unavailable, "data"),
    (.answer(status: 200, body: #"{"data":[[]]}"#), .unavailable, "data"),
  ])
  func passesTroubleOnInASentence(outage: FakeTPDB.Outage, kind: PluginError.Kind, words: String) async throws {
    let service = try Service()
    service.fake.outage = outage
    let errors = await Self.askAll(service)
    // A list with one entry that cannot be read is an empty list; items and sites have none to spare.
    #expect(errors.count >= 2)
    #expect(errors.allSatisfy { $0.kind == kind && $0.text.contains(words) }, "\(errors)")
  }

  @Test func saysThatTheKeyIsRefusedAndNeverShowsIt() async throws {
    let key = "wrong-token-9876543210"
    let service = try Service(key: key)
    let errors = await Self.askAll(service)
    #expect(errors.count == 9)
    #expect(errors.allSatisfy { $0.kind == .unauthorized && $0.text.contains("Unauthenticated.") }, "\(errors)")
    #expect(errors.allSatisfy { !$0.text.contains(key) })
  }

  @Test(arguments: [400, 401, 403, 422, 500])
  func showsNoKeyThatTheServiceRepeats(status: Int) async throws {
    let service = try Service()
    service.fake.outage = .answer(status: status, body: #"{"message":"bad token \#(FakeTPDB.key)"}"#)
    let errors = await Self.askAll(service)
    #expect(errors.count == 9)
    #expect(errors.allSatisfy { !$0.text.contains(FakeTPDB.key) && $0.text.contains("bad token") }, "\(errors)")
  }

  @Test func keepsTheKeyOutOfEverythingButItsHeader() async throws {
    let service = try Service()
    var texts: [String] = []
    let show = try await service.fetch("tpdb-show-101")
    let scenes = try await service.children("tpdb-season-101-2021")
    let candidates = try await service.match(.movie, "Seven Ferries")
    texts += [try JSONCoding.encode(show), try JSONCoding.encode(scenes), try JSONCoding.encode(candidates)]
      .map { String(decoding: $0, as: UTF8.self) }
    texts += service.host.requests.map(\.url) + service.host.lines.map(\.text)
    texts += ["years/101", "order/101/2021"].map { String(decoding: service.host.cached($0) ?? [], as: UTF8.self) }
    #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains(FakeTPDB.key) })
    #expect(service.host.requests.allSatisfy { $0.headers["Authorization"] == "Bearer \(FakeTPDB.key)" })
    #expect(service.host.requests.allSatisfy { $0.freshFor > 0 })
  }

  @Test(arguments: ["", "  ", "two words", "line\nbreak"]) func refusesAKeyThatIsNone(key: String) {
    let error = #expect(throws: PluginError.self) { try Service(key: key) }
    #expect(error?.kind == .badRequest)
    #expect(error?.text.contains("apiKey") == true)
  }

  @Test func losesOnlyTheBrokenEntryOfAList() async throws {
    let service = try Service()
    let good = #"{"id":"m-1","title":"Sound","performers":[7,{},{"name":"Ada"}],"tags":["a",{"name":""},{"tag":"b"}]}"#
    service.fake.outage = .answer(status: 200, body: #"{"data":[7,{},{"id":"x/y","title":"t"},{"_id":5},\#(good)]}"#)
    #expect(try await service.match(.movie, "Sound").map(\.id.description) == ["tpdb-movie-m-1"])
    #expect(service.host.lines.contains { $0.level == .warning && $0.text.contains("data[0]") })
    service.fake.outage = .answer(status: 200, body: #"{"data":\#(good)}"#)
    let movie = try await service.fetch("tpdb-movie-m-1")
    #expect(movie.credits.map(\.name) == ["Ada"])
    #expect(movie.genres == ["a", "b"])
  }

  @Test(arguments: [
    #""duration":"soon""#, #""duration":9223372036854775807"#, #""duration":-1"#, #""date":"2020-13-40""#,
    #""date":20200101"#, #""posters":7"#, #""posters":[[]]"#, #""background":{"large":7}"#, #""performers":"Ada""#,
    #""tags":{"a":1}"#, #""site":[]"#, #""site":{"id":"x","name":""}"#, #""media":[]"#, #""description":{}"#,
    #""poster":"javascript:alert(1)""#, #""image":"https://example.org/a b""#, #""directors":"Dora""#,
  ])
  func passesOverMembersOfAnotherShape(member: String) async throws {
    let service = try Service()
    service.fake.outage = .answer(status: 200, body: #"{"data":{"id":"m-1","title":"Odd",\#(member)}}"#)
    let movie = try await service.fetch("tpdb-movie-m-1")
    #expect(movie.title == "Odd")
    #expect(movie.artwork == [])
    #expect(movie.duration == nil)
    #expect(movie.released == nil)
    #expect(movie.isAdult)
  }

  @Test(arguments: [
    (#"{"data":{"id":"m-1"}}"#, "data.title"), (#"{"data":{"title":"x"}}"#, "data.id"),
    (#"{"data":{"id":"a/b","title":"x"}}"#, "data.id"),
  ])
  func namesTheMemberWithoutWhichThereIsNoItem(body: String, member: String) async throws {
    let service = try Service()
    service.fake.outage = .answer(status: 200, body: body)
    let error = await #expect(throws: PluginError.self) { try await service.fetch("tpdb-movie-m-1") }
    #expect(error?.kind == .unavailable)
    #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
  }

  @Test func answersAnEmptyListInPlaceOfAnItemAsNotFound() async throws {
    let service = try Service()
    service.fake.outage = .answer(status: 200, body: #"{"data":[]}"#)
    let error = await #expect(throws: PluginError.self) { try await service.fetch("tpdb-movie-m-1") }
    #expect(error?.kind == .notFound)
  }

  @Test func worksThroughTheTableOfItsLibrary() async throws {
    let service = try Service()
    let plugin = try TableHost(service.host).open(usherPlugin(0))
    let manifest = try plugin.manifest()
    #expect(manifest.id == "tpdb")
    #expect(manifest.adult)
    #expect(manifest.hosts == ["api.theporndb.net"])
    #expect(manifest.settings.first { $0.name == "apiKey" }.map { $0.required && $0.secret } == true)
    let request = ItemRequest(id: try Service.id("tpdb-season-101-2022"))
    let list = try await plugin.ask("children", request, ItemList.self)
    #expect(list.items == (try await service.children("tpdb-season-101-2022")))
    plugin.close()
  }
}
