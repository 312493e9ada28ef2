import Foundation
import TestSupport
import Testing

/// The fake as the service is, over real HTTP.
@Suite struct FakeTVDBTests {
  private static func ask(
    _ method: String, _ target: String, _ fake: FakeTVDB, token: String? = nil, language: String? = nil,
    body: [String: String]? = nil
  ) throws -> (status: Int, json: [String: Any]) {
    var headers: [String: String] = [:]
    headers["authorization"] = token.map { "Bearer \($0)" }
    headers["accept-language"] = language
    let bytes = try body.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
    guard case .response(let status, _, let data) = fake.reply(method, target, headers: headers, body: bytes) else {
      return (0, [:])
    }
    return (status, (try? JSONSerialization.jsonObject(with: Data(data))) as? [String: Any] ?? [:])
  }

  private static func token(_ fake: FakeTVDB) throws -> String {
    let answer = try ask("POST", "/v4/login", fake, body: ["apikey": FakeTVDB.key, "pin": FakeTVDB.pin])
    return try #require((answer.json["data"] as? [String: Any])?["token"] as? String)
  }

  @Test(arguments: [
    (["apikey": "x"], 401, "InvalidAPIKey: apikey invalid"),
    (["apikey": FakeTVDB.key], 400, "InvalidValueType: pin required"),
    (["apikey": FakeTVDB.key, "pin": ""], 401, "Unauthorized"),
  ])
  func refusesLoginsInThreeWays(body: [String: String], status: Int, message: String) throws {
    let answer = try Self.ask("POST", "/v4/login", FakeTVDB(needsPIN: true), body: body)
    #expect(answer.status == status)
    #expect(answer.json["message"] as? String == message)
    #expect(answer.json["data"] is NSNull)
  }

  @Test(arguments: [
    ("/v4/search", 400), ("/v4/search?query=", 400), ("/v4/series/9/extended", 404), ("/v4/series/x/extended", 400),
    ("/v4/movies/9/extended", 404), ("/v4/series/81001/nonsense", 400), ("/v4/series/81001/episodes/official", 400),
    ("/v4/series/81004/episodes/official/deu?page=0", 404), ("/v4/seasons/81001102/translations/eng", 404),
    ("/v4/search/remoteid/nothing", 200), ("/v4/series/81001/episodes/official?page=9", 200),
  ])
  func answersWhatIsWrongOrMissing(target: String, status: Int) throws {
    let fake = FakeTVDB()
    #expect(try Self.ask("GET", target, fake).status == 401)
    #expect(try Self.ask("GET", target, fake, token: Self.token(fake)).status == status)
  }

  @Test func nestsEpisodesInTwoWays() throws {
    let fake = FakeTVDB()
    let token = try Self.token(fake)
    let plain = try Self.ask("GET", "/v4/series/81003/episodes/official?page=2", fake, token: token)
    let data = try #require(plain.json["data"] as? [String: Any])
    #expect((data["series"] as? [String: Any])?["id"] as? Int == 81003)
    #expect((data["episodes"] as? [Any])?.count == 210)
    #expect((plain.json["links"] as? [String: Any])?["next"] is NSNull)
    let first = try Self.ask("GET", "/v4/series/81003/episodes/default/eng?page=0", fake, token: token)
    #expect((first.json["data"] as? [String: Any])?["id"] as? Int == 81003)
    #expect(((first.json["data"] as? [String: Any])?["episodes"] as? [Any])?.count == 500)
    #expect(((first.json["links"] as? [String: Any])?["next"] as? String)?.contains(" ") == true)
  }

  @Test func limitsAndShortens() throws {
    let fake = FakeTVDB()
    let token = try Self.token(fake)
    let page = try Self.ask("GET", "/v4/search?query=harbor&limit=1&offset=1", fake, token: token)
    #expect((page.json["data"] as? [[String: Any]])?.map { $0["tvdb_id"] as? String } == ["81004"])
    let short = try Self.ask("GET", "/v4/series/81001/extended?short=true", fake, token: token)
    #expect((short.json["data"] as? [String: Any])?["artworks"] is NSNull)
    #expect((short.json["data"] as? [String: Any])?["translations"] == nil)
  }

  @Test(arguments: [
    ("/search/series?name=zzyzx", 404, "Resource not found"), ("/series/9", 404, "ID: 9 not found"),
    ("/series/81002/actors", 404, "No results"), ("/series/81001/episodes?page=9", 404, "No results"),
    ("/series/81001/images/query?keyType=series", 404, "No results"), ("/search/series", 405, "Only one of"),
  ])
  func speaksTheOldVersionToo(target: String, status: Int, text: String) throws {
    let fake = FakeTVDB()
    #expect(try Self.ask("POST", "/login", fake, body: ["apikey": FakeTVDB.key]).status == 401)
    let login = try Self.ask("POST", "/login", fake, body: ["apikey": FakeTVDB.legacyKey])
    let token = try #require(login.json["token"] as? String)
    #expect(try Self.ask("GET", target, fake).json["authorizer"] as? String == "cloudfront")
    let answer = try Self.ask("GET", target, fake, token: token, language: "en")
    #expect(answer.status == status)
    #expect((answer.json["Error"] as? String)?.hasPrefix(text) == true)
    let renewed = try Self.ask("GET", "/refresh_token", fake, token: token)
    #expect(renewed.json["token"] is String)
  }

  @Test func answersBehindAServer() throws {
    let fake = FakeTVDB()
    let server = try LoopbackServer { fake.reply(to: $0) }
    defer { server.stop() }
    let client = try LoopbackClient(port: server.port)
    let answer = try client.send("GET", "/v4/series/81001/extended")
    #expect(answer.status == 401)
    #expect(answer.object["message"] as? String == "Unauthorized")
  }
}
