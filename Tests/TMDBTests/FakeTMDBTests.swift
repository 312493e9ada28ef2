import Foundation
import TestSupport
import Testing

/// The fake keeps what its service is known for, over real HTTP.
@Suite struct FakeTMDBTests {
  private static let key = "api_key=\(FakeTMDB.key)"

  private static func ask(
    _ target: String, headers: [String: String] = [:], _ fake: FakeTMDB = FakeTMDB()
  ) throws -> LoopbackAnswer {
    let server = try LoopbackServer { fake.reply(to: $0) }
    defer { server.stop() }
    return try LoopbackClient(port: server.port).send("GET", target, headers: headers)
  }

  @Test(arguments: [
    ("/3/movie/600", 401, 7), ("/3/movie/600?api_key=wrong", 401, 7), ("/3/movie/9?\(key)", 404, 34),
    ("/movie/600?\(key)", 404, 34), ("/3/tv/600?\(key)", 404, 34), ("/3/search/movie?query=&\(key)", 422, 5),
    ("/3/search/movie?query=a&page=0&\(key)", 400, 22), ("/3/search/tv?query=a&page=501&\(key)", 400, 22),
    ("/3/tv/4100/season/9?\(key)", 404, 34), ("/3/tv/episode_group/x?\(key)", 404, 34),
    ("/3/movie/600?append_to_response=\((1...21).map { "x\($0)" }.joined(separator: ","))&\(key)", 400, 27),
  ])
  func refusesInTheServicesWords(target: String, status: Int, code: Int) throws {
    let answer = try Self.ask(target)
    #expect(answer.status == status)
    #expect(answer.object["status_code"] as? Int == code)
    #expect(answer.object["success"] as? Bool == false)
    #expect(answer.object["status_message"] is String)
  }

  @Test func takesEitherCredential() throws {
    #expect(try Self.ask("/3/configuration?\(Self.key)").status == 200)
    #expect(try Self.ask("/3/configuration", headers: ["Authorization": "Bearer " + FakeTMDB.token]).status == 200)
    #expect(try Self.ask("/3/configuration", headers: ["Authorization": "Bearer x"]).status == 401)
    #expect(try Self.ask("/3/configuration?\(Self.key)", headers: ["Accept": "text/css"]).status == 406)
  }

  @Test func answersAnEmptySearchWithOneEmptyPage() throws {
    let object = try Self.ask("/3/search/tv?query=zzyzx&\(Self.key)").object
    #expect((object["results"] as? [Any])?.isEmpty == true)
    #expect(object["total_pages"] as? Int == 1)
    #expect(object["total_results"] as? Int == 0)
    #expect((try Self.ask("/3/search/tv?query=harbor&page=2&\(Self.key)").object["results"] as? [Any])?.isEmpty == true)
  }

  @Test func appendsWhatItKnowsAndPassesOverTheRest() throws {
    let names = "credits,images,nonsense,season/1,season/77"
    let movie = try Self.ask("/3/movie/600?append_to_response=\(names)&language=de&\(Self.key)").object
    #expect(Set(["credits", "images"]).isSubset(of: movie.keys))
    #expect(movie["nonsense"] == nil && movie["season/1"] == nil)
    #expect((movie["credits"] as? [String: Any])?["id"] == nil)
    #expect(((movie["images"] as? [String: Any])?["posters"] as? [Any])?.count == 1)
    let show = try Self.ask("/3/tv/4100?append_to_response=\(names)&\(Self.key)").object
    #expect(((show["season/1"] as? [String: Any])?["episodes"] as? [Any])?.count == 30)
    #expect(show["season/77"] == nil)
  }

  @Test func answersAnUnchangedRecordWith304() throws {
    let fake = FakeTMDB()
    let tag = try #require(try Self.ask("/3/movie/600?\(Self.key)", fake).headers["etag"])
    #expect(tag.hasPrefix("W/"))
    let again = try Self.ask("/3/movie/600?\(Self.key)", headers: ["If-None-Match": tag], fake)
    #expect(again.status == 304)
    #expect(again.body.isEmpty)
  }

  @Test func findsNothingAsFiveEmptyLists() throws {
    let found = try Self.ask("/3/find/tt1?external_source=imdb_id&\(Self.key)").object
    #expect(found.count == 5)
    #expect(found.values.allSatisfy { ($0 as? [Any])?.isEmpty == true })
  }

  @Test func refusesTooManyRequestsWithAndWithoutATime() throws {
    let fake = FakeTMDB()
    for seconds in [3, nil] {
      fake.outage = .tooManyRequests(retryAfter: seconds)
      let answer = try Self.ask("/3/movie/600?\(Self.key)", fake)
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == seconds.map(String.init))
    }
  }
}
