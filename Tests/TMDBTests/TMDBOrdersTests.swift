import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TMDB

@Suite struct TMDBOrdersTests {
  @Test func listsGroupsByTypeTheOldestFirst() async throws {
    let service = try Service()
    let orders = try await service.fetch("tmdb-show-4100").seasonOrders
    #expect(orders.map(\.id) == ["tmdbAbsolute", "tmdbDvd", "tmdbDvd2"])
    #expect(orders.map(\.tag) == ["Absolute", "DVD", "DVD"])
    #expect(orders.map(\.title) == ["TMDB (Absolute)", "TMDB (DVD)", "TMDB (DVD: Second Box)"])
    #expect(service.fake.callCount == 1)
    #expect(try await Service().fetch("tmdb-show-4200").seasonOrders == [])
  }

  @Test func numbersEpisodesByTheGroupWhenAsked() async throws {
    let service = try Service()
    let seasons = try await service.children("tmdb-show-4100", order: "tmdbDvd")
    #expect(seasons.map(\.index) == [0, 1, 2])
    #expect(seasons.map(\.title) == ["Extras", "Disc One", "Season 2"])
    let episodes = try await service.children("tmdb-season-4100-1", order: "tmdbDvd")
    #expect(episodes.map(\.id.description) == ["tmdb-episode-4100-41000102", "tmdb-episode-4100-41000101"])
    #expect(episodes.map(\.index) == [1, 2])
    #expect(episodes[0].parent?.title == "Disc One")
    #expect(episodes[0].credits.count == 2)
    #expect(try await service.fetch("tmdb-episode-4100-41000102", order: "tmdbDvd") == episodes[0])
    #expect(try await service.fetch("tmdb-episode-4100-41000102").index == 2)
    #expect(service.paths == ["/3/tv/4100", "/3/tv/episode_group/5a0000000000000000000001"])
  }

  @Test func countsThroughAllSeasonsInTheAbsoluteOrder() async throws {
    let episodes = try await Service().children("tmdb-season-4100-1", order: "tmdbAbsolute")
    #expect(episodes.map(\.index) == [1, 2, 3])
  }

  @Test(arguments: ["tmdbProduction", "tvmazeDvd", "", "tmdb"])
  func fallsBackToTheOrderOfBroadcastWhereThereIsNoSuchOrder(order: String) async throws {
    let service = try Service()
    #expect(try await service.children("tmdb-show-4100", order: order).count == 4)
    #expect(service.fake.callCount == 1)
  }

  @Test func hasNoEpisodeThatTheGroupLeavesOut() async throws {
    let error = await #expect(throws: PluginError.self) {
      try await Service().fetch("tmdb-episode-4100-41000301", order: "tmdbDvd")
    }
    #expect(error?.kind == .notFound)
  }
}
