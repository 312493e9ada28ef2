import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TPDB

@Suite struct TPDBMatchingTests {
  // Sites.

  @Test(arguments: [
    ("LanternWorks", 101, 1), ("Lantern Works", 101, 1), ("Lan Tern Works", 101, 2), ("lanternworks", 101, 1),
    ("LanternWorks (2021)", 101, 1),
    ("Quiet Harbor", 102, 1), ("quietharbor", 102, 1), ("Paper.Boats", 103, 1),
  ])
  func findsASiteInAnySpelling(name: String, site: Int, calls: Int) async throws {
    let service = try Service()
    let candidates = try await service.match(.show, name)
    let best = try #require(candidates.first)
    #expect(best.id.description == "tpdb-show-\(site)")
    #expect(best.isAdult == true)
    let names = ([best.title] + (best.alternativeTitles ?? [])).map { $0.lowercased() }
    #expect(names.contains(name.replacing(" (2021)", with: "").lowercased()))
    #expect(service.fake.callCount == calls)
  }

  @Test func takesTheSiteFromTheFilesNameWhereTheTitleIsNone() async throws {
    let candidates = try await Service().match(.show, "Some Folder") { request in
      var parsed = ParsedName()
      parsed.site = "QuietHarbor"
      request.parsedName = parsed
    }
    #expect(candidates.map(\.id.description) == ["tpdb-show-102"])
  }

  @Test func knowsNoSiteOfThatName() async throws {
    #expect(try await Service().match(.show, "Nothing Of The Kind") == [])
    #expect(try await Service().match(.show, "...") == [])
  }

  @Test(arguments: ["101", "lanternworks", "50000000-0000-4000-8000-000000000101"])
  func findsASiteByEachOfItsIDs(id: String) async throws {
    let candidates = try await Service().match(.show) { $0.externalIDs = ["tpdb": id] }
    #expect(candidates.map(\.id.description) == ["tpdb-show-101"])
    #expect(candidates.first?.externalIDs?["tpdb"] == id)
  }

  // Movies.

