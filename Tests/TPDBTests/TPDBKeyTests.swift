import MetadataModel
import TestSupport
import Testing

@testable import TPDB

@Suite struct TPDBKeyTests {
  @Test(arguments: [
    ("tpdb-site-lanternworks", "tpdb-show-101"), ("tpdb-site-paper-boats", "tpdb-show-103"),
    ("tpdb-site-quiet-harbor", "tpdb-show-102"), ("tpdb-show-lanternworks", "tpdb-show-101"),
    ("tpdb-show-50000000-0000-4000-8000-000000000101", "tpdb-show-101"),
    ("tpdb-season-lanternworks-2023", "tpdb-season-101-2023"), ("tpdb-season-paper-boats-2019", "tpdb-season-103-2019"),
    ("tpdb-season-quiet-harbor-2018", "tpdb-season-102-2018"),
    ("tpdb-scene-10000000-0000-4000-8000-000000003001", "tpdb-episode-101-10000000-0000-4000-8000-000000003001"),
    ("tpdb-scene-3001", "tpdb-episode-101-10000000-0000-4000-8000-000000003001"),
    ("tpdb-movie-20000000-0000-4000-8000-000000000702", "tpdb-movie-20000000-0000-4000-8000-000000000702"),
    ("tpdb-movie-702", "tpdb-movie-20000000-0000-4000-8000-000000000702"),
  ])
  func resolvesTheKeysThatLibrariesHave(key: String, id: String) async throws {
    #expect(try await Service().fetch(key).id.description == id)
  }

  @Test(arguments: [
    ("tpdb-site-lanternworks", "tpdb-show-101"), ("tpdb-season-lanternworks-2023", "tpdb-season-101-2023"),
    ("tpdb-site-quiet-harbor", "tpdb-show-102"),
  ])
  func listsWhatIsBelowTheKeysThatLibrariesHave(key: String, id: String) async throws {
    let service = try Service()
    #expect(try await service.children(key) == (try await service.children(id)))
  }

  @Test(arguments: [
    "tpdb-show-999", "tpdb-site-nothing-here", "tpdb-season-101", "tpdb-season-101-12",
    "tpdb-season-101-99999999999999",
    "tpdb-season--2020", "tpdb-episode-101", "tpdb-episode-x-1", "tpdb-episode-101-", "tpdb-episode-101-nothing",
    "tpdb-scene-nothing", "tpdb-movie-nothing", "tpdb-performer-1", "other-show-101", "tpdb-season-101-02021",
    "tpdb-episode-0101-10000000-0000-4000-8000-000000003001",
  ])
  func saysThatAnUnknownIDIsNotFound(id: String) async throws {
    guard ItemID(id) != nil else { return }
    let error = await #expect(throws: PluginError.self) { try await Service().fetch(id) }
    #expect(error?.kind == .notFound)
  }

  @Test(arguments: ["tpdb-movie-702", "tpdb-scene-3001"]) func hasNothingBelowAMovieOrScene(id: String) async throws {
    #expect(try await Service().children(id) == [])
  }
}
