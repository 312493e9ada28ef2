import MetadataModel
import TestSupport
import Testing

@testable import PlexProvider

/// Checklist lines 47 to 50, and 85 for matches: what a result says.
@Suite struct MatchAnswerTests {
  @Test func line47TheSameRequestGivesTheSameGuid() async throws {
    let desk = try Desk.movies()
    let guids = try await [1, 2, 3].asyncMap { _ in
      try await desk.match(#"{"type":1,"title":"Tin Moon"}"#).items.first?["guid"]?.text
    }
    #expect(Set(guids) == ["tv.plex.agents.custom.usher.movie://movie/lamp-movie-44"])
  }

  @Test func line48TheAcceptedMatchScores100() async throws {
    #expect(try await Desk.movies().match(#"{"type":1,"title":"Tin Moon"}"#).items.first?["score"]?.integer == 100)
    let manual = try await Desk.movies().match(#"{"type":1,"title":"The Paper Lantern","manual":1}"#)
    #expect(manual.items.map { $0["score"]?.integer } == [100, 99])
  }

  @Test func line49ManualResultsCanBeToldApart() async throws {
    let item = try await Desk.movies().match(#"{"type":1,"title":"Tin Moon","manual":1}"#).items.first
    #expect(item?["title"]?.text == "Tin Moon")
    #expect(item?["year"]?.integer == 2019)
    #expect(item?["thumb"]?.text == "https://img.example.org/p/44/poster.jpg")
    #expect(item?["summary"]?.text == "A lamplighter returns to a drowned town.")
    #expect(item?["Guid"]?[1]?["id"]?.text == "tmdb://100044")
    #expect(item?["originallyAvailableAt"] == nil)
  }

  @Test func line50TrimmingKeepsWhatNamesTheItem() async throws {
    let body = """
      {"type":3,"parentTitle":"Harbour Lights","index":1,"includeChildren":1,"includeElements":"Metadata,Children",
       "includeFields":"guid,parentGuid,title,index,type"}
      """
    let season = try await Desk.tv().match(body).items.first
    let names: Set = ["ratingKey", "key", "guid", "type", "title", "index", "parentGuid"]
    #expect(Set(season?.members?.keys.map { $0 } ?? []) == names.union(["Children"]))
    let episode = season?["Children"]?["Metadata"]?[0]
    #expect(Set(episode?.members?.keys.map { $0 } ?? []) == names)
  }

  @Test func anOversizedBodyIsRefused() async throws {
    let padding = String(repeating: "x", count: 70_000)
    #expect(try await Desk.movies().match(#"{"type":1,"title":"\#(padding)"}"#).status == 413)
  }

  @Test func theOrderOfEpisodesIsGivenOn() async throws {
    let desk = try Desk.tv()
    let known = #"{"type":3,"parentTitle":"Harbour Lights","index":1,"includeChildren":1,"episodeOrder":"lampDvd"}"#
    #expect(try await desk.match(known).items.first?["Children"]?["size"]?.integer == 3)
    #expect(try desk.asked()?.order == "lampDvd")
  }

  @Test func line85AMatchInAnUnknownOrderHasNoSeasonData() async throws {
    let desk = try Desk.tv()
    let season = #"{"type":3,"parentTitle":"Harbour Lights","index":1,"includeChildren":1,"episodeOrder":"moon"}"#
    #expect(try await desk.match(season).items.isEmpty)
    let show = #"{"type":2,"title":"Harbour Lights","includeChildren":1,"episodeOrder":"moon"}"#
    #expect(try await desk.match(show).items.first?["Children"]?["size"]?.integer == 0)
  }
}