  @Test func answersAllMoviesOfATitle() async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "The Glass Orchard")
    #expect(Set(candidates.map(\.year)) == [2019, 2004])
    #expect(candidates.allSatisfy { $0.title == "The Glass Orchard" && $0.isAdult == true })
    #expect(candidates.allSatisfy { $0.id.kind == .movie })
    #expect(service.fake.callCount == 1)
  }

  @Test(arguments: [(2004, 1), (2003, 3)]) func looksInAllYearsWhenTheYearHasNone(year: Int, calls: Int) async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "The Glass Orchard") { request in
      request.year = year
      request.file = "/films/The.Glass.Garden.1080p.mkv"
    }
    #expect(candidates.contains { $0.year == 2004 })
    #expect(service.fake.callCount == calls)
  }

  @Test func matchesAMovieByItsHashFirst() async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "unknown name") { $0.oshash = "0123456789ABCDEF" }
    #expect(candidates.map(\.title) == ["The Glass Orchard"])
    #expect(candidates.first?.score == 1)
    #expect(candidates.first?.externalIDs?["oshash"] == "0123456789abcdef")
    #expect(candidates.first?.alternativeTitles == ["unknown name"])
    #expect(service.fake.targets == ["/movies/hash/0123456789abcdef"])
  }

  @Test(arguments: ["ffffffffffffffff", "xyz", "0123456789abcde/"])
  func goesOnByTitleWhenTheHashIsUnknown(hash: String) async throws {
    let candidates = try await Service().match(.movie, "Seven Ferries") { $0.oshash = hash }
    #expect(candidates.map(\.title) == ["Seven Ferries"])
    #expect(candidates.first?.externalIDs?["oshash"] == nil)
  }

  @Test func readsTheFilesNameWhenTheTitleIsNone() async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "disc 1") {
      $0.file = "/films/private/Grey.Gull - Winter.Ledger [x] 1080p WEB-DL.mkv"
    }
    #expect(candidates.map(\.title) == ["Winter Ledger"])
    #expect(service.fake.targets.last?.hasPrefix("/movies?parse=Grey%20Gull%20-%20Winter%20Ledger&") == true)
    #expect(service.fake.targets.allSatisfy { !$0.contains("private") })
  }

  @Test func matchesAMovieByItsCatalogueNumberAndByItsID() async throws {
    let byCode = try await Service().match(.movie, "x") { request in
      var parsed = ParsedName()
      parsed.code = "GGP-014"
      request.parsedName = parsed
    }
    #expect(byCode.map(\.year) == [2019])
    let byID = try await Service().match(.movie) { $0.externalIDs = ["tpdb": "702"] }
    #expect(byID.map(\.title) == ["Seven Ferries"])
    #expect(byID.first?.externalIDs?["tpdb"] == "702")
  }

  // Scenes.

  private static func parsed(_ site: String?, _ date: String?, _ title: String?) -> ParsedName {
    var parsed = ParsedName()
    parsed.site = site
    parsed.date = date.flatMap { CalendarDate($0) }
    parsed.title = title
    return parsed
  }

  @Test(arguments: [
    (parsed("LanternWorks", "2022-01-02", "Flame 2"), 2001), (parsed("Lantern Works", "2022-01-02", nil), 2001),
    (parsed("lanternworks", nil, "Flame 2"), 2001), (parsed("Lantern Group", "2022-01-02", "Flame 2"), 2001),
    (parsed(nil, nil, "Flame 2"), 2001), (parsed("Quiet Harbor", "2018-01-02", nil), 5000),
  ])
  func findsASceneByWhatItsFileSays(name: ParsedName, number: Int) async throws {
    let candidates = try await Service().match(.episode) { $0.parsedName = name }
    #expect(candidates.first?.id.value.hasSuffix(String(number)) == true, "\(candidates.map(\.title))")
    #expect(candidates.first?.id.kind == .episode)
    #expect((candidates.first?.score ?? 1) < 1)
  }

  @Test func costsOneQuestionWhenTheServiceReadsTheName() async throws {
    let service = try Service()
    _ = try await service.match(.episode) { request in
      request.parsedName = Self.parsed("LanternWorks", "2022-01-02", "Flame 2")
      request.file = "/x/lanternworks.22.01.02.flame.2.mp4"
    }
    #expect(service.fake.targets == ["/scenes?parse=lanternworks%202022-01-02%20Flame%202&per_page=25"])
  }

  @Test func matchesASceneByItsHashFirst() async throws {
    let service = try Service()
    _ = try await service.children("tpdb-season-101-2021")
    service.fake.forgetRequests()
    let candidates = try await service.match(.episode, "whatever") { $0.oshash = "00a1b2c3d4e5f607" }
    #expect(candidates.map(\.title) == ["Wick 12"])
    #expect(candidates.first?.index == 12)
    #expect(service.fake.targets == ["/scenes/hash/00a1b2c3d4e5f607"])
  }

  @Test func knowsNoSuchScene() async throws {
    let candidates = try await Service().match(.episode) {
      $0.parsedName = Self.parsed("Nobody Knows", "2022-01-02", "Nothing Of The Kind")
      $0.oshash = "ffffffffffffffff"
    }
    #expect(candidates == [])
  }

  @Test func isNotAskedForSeasons() async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().match(.season, "LanternWorks") }
    #expect(error?.kind == .unsupported)
  }

  // Words.

  @Test(arguments: [
    ("/a/b/Site.Name.2024.01.31.Some.Title.1080p.mp4", "Site Name 2024 01 31 Some Title"),
    ("C:\\films\\Some_Title [group] {tpdb-1}.mkv", "Some Title"), ("Some Title", "Some Title"),
    ("Vol. 12", "Vol 12"), ("[only].mp4", nil), ("", nil), ("/", nil), ("....", nil), ("]]]a[", "]]]a"),
  ])
  func takesTheWordsOfAFilesName(path: String, words: String?) { #expect(path.fileWords == words) }

  @Test(arguments: [
    ("2024-03-01", ["2024-03-01", "2024-02-29", "2024-03-02", "2024-02-28", "2024-03-03"]),
    ("2023-12-31", ["2023-12-31", "2023-12-30", "2024-01-01", "2023-12-29", "2024-01-02"]),
    ("0001-01-01", ["0001-01-01", "0001-01-02", "0001-01-03"]),
  ])
  func knowsTheDaysAround(day: String, days: [String]) {
    #expect(CalendarDate(day)?.around.map(\.description) == days)
  }
}
