import MetadataModel
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import TMDB

@Suite struct TMDBTroubleTests {
  private static let ids = ["tmdb-movie-600", "tmdb-show-4100", "tmdb-season-4100-1", "tmdb-episode-4100-41000101"]

  /// What every operation says while the service is in trouble.
  private static func errors(_ outage: FakeTMDB.Outage) async throws -> [PluginError] {
    let service = try Service()
    service.fake.outage = outage
    var errors: [PluginError] = []
    for id in ids {
      do { _ = try await service.fetch(id) } catch let error as PluginError { errors.append(error) }
    }
    for ids in [nil, ["imdb": "tt1"], ["tmdb": "600"]] as [ExternalIDs?] {
      do { _ = try await service.match(.movie, "Any", ids: ids) } catch let error as PluginError {
        errors.append(error)
      }
    }
    do { _ = try await service.children("tmdb-show-4100") } catch let error as PluginError { errors.append(error) }
    #expect(errors.count == 8)
    return errors
  }

  @Test(arguments: [
    FakeTMDB.Outage.down, .page(status: 500), .page(status: 502), .page(status: 200), .page(status: 403),
    .page(status: 404), .refusal(status: 503, code: 46, message: "The API is undergoing maintenance."),
    .refusal(status: 504, code: 24, message: "Your request to the backend server timed out."),
    .tooManyRequests(retryAfter: 2), .tooManyRequests(retryAfter: nil), .body(""), .body("[]"), .body("null"),
    .body(#"{"id":"600","title":7}"#), .body("{}"),
  ])
  func passesOnThatTheServiceCannotAnswer(outage: FakeTMDB.Outage) async throws {
    #expect(try await Self.errors(outage).allSatisfy { $0.kind == .unavailable })
  }

  @Test(arguments: [
    (401, 7, "Invalid API key: You must be granted a valid key."),
    (401, 10, "Suspended API key: Access to your account has been suspended, contact TMDB."),
    (403, 45, "This user has been suspended."),
  ])
  func passesOnTheServicesSentenceForABadKey(status: Int, code: Int, sentence: String) async throws {
    let errors = try await Self.errors(.refusal(status: status, code: code, message: sentence))
    #expect(errors.allSatisfy { $0.kind == .unauthorized && $0.text.contains(sentence) })
  }

  @Test(arguments: [(400, 27), (422, 5), (406, 19), (405, 4)])
  func callsAWrongRequestAFaultAndTellsWhichOne(status: Int, code: Int) async throws {
    let error = try #require(
      try await Self.errors(.refusal(status: status, code: code, message: "Wrong.")).first)
    #expect(error.kind == .fault)
    #expect(error.text.contains("/movie/600?append_to_response="))
  }

  @Test(arguments: [FakeTMDB.key, FakeTMDB.token])
  func noSecretIsToldAnywhere(secret: String) async throws {
    let service = try Service(apiKey: " \(secret)\n")
    var texts: [String] = []
    let outages: [FakeTMDB.Outage?] = [
      nil, .down, .page(status: 500), .refusal(status: 401, code: 7, message: "Key \(secret) is bad."),
      .refusal(status: 400, code: 5, message: "api_key=\(secret)"), .body(#"{"id":"\#(secret)"}"#), .body(secret),
      .tooManyRequests(retryAfter: 1),
    ]
    for outage in outages {
      service.fake.outage = outage
      do { texts.append("\(try await service.fetch("tmdb-movie-600", language: "en-\(texts.count)"))") } catch {
        texts.append("\(error)")
      }
      do { texts.append("\(try await service.match(.show, "Harbor Watch", year: 1900 + texts.count))") } catch {
        texts.append("\(error)")
      }
      service.fake.outage = nil
    }
    texts += service.host.lines.map(\.text)
    #expect(texts.count >= 16)
    #expect(!texts.contains { $0.contains(secret) })
  }

  @Test func readsASeasonThatIsWholeBesideABrokenOne() async throws {
    let series = """
      {"id":7,"name":"Odd","seasons":[{"season_number":1,"episode_count":1},{"season_number":2,"episode_count":1},
      {"season_number":3,"episode_count":1}],"season/1":{"episodes":[{"id":5,"episode_number":1}]},
      "season/2":{"episodes":[{"id":6,"episode_number":"one"}]}}
      """
    let host = FakeHost(settings: ["apiKey": .string(FakeTMDB.key)])
    host.answer { _ in HTTPResponse(status: 200, body: [UInt8](series.utf8)) }
    let source = try TMDBSource(host.context)
    func children(_ id: String) async throws -> [MediaItem] {
      try await source.children(ItemRequest(id: try Service.id(id)), host.context)
    }
    #expect(try await children("tmdb-season-7-1").map(\.title) == ["Episode 1"])
    #expect(try await source.fetch(ItemRequest(id: Service.id("tmdb-episode-7-5")), host.context).index == 1)
    for (id, member) in [
      ("tmdb-season-7-2", "season/2.episodes[0].episode_number"), ("tmdb-season-7-3", "season/3"),
    ] {
      let error = await #expect(throws: PluginError.self) { try await children(id) }
      #expect(error?.kind == .unavailable)
      #expect(error?.text.contains(member) == true, "\(error?.text ?? "")")
    }
    let error = await #expect(throws: PluginError.self) {
      try await source.fetch(ItemRequest(id: Service.id("tmdb-episode-7-6")), host.context)
    }
    #expect(error?.kind == .unavailable)
  }

  @Test(arguments: [
    #""runtime":"60""#, #""genres":"Drama""#, #""vote_average":1e9,"vote_count":-4"#, #""poster_path":"../../etc""#,
    #""poster_path":"/a b.jpg""#, #""belongs_to_collection":[]"#,
    #""credits":{"cast":[7,null,{"name":1},{}],"crew":"x"}"#,
    #""release_dates":{"results":[{"iso_3166_1":"US","release_dates":{}}]}"#, #""runtime":9223372036854775807"#,
    #""images":{"posters":[{"file_path":"//evil.example/a.jpg"},{"file_path":null},7]}"#, #""translations":[]"#,
    #""recommendations":{"results":[{"id":-1,"title":"X"},{"id":0,"title":"Y"}]}"#, #""release_date":"soon""#,
    #""external_ids":{"imdb_id":"a/b","tvdb_id":-1}"#, #""adult":"yes""#,
    #""alternative_titles":{"titles":[{"title":""}]}"#,
  ])
  func passesOverMembersOfAnotherShape(member: String) async throws {
    let host = FakeHost(settings: ["apiKey": .string(FakeTMDB.key)])
    host.answer { _ in HTTPResponse(status: 200, body: [UInt8]((#"{"id":7,"title":"Odd","# + member + "}").utf8)) }
    let source = try TMDBSource(host.context)
    let movie = try await source.fetch(ItemRequest(id: Service.id("tmdb-movie-7")), host.context)
    var bare = MediaItem(id: try Service.id("tmdb-movie-7"), title: "Odd")
    bare.language = "en"
    bare.externalIDs = ["tmdb": "7"]
    bare.page = "https://www.themoviedb.org/movie/7"
    #expect(movie == bare)
  }
}
