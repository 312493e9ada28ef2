import MetadataModel
import Testing

@testable import TVmaze

@Suite struct TVmazeNumberingTests {
  @Test func countsSpecialsByDateThenIdWithTheUndatedLast() async throws {
    let specials = try await Service().children("tvmaze-season-82-0")
    #expect(
      specials.map(\.title) == ["Behind the Lamp", "The Storm, Part One", "The Storm, Part Two", "Without a Date"])
    #expect(specials.map(\.index) == [1, 2, 3, 4])
    #expect(specials.map(\.parent?.title) == ["Specials", "Specials", "Specials", "Specials"])
    #expect(specials.last?.released == nil)
  }

  @Test func keepsSpecialsOutOfTheSeasonInWhichTheyWereShown() async throws {
    let episodes = try await Service().children("tvmaze-season-82-1")
    #expect(episodes.compactMap(\.index) == Array(1...24))
    #expect(episodes.allSatisfy { $0.parent?.index == 1 })
  }

  @Test func hasNoSeasonOfSpecialsWithoutSpecials() async throws {
    #expect(try await Service().children("tvmaze-show-83").map(\.index) == [1])
  }

  @Test func takesYearsAsSeasonNumbers() async throws {
    let service = try Service()
    let seasons = try await service.children("tvmaze-show-1205")
    #expect(seasons.map(\.title) == ["Season 2015", "Season 2016"])
    #expect(try await service.children("tvmaze-season-1205-2015").count == 30)
  }

  @Test func keepsAnnouncedSeasonsAndThoseThatTheListForgets() async throws {
    let service = try Service()
    let seasons = try await service.children("tvmaze-show-613")
    #expect(seasons.map(\.title) == ["Season 1", "Season 2", "The Last Crossing"])
    #expect(try await service.children("tvmaze-season-613-3") == [])
    let unlisted = try await service.children("tvmaze-season-613-2")
    #expect(unlisted.map(\.title) == ["Unlisted"])
    #expect(unlisted.first?.released == nil)
  }
}
