import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TMDB

@Suite struct TMDBMatchTests {
  @Test func answersWhatIsNeededToJudgeAHit() async throws {
    let candidates = try await Service().match(.show, "Harbor Watch")
    #expect(candidates.map(\.id.description) == ["tmdb-show-4100", "tmdb-show-4101"])
    let first = candidates[0]
    #expect(first.year == 2014)
    #expect(first.released == CalendarDate("2014-01-05"))
    #expect(first.summary == "A harbor office keeps the lamps burning.")
    #expect(first.poster == "https://image.tmdb.org/t/p/original/en-weak.jpg")
    #expect(first.externalIDs == ["tmdb": "4100"])
    #expect(first.isAdult == nil)
    #expect(first.score == 1)
    #expect(try #require(candidates[1].score) < 0.1)
  }

  @Test(
    arguments: [
      (MediaKind.movie, "The Glass Orchard", 2011, "tmdb-movie-600"),
      (.movie, "The Glass Orchard", 1974, "tmdb-movie-601"),
      (.movie, "The Glass Orchard (1974)", nil, "tmdb-movie-601"), (.show, "Harbor Watch", 1988, "tmdb-show-4101"),
      (.show, "harbor watch (1988)", nil, "tmdb-show-4101"),
    ] as [(MediaKind, String, Int?, String)])
  func tellsWorksOfOneNameApartByYear(kind: MediaKind, title: String, year: Int?, id: String) async throws {
    let candidates = try await Service().match(kind, title, year: year)
    #expect(candidates.map(\.id.description) == [id])
  }

  @Test(arguments: [(2010, "tmdb-movie-600"), (1999, "tmdb-movie-605")])
  func searchesWithoutTheYearWhenNothingOfThatNameIsFoundWithIt(year: Int, first: String) async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "The Glass Orchard", year: year)
    #expect(candidates.first?.id.description == first)
    #expect(candidates.contains { $0.id.description == "tmdb-movie-600" })
    let searches = service.fake.requests.filter { $0.path == "/3/search/movie" }
    #expect(searches.map { $0.parameter("primary_release_year") } == [String(year), nil])
    #expect(searches.allSatisfy { $0.parameter("year") == nil })
  }

  @Test(arguments: ["Toudai no Machi", "Lighthouse Town"])
  func tellsOtherNamesWhenNoHitHasTheNameItself(title: String) async throws {
    let service = try Service()
    let candidates = try await service.match(.show, title, year: 2019) { $0.language = "ja-JP" }
    #expect(candidates.map(\.title) == ["灯台の町"])
    #expect(candidates[0].alternativeTitles == ["Toudai no Machi", "Lighthouse Town"])
    _ = try await service.fetch("tmdb-show-4600", language: "ja-JP")
    #expect(service.paths == ["/3/search/tv", "/3/tv/4600"])
  }

  @Test func searchesInTheLanguageOfTheRequest() async throws {
    let service = try Service()
    let candidates = try await service.match(.movie, "Der gläserne Garten", year: 2011) { $0.language = "de-DE" }
    #expect(candidates.first?.title == "Der gläserne Garten")
    #expect(candidates.first?.originalTitle == "The Glass Orchard")
    #expect(service.fake.requests.map { $0.parameter("language") } == ["de-DE"])
  }

  @Test(
    arguments: [
      (MediaKind.movie, ["imdb": "tt99000600"], "tmdb-movie-600"), (.show, ["imdb": "tt99004100"], "tmdb-show-4100"),
      (.show, ["tvdb": "994200"], "tmdb-show-4200"), (.movie, ["tmdb": "602"], "tmdb-movie-602"),
      (.movie, ["tmdb": "999", "imdb": "tt99000602"], "tmdb-movie-602"),
      (.show, ["imdb": "tt00000001", "tvdb": "994100"], "tmdb-show-4100"),
    ] as [(MediaKind, [String: String], String)])
  func looksUpIdsBeforeTitles(kind: MediaKind, ids: [String: String], id: String) async throws {
    let service = try Service()
    let ids = ExternalIDs(ids)
    let candidates = try await service.match(kind, "Something Else", ids: ids)
    #expect(candidates.map(\.id.description) == [id])
    #expect(candidates[0].externalIDs?.shares(anyWith: ids) == true)
    #expect(!service.paths.contains { $0.contains("/search/") })
  }

  @Test(
    arguments: [
      (MediaKind.show, ["imdb": "tt99000600"]), (.movie, ["imdb": "tt99004100"]), (.movie, ["tvdb": "994100"]),
      (.show, ["tmdb": "600"]), (.movie, ["tmdb": "x"]), (.movie, ["tmdb": "-1"]), (.movie, ["imdb": "tt1?a=b&c"]),
    ] as [(MediaKind, [String: String])])
  func takesNoWorkOfAnotherKindForAnId(kind: MediaKind, ids: [String: String]) async throws {
    #expect(try await Service().match(kind, ids: ExternalIDs(ids)) == [])
  }

  @Test func addsTitleHitsToAnIdsWhenAPersonChooses() async throws {
    let candidates = try await Service().match(.movie, "The Glass Orchard", ids: ["imdb": "tt99000602"]) {
      $0.manual = true
    }
    #expect(candidates.map(\.id.description).prefix(3) == ["tmdb-movie-602", "tmdb-movie-600", "tmdb-movie-605"])
  }

  @Test func findsExplicitWorksOnlyWhenTheyAreAskedFor() async throws {
    #expect(try await Service().match(.movie, "Closed Doors") == [])
    let candidates = try await Service().match(.movie, "Closed Doors") { $0.includeAdult = true }
    #expect(candidates.map(\.isAdult) == [true])
  }

  @Test(arguments: [nil, "", "  ", "Zzyzx Quagga"] as [String?])
  func hasNoCandidateForAnUnknownTitle(title: String?) async throws {
    #expect(try await Service().match(.show, title) == [])
    #expect(try await Service().match(.movie, title, year: 0) == [])
  }

  @Test(arguments: [MediaKind.season, .episode, MediaKind(rawValue: "album")])
  func isAskedForMoviesAndShowsOnly(kind: MediaKind) async throws {
    let error = await #expect(throws: PluginError.self) { try await Service().match(kind, "Harbor Watch") }
    #expect(error?.kind == .unsupported)
  }
}
