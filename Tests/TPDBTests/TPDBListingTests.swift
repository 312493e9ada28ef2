import MetadataModel
import TestSupport
import Testing

@testable import TPDB

@Suite struct TPDBListingTests {
  @Test func hasASeasonForEachYear() async throws {
    let service = try Service()
    let cost = try await service.cost {
      let seasons = try await service.children("tpdb-show-101")
      #expect(seasons.map(\.id.value) == ["101-2021", "101-2022", "101-2023"])
      #expect(seasons.map(\.index) == [2021, 2022, 2023])
      #expect(seasons.map(\.title) == ["Season 2021", "Season 2022", "Season 2023"])
      #expect(seasons.map { $0.released?.description } == ["2021-01-01", "2022-01-01", "2023-01-01"])
    }
    // The site, its oldest hundred and newest scene, and the year that those do not tell.
    #expect(cost.count == 4)
  }

  @Test func leavesOutYearsWithoutScenes() async throws {
    #expect(try await Service().children("tpdb-show-102").map(\.index) == [2015, 2018])
    #expect(try await Service().children("tpdb-show-103").map(\.index) == [2019, 2020])
    #expect(try await Service().children("tpdb-show-104") == [])
  }

  @Test(arguments: [false, true]) func readsAllPagesOfAYear(repeatsRows: Bool) async throws {
    let service = try Service(FakeTPDB(repeatsRows: repeatsRows))
    var scenes: [MediaItem] = []
    let cost = try await service.cost { scenes = try await service.children("tpdb-season-101-2022") }
    #expect(scenes.count == 230)
    #expect(scenes.map(\.index) == Array(1...230))
    #expect(Set(scenes.map(\.id)).count == 230)
    #expect(scenes.map(\.title) == (1...230).map { "Flame \($0)" })
    #expect(cost.count == 4)
    #expect(cost.dropFirst().allSatisfy { $0.contains("year=2022") && $0.contains("per_page=100") })
  }

  @Test(arguments: [100, 150, 229, 230]) func readsBeyondTheLengthAtWhichListsEnd(cap: Int) async throws {
    let service = try Service(FakeTPDB(listCap: cap), listCap: cap)
    let scenes = try await service.children("tpdb-season-101-2022")
    #expect(scenes.map(\.title) == (1...230).map { "Flame \($0)" })
    #expect(service.fake.targets.contains { $0.contains("date_operation=%3E%3D") })
  }

  @Test func endsWhenADayAloneIsLongerThanAList() async throws {
    let fake = FakeTPDB(listCap: 4)
    for number in 8000..<8010 { _ = fake.addScene(number, site: 104, date: "2020-05-05", title: "Crowd \(number)") }
    _ = fake.addScene(8020, site: 104, date: "2020-06-06", title: "Later")
    let service = try Service(fake, listCap: 4)
    let scenes = try await service.children("tpdb-season-104-2020")
    #expect(scenes.count == 5)
    #expect(scenes.last?.title == "Later")
    #expect(service.fake.callCount < 30)
  }

  @Test func answersAYearWithoutScenesAsNotFound() async throws {
    for id in ["tpdb-season-101-2019", "tpdb-season-104-2020"] {
      let service = try Service()
      let list = await #expect(throws: PluginError.self) { try await service.children(id) }
      let season = await #expect(throws: PluginError.self) { try await service.fetch(id) }
      #expect(list?.kind == .notFound)
      #expect(season?.kind == .notFound)
    }
  }

  @Test func fillsAWholeSiteFromItsPages() async throws {
    let service = try Service()
    var episodes = 0
    let cost = try await service.cost {
      _ = try await service.match(.show, "LanternWorks")
      _ = try await service.fetch("tpdb-show-101")
      for season in try await service.children("tpdb-show-101") {
        _ = try await service.fetch(season.id.description)
        for episode in try await service.children(season.id.description) {
          episodes += 1
          // Some of each page.
          guard episodes % 23 == 0 else { continue }
          #expect(try await service.fetch(episode.id.description) == episode)
        }
      }
    }
    #expect(episodes == 282)
    // Search, site, oldest, newest, and the pages of the years: 1, 3 and 1.
    #expect(cost.count == 9)
  }

  @Test func survivesAServiceThatIgnoresItsFilters() async throws {
    let rows = #"""
      {"id":"a-1","title":"Here","date":"2020-01-02","site_id":7},
      {"id":"a-2","title":"Elsewhere","date":"2020-01-01","site_id":8},
      {"id":"a-3","title":"Other year","date":"2019-01-01","site_id":7}
      """#
    let service = try Service()
    service.fake.outage = .answer(status: 200, body: #"{"data":{"id":7,"name":"Odd"}}"#)
    _ = try await service.fetchSite("7")
    let meta = #"{"current_page":1,"last_page":9,"total":10000}"#
    service.fake.outage = .answer(status: 200, body: #"{"data":[\#(rows)],"meta":\#(meta)}"#)
    #expect(try await service.children("tpdb-season-7-2020").map(\.title) == ["Here"])
  }
}

extension Service {
  /// Asks for a site alone, so that its answer is kept.
  fileprivate func fetchSite(_ number: String) async throws -> TPDBSite {
    let base: String = try host.context.setting("baseURL") ?? ""
    return try await TPDBAPI(base: String(base.dropLast()), key: FakeTPDB.key, host: host.context).site(number)
  }
}
