import Foundation
import Support
import TestSupport
import Testing

@Suite struct FakeTVmazeTests {
  private struct Answer {
    var status = 0
    var body = ""
    var headers: [String: String] = [:]
  }

  private static func ask(_ target: String, _ fake: FakeTVmaze = FakeTVmaze()) -> Answer {
    guard
      case .response(let status, let headers, let body) = fake.reply(toGet: target, headers: ["host": "127.0.0.1:1"])
    else {
      return Answer()
    }
    return Answer(
      status: status, body: String(decoding: body, as: UTF8.self),
      headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }))
  }

  private static func list(_ target: String) throws -> [[String: Any]] {
    try #require(JSONSerialization.jsonObject(with: Data(ask(target).body.utf8)) as? [[String: Any]])
  }

  private static func object(_ target: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(ask(target).body.utf8)) as? [String: Any])
  }

  @Test(arguments: [
    ("/search/shows?q=nothing+here", 200, "[]"), ("/singlesearch/shows?q=nothing", 404, ""),
    ("/lookup/shows?imdb=tt1", 404, "null"), ("/lookup/shows?thetvdb=1", 404, "null"),
  ])
  func saysInItsOwnWaysThatThereIsNothing(target: String, status: Int, body: String) {
    let answer = Self.ask(target)
    #expect(answer.status == status)
    #expect(answer.body == body)
  }

  @Test(arguments: [
    "/shows/999", "/shows?page=5", "/episodes/1", "/nonsense", "/shows/82/nonsense",
    "/shows/82/episodebynumber?season=9&number=9",
  ])
  func answersAnUnknownPathWithAnObject(target: String) throws {
    #expect(Self.ask(target).status == 404)
    #expect(try Self.object(target)["status"] as? Int == 404)
  }

  @Test func redirectsALookup() {
    let answer = Self.ask("/lookup/shows?imdb=tt99000082")
    #expect(answer.status == 301)
    #expect(answer.headers["Location"] == "http://127.0.0.1:1/shows/82")
    #expect(answer.body.isEmpty)
    #expect(answer.headers["Cache-Control"] == "public, max-age=3600")
  }

  @Test(arguments: [
    "embed=episodes", "embed=seasons", "embed=cast", "embed=crew", "embed=akas", "embed=images",
    "embed[]=episodes&embed[]=cast", "embed%5B%5D=episodes&embed%5B%5D=cast", "embed=nonsense&embed=akas",
  ])
  func embedsWhatIsAsked(query: String) throws {
    let names = query.split(separator: "&").compactMap { $0.split(separator: "=").last.map(String.init) }
    let embedded = try #require(try Self.object("/shows/82?" + query)["_embedded"] as? [String: Any])
    #expect(Set(embedded.keys) == Set(names).subtracting(["nonsense"]))
  }

  @Test func givesSpecialsOnlyOnRequest() throws {
    let regular = try Self.list("/shows/82/episodes")
    let all = try Self.list("/shows/82/episodes?specials=1")
    #expect(regular.count == 42)
    #expect(all.count == 46)
    #expect(all.filter { $0["number"] is NSNull }.count == 4)
    #expect(all.contains { $0["airdate"] as? String == "" })
  }

  @Test func hasTheOddShapesOfTheService() throws {
    let streamed = try Self.object("/shows/310?embed=images")
    #expect(streamed["network"] is NSNull)
    #expect((streamed["webChannel"] as? [String: Any])?["country"] is NSNull)
    #expect(streamed["runtime"] is NSNull)
    #expect(try Self.list("/shows/1205/seasons").first?["number"] as? Int == 2015)
    #expect(try Self.list("/shows/82/images").contains { $0["type"] is NSNull })
    let old = try Self.object("/shows/83?embed=images")
    #expect((old["_embedded"] as? [String: Any])?["images"] is [String: Any])
    #expect(try Self.list("/shows/82/alternatelists").map { $0["dvd_release"] as? Bool } == [false, true])
    #expect(try Self.list("/alternatelists/821/alternateepisodes?embed=episodes").count == 4)
    #expect(try Self.list("/shows/82/episodesbydate?date=2015-12-24").count == 2)
    #expect(try Self.object("/singlesearch/shows?q=salt+ink&embed=cast")["id"] as? Int == 512)
  }

  @Test func refusesThe21stRequestWithinTenSeconds() {
    let time = ManualTime()
    let fake = FakeTVmaze(rateLimited: true, time: time)
    let early = (1...20).map { _ in Self.ask("/shows/82", fake).status }
    #expect(early.allSatisfy { $0 == 200 })
    let refused = Self.ask("/shows/82", fake)
    #expect(refused.status == 429)
    #expect(refused.headers["Retry-After"] == nil)
    time.advance(milliseconds: 10_001)
    #expect(Self.ask("/shows/82", fake).status == 200)
    #expect(fake.callCount == 22)
  }
}
