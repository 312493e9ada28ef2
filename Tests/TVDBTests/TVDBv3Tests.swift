import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TVDB

@Suite struct TVDBv3Tests {
  private static let pictures = "https://artworks.thetvdb.com/banners"

  @Test func needsTenRequestsForAShowOfEightSeasonsAndAnEpisodeEach() async throws {
    let service = try Service(version: "v3")
    let found = try #require(try await service.match("Harbor Lights").first)
    let show = try await service.fetch(found.id.description)
    var count = 0
    for season in try await service.children(show.id.description) {
      for episode in try await service.children(season.id.description) {
        #expect(try await service.fetch(episode.id.description) == episode)
        count += 1
      }
    }
    #expect(count == 162)
    // An empty answer is a 404, which the host keeps for a short while: banners are asked for by each call here.
    #expect(
      Set(service.fake.lines) == [
        "POST /login", "GET /search/series?name=Harbor%20Lights", "GET /series/81001", "GET /series/81001/actors",
        "GET /series/81001/images/query?keyType=poster", "GET /series/81001/images/query?keyType=fanart",
        "GET /series/81001/images/query?keyType=series", "GET /series/81001/images/query?keyType=season",
        "GET /series/81001/episodes?page=1", "GET /series/81001/episodes?page=2",
      ])
  }

  @Test func fillsEveryFieldOfAShow() async throws {
    let show = try await Service(version: "v3").fetch("tvdb-show-81001", language: "de-DE")
    #expect(show.title == "Hafenlichter")
    #expect(show.alternativeTitles == ["Harbour Lights"])
    #expect(show.summary == "Eine Leuchtturmwärterin und ihr Bruder.")
    #expect(show.released == CalendarDate("2014-01-01"))
    #expect(show.ended == nil)
    #expect(show.duration == 45 * 60_000)
    #expect(show.language == "de")
    #expect(show.contentRatings == [ContentRating(country: "US", rating: "TV-14")])
    #expect(show.genres == ["Drama", "Family"])
    #expect(show.networks == ["Channel Nine"])
    #expect(show.ratings == [Rating(origin: "tvdb", value: 8.1, votes: 12)])
    #expect(
      show.credits == [
        Credit(name: "Ada Quill", job: .actor, role: "Nora / Twin", picture: "\(Self.pictures)/actors/1.jpg", order: 0),
        Credit(name: "Ben Quill", job: .actor, order: 1),
      ])
    let pictures =
      [
        ("background", "fanarts/81001-2", 9), ("background", "fanarts/81001-1", 6.5),
        ("banner", "graphical/81001", nil),
        ("coverPoster", "posters/81001-2", 9), ("coverPoster", "posters/81001-1", 6.5),
      ] as [(String, String, Double?)]
    #expect(show.artwork.map(\.form.rawValue) == pictures.map(\.0))
    #expect(show.artwork.map(\.url) == pictures.map { "\(Self.pictures)/\($0.1).jpg" })
    #expect(show.artwork.map(\.score) == pictures.map(\.2))
    #expect(show.artwork.last?.width == 680)
    #expect(show.artwork.last?.language == "en")
    #expect(show.externalIDs == ["imdb": "tt99081001", "tvdb": "81001"])
    #expect(show.seasonOrders.map(\.id) == ["tvdbDvd", "tvdbAbsolute"])
  }

  @Test func fillsSeasonsAndEpisodes() async throws {
    let service = try Service(version: "v3")
    let season = try await service.fetch("tvdb-season-81001-2")
    #expect(season.artwork.map(\.url) == ["\(Self.pictures)/seasons/81001-2.jpg"])
    #expect(season.released == CalendarDate("2015-01-01"))
    let episode = try await service.fetch("tvdb-episode-81001-700201", language: "de")
    #expect(episode.title == "Teil 2.1")
    #expect(episode.summary == "About part 2.1.")
    #expect(episode.absoluteIndex == 21)
    #expect(episode.artwork == [Artwork(form: .snapshot, url: "\(Self.pictures)/episodes/81001/700201.jpg")])
    #expect(episode.credits == [Credit(name: "Di Ross", job: .director), Credit(name: "Cy Dow", job: .actor)])
    #expect(episode.ratings == [Rating(origin: "tvdb", value: 7.5, votes: 3)])
    #expect(episode.parent?.id.description == "tvdb-season-81001-2")
  }

  @Test func numbersEpisodesInAllThreeOrders() async throws {
    let service = try Service(version: "v3")
    #expect(try await service.children("tvdb-show-81001", order: "tvdbDvd").map(\.index) == [0, 1, 2, 3, 4, 5, 6])
    let dvd = try await service.children("tvdb-season-81001-dvd-1")
    #expect(dvd.prefix(2).map(\.title) == ["Part 1.2", "Part 1.1"])
    let absolute = try await service.children("tvdb-season-81001-absolute-1")
    #expect(absolute.map(\.index) == Array(1...160))
    #expect(try await service.children("tvdb-season-81001-0", order: "tvdbAbsolute").count == 2)
  }

  @Test func readsEveryPageOfALongShow() async throws {
    let service = try Service(version: "v3")
    let seasons = try await service.children("tvdb-show-81003")
    #expect(seasons.map(\.index) == [2015, 2016, 2017, 2018])
    #expect(service.fake.lines.filter { $0.contains("/episodes?page=") }.count == 13)
  }

  @Test func takesEnglishWhereTextsAreMissing() async throws {
    let service = try Service(version: "v3")
    let show = try await service.fetch("tvdb-show-81002", language: "de")
    #expect(show.title == "The Lantern Man")
    #expect(show.language == "en")
    let episodes = try await service.children("tvdb-season-81002-1", language: "de")
    #expect(episodes.map(\.title) == ["One", "Episode 2", "Drei"])
    #expect(episodes.map(\.language) == ["en", nil, "de"])
  }

  @Test(arguments: [(["imdb": "tt99081004"], "tvdb-show-81004"), (["tvdb": "81002"], "tvdb-show-81002")])
  func looksUpIds(ids: [String: String], id: String) async throws {
    let candidates = try await Service(version: "v3").match(ids: ExternalIDs(ids))
    #expect(candidates.map(\.id.description) == [id])
    #expect(candidates.first?.externalIDs?.shares(anyWith: ExternalIDs(ids)) == true)
  }

  @Test func takesAnEmptySearchForNothing() async throws {
    let service = try Service(version: "v3")
    #expect(try await service.match("Zzyzx Quagga") == [])
    #expect(try await service.match(ids: ["imdb": "tt00000001", "tvdb": "9"]) == [])
    for id in ["tvdb-show-9", "tvdb-season-81001-9", "tvdb-episode-81001-1", "tvdb-season-81004-dvd-1"] {
      let error = await #expect(throws: PluginError.self) { try await service.fetch(id) }
      #expect(error?.kind == .notFound)
    }
  }

  @Test func saysThatThisVersionHasNoMovies() async throws {
    let service = try Service(version: "v3")
    let match = await #expect(throws: PluginError.self) { try await service.match("The Long Ferry", kind: .movie) }
    let fetch = await #expect(throws: PluginError.self) { try await service.fetch("tvdb-movie-31") }
    #expect([match?.kind, fetch?.kind] == [.unsupported, .unsupported])
  }

  @Test func takesTheFirstPartOfADividedEpisode() throws {
    func episode(_ id: Int, _ dvd: String) throws -> TVDBv3Episode {
      let text = #"{"id":\#(id),"airedSeason":1,"airedEpisodeNumber":\#(id),"dvdSeason":1,"dvdEpisodeNumber":\#(dvd)}"#
      return try JSONCoding.decode(TVDBv3Episode.self, from: Array(text.utf8))
    }
    let episodes = try [episode(1, "1.2"), episode(2, "1.1"), episode(3, "2"), episode(4, "null"), episode(5, "1e300")]
    let places = TVDBv3Numbering.places(of: episodes, "dvd")
    #expect(places.map(\.episode.id) == [2, 3])
    #expect(places.map(\.number) == [1, 2])
    #expect(TVDBv3Numbering.places(of: episodes, "official").count == 5)
  }
}
