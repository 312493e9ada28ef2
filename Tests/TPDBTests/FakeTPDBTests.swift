import Foundation
import TestSupport
import Testing

/// The fake keeps to what is known of the service.
@Suite struct FakeTPDBTests {
  private struct Answer {
    var status = 0
    var object: [String: Any] = [:]
    var headers: [String: String] = [:]
    var rows: [[String: Any]] { object["data"] as? [[String: Any]] ?? [] }
    var meta: [String: Any] { object["meta"] as? [String: Any] ?? [:] }
  }

  private static let headers = ["authorization": "Bearer \(FakeTPDB.key)", "accept": "application/json"]

  private static func ask(
    _ target: String, _ fake: FakeTPDB = FakeTPDB(), headers: [String: String] = headers
  ) -> Answer {
    guard case .response(let status, let headers, let body) = fake.reply(toGet: target, headers: headers) else {
      return Answer()
    }
    let object = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
    return Answer(
      status: status, object: object ?? [:], headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }))
  }

  @Test func letsNobodyInWithoutTheToken() {
    let refusal = Self.ask("/scenes", headers: ["accept": "application/json"])
    #expect(refusal.status == 401)
    #expect(refusal.object["message"] as? String == "Unauthenticated.")
    #expect(Self.ask("/scenes", headers: [:]).status == 302)
    #expect(Self.ask("/auth/user").status == 200)
  }

  @Test(arguments: [
    "orderBy=FORMER_RELEASED", "order=x&orderBy=date", "performers=Ada", "year=soon",
    "date=2020-01-01&date_operation=near",
  ])
  func refusesWrongFilters(query: String) {
    let answer = Self.ask("/scenes?\(query)")
    #expect(answer.status == 422)
    #expect(answer.object["errors"] is [String: [String]])
  }

  @Test func pagesItsLists() {
    let first = Self.ask("/scenes?site_id=101&year=2022&per_page=100&limit=3")
    #expect(first.rows.count == 100)
    #expect(first.meta["total"] as? Int == 230)
    #expect(first.meta["last_page"] as? Int == 3)
    #expect(Self.ask("/scenes").rows.count == 20)
    let beyond = Self.ask("/sites?page=9")
    #expect(beyond.rows.isEmpty && beyond.meta["from"] is NSNull)
    #expect(Self.ask("/performers?page=9").meta["current_page"] as? Int == 1)
    let capped = Self.ask("/scenes?site_id=101&per_page=100&page=2", FakeTPDB(listCap: 150))
    #expect(capped.rows.count == 50 && capped.meta["total"] as? Int == 150)
  }

  @Test(arguments: [
    ("/scenes?parse=lanternworks+2022-01-02+flame+2&hash=&year=", 1...9), ("/scenes?parse=nobody+2022-01-02", 0...0),
    ("/scenes?hash=00A1B2C3D4E5F607", 1...1), ("/scenes?hash=00a1b2c3d4e5f607&hashType=PHASH", 0...0),
    ("/scenes?site=lanterngroup&date=2022-01-02", 0...0),
    ("/scenes?site=lanterngroup&site_operation=Site/Parent&date=2022-01-02", 1...9),
    ("/movies?sku=ggp-014", 1...1), ("/sites?q=LanternWorks", 0...2), ("/sites?q=lanternworks", 1...1), ("/jav", 0...0),
  ])
  func findsByItsFilters(target: String, count: ClosedRange<Int>) {
    let answer = Self.ask(target)
    #expect(answer.status == 200)
    #expect(count.contains(answer.rows.count), "\(answer.rows.count)")
  }

  @Test func knowsHashesAndIDsOfEachForm() {
    #expect(Self.ask("/scenes/hash/00a1b2c3d4e5f607").status == 200)
    #expect(Self.ask("/scenes/hash/ffffffffffffffff").status == 404)
    for id in ["700", "the-glass-orchard", "20000000-0000-4000-8000-000000000700"] {
      #expect((Self.ask("/movies/\(id)").object["data"] as? [String: Any])?["_id"] as? Int == 700)
    }
    #expect(Self.ask("/nonsense").status == 404)
  }

  @Test func driftsInItsTypes() throws {
    let rows = Self.ask("/sites/103/scenes?per_page=100").rows
    #expect(rows.contains { $0["_id"] is String } && rows.contains { $0["_id"] is Int })
    #expect(rows.contains { $0["posters"] is [Any] } && rows.contains { $0["posters"] is String })
    #expect(rows.contains { $0["performers"] is [String: Any] } && rows.contains { $0["performers"] is NSNull })
    #expect(rows.contains { $0["tags"] == nil } && rows.contains { $0["tags"] is NSNull })
    #expect(rows.contains { ($0["site"] as? [String: Any])?["uuid"] is Int })
    #expect(rows.contains { ($0["site"] as? [String: Any])?["uuid"] == nil })
  }

  @Test func asksForPatienceWhenBusy() {
    let fake = FakeTPDB()
    fake.outage = .busy
    let answer = Self.ask("/scenes", fake)
    #expect(answer.status == 429)
    #expect(answer.headers["Retry-After"] == "30")
  }
}
