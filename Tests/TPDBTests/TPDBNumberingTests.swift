import MetadataModel
import TestSupport
import Testing

@testable import TPDB

@Suite struct TPDBNumberingTests {
  private static func numbers(_ service: Service, _ year: Int = 2021) async throws -> [String: Int] {
    service.forgetResponses()
    let scenes = try await service.children("tpdb-season-101-\(year)")
    return Dictionary(scenes.map { ($0.title, $0.index ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func numbersByDateThenAgeOfTheRecord() async throws {
    let fake = FakeTPDB()
    // Listed in an order that is neither.
    _ = fake.addScene(9003, site: 104, date: "2020-02-02", title: "third")
    _ = fake.addScene(9002, site: 104, date: "2020-02-02", title: "second")
    _ = fake.addScene(9004, site: 104, date: "2020-01-01", title: "first")
    let first = try await Service(fake).children("tpdb-season-104-2020")
    #expect(first.map(\.title) == ["first", "second", "third"])
    #expect(first.map(\.index) == [1, 2, 3])
    // Another host that remembers nothing gives the same numbers.
    #expect(try await Service(fake).children("tpdb-season-104-2020") == first)
  }

  @Test func keepsTheNumbersOnceGiven() async throws {
    let service = try Service()
    let before = try await Self.numbers(service)
    #expect(before.count == 12)
    _ = service.fake.addScene(1500, site: 101, date: "2021-01-01", title: "Found Late")
    service.fake.removeScene(Service.scene(1004))
    let after = try await Self.numbers(service)
    #expect(after["Found Late"] == 13)
    #expect(after["Wick 5"] == nil)
    #expect(!after.values.contains(before["Wick 5"] ?? 0))
    for (title, number) in before where title != "Wick 5" { #expect(after[title] == number) }
    // Nobody else gets the number of the one that vanished, nor that of the last one.
    service.fake.removeScene(Service.scene(1500))
    _ = service.fake.addScene(1501, site: 101, date: "2021-12-01", title: "Found Later")
    let last = try await Self.numbers(service)
    #expect(last["Found Later"] == 14)
    // What comes back has its own number again.
    _ = service.fake.addScene(1004, site: 101, date: "2021-05-05", title: "Wick 5")
    #expect(try await Self.numbers(service)["Wick 5"] == before["Wick 5"])
  }

  @Test func givesASceneBySelfTheNumberItHasInItsYear() async throws {
    let listed = try #require(try await Service().children("tpdb-season-101-2022").first { $0.index == 77 })
    let service = try Service()
    let alone = try await service.fetch(listed.id.description)
    #expect(alone == listed)
    // The rest of the year is numbered by then, and needs no question to the service.
    let cost = try await service.cost { _ = try await service.fetch("tpdb-episode-101-\(Service.scene(2001))") }
    #expect(cost.isEmpty)
  }

  @Test func numbersASceneThatTheListDoesNotHaveYet() async throws {
    let service = try Service()
    _ = try await service.children("tpdb-season-101-2021")
    let id = service.fake.addScene(1600, site: 101, date: "2021-06-06", title: "Fresh")
    #expect(try await service.fetch("tpdb-episode-101-\(id)").index == 13)
    #expect(try await Self.numbers(service)["Fresh"] == 13)
  }

  @Test func numbersNothingFromHalfAList() async throws {
    let service = try Service()
    _ = try await service.fetch("tpdb-season-101-2022")
    service.fake.outage = .busy
    await #expect(throws: PluginError.self) { try await service.children("tpdb-season-101-2022") }
    service.fake.outage = nil
    #expect(try await service.children("tpdb-season-101-2022").map(\.title) == (1...230).map { "Flame \($0)" })
  }

  @Test func countsASceneWithoutADateInNoYear() async throws {
    let scene = try await Service().fetch("tpdb-episode-103-\(Service.scene(6200))")
    #expect(scene.title == "Undated Sheet")
    #expect(scene.released == nil)
    #expect(scene.index == nil)
    #expect(scene.parent == nil)
    #expect(scene.grandparent?.title == "Paper Boats")
  }
}
