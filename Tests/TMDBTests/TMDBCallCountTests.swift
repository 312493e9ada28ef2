import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TMDB

/// What answers cost: the host keeps responses by address, so requests that reach the fake are upstream calls.
@Suite struct TMDBCallCountTests {
  @Test(arguments: [
    ("Harbor Watch", 2014, [0: 2, 1: 30, 2: 8, 3: 4], 2), ("Eight Bells", 1995, [:], 2), ("Ten Winters", 2001, [:], 2),
    ("The Long Road", 1980, [:], 4), ("The Morning Table", 2015, [2015: 2, 2016: 2, 2018: 2, 2019: 0], 3),
  ])
  func aShowIsFoundAndFilledByFewCalls(title: String, year: Int, counts: [Int: Int], calls: Int) async throws {
    let service = try Service()
    let found = try #require(try await service.match(.show, title, year: year).first)
    #expect(found.title == title)
    let filled = try await service.fill(found.id.description)
    #expect(service.fake.callCount == calls, "\(service.paths)")
    if !counts.isEmpty { #expect(filled == counts) }
  }

  @Test func eightSeasonsOf160EpisodesCostTwoCalls() async throws {
    let service = try Service()
    let found = try #require(try await service.match(.show, "Eight Bells", year: 1995).first)
    #expect(try await service.fill(found.id.description).values.reduce(0, +) == 160)
    #expect(service.paths == ["/3/search/tv", "/3/tv/4500"])
  }

  @Test func aMovieCostsTwoCalls() async throws {
    let service = try Service()
    let found = try #require(try await service.match(.movie, "The Glass Orchard", year: 2011).first)
    _ = try await service.fetch(found.id.description)
    #expect(service.paths == ["/3/search/movie", "/3/movie/600"])
  }

  @Test func anIdCostsOneCallMoreThanTheItemAndTheOwnIdNone() async throws {
    let service = try Service()
    let found = try #require(try await service.match(.movie, ids: ["imdb": "tt99000600"]).first)
    _ = try await service.fetch(found.id.description)
    #expect(service.paths == ["/3/find/tt99000600", "/3/movie/600"])
    service.fake.forgetRequests()
    _ = try await service.match(.show, ids: ["tmdb": "4100"])
    _ = try await service.fill("tmdb-show-4100")
    #expect(service.paths == ["/3/tv/4100"])
  }

  @Test func neverAppendsMoreThanTwentyNames() async throws {
    let service = try Service()
    _ = try await service.fill("tmdb-show-4300")
    let counts = service.fake.requests.compactMap { $0.parameter("append_to_response")?.split(separator: ",").count }
    #expect(counts == [20, 20, 3])
    #expect(try await service.children("tmdb-season-4300-33").map(\.index) == [1, 2])
  }

  @Test func seasonsOfAShowAreListedWithoutTheirEpisodes() async throws {
    let service = try Service()
    #expect(try await service.children("tmdb-show-4300").count == 33)
    #expect(service.fake.callCount == 1)
  }
}
