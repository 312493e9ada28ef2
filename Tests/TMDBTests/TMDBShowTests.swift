import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TMDB

@Suite struct TMDBShowTests {
  private static let pictures = "https://image.tmdb.org/t/p/original"

  @Test func fillsEveryFieldOfAShow() async throws {
    let show = try await Service().fetch("tmdb-show-4100", language: "en-US")
    #expect(show.title == "Harbor Watch")
    #expect(show.alternativeTitles == ["Harbour Watch", "HW", "Die Hafenwache", "La Garde du port"])
    #expect(show.summary == "A harbor office keeps the lamps burning.")
    #expect(show.tagline == "Somebody has to stay awake.")
    #expect(show.released == CalendarDate("2014-01-05"))
    #expect(show.ended == CalendarDate("2016-02-23"))
    #expect(show.year == 2014)
    #expect(show.duration == 45 * 60_000)
    #expect(
      show.contentRatings == [
        ContentRating(country: "US", rating: "TV-14"), ContentRating(country: "DE", rating: "12"),
      ])
    #expect(show.genres == ["Drama", "Mystery"])
    #expect(show.studios == ["Lamp Pictures", "North Coast"])
    #expect(show.networks == ["North Coast Television"])
    #expect(show.countries == ["United States of America"])
    #expect(show.ratings == [Rating(origin: "tmdb", value: 8, votes: 321)])
    #expect(show.similar.map(\.id.description) == ["tmdb-show-4200", "tmdb-show-4600", "tmdb-show-4400"])
    #expect(show.externalIDs == ["tmdb": "4100", "imdb": "tt99004100", "tvdb": "994100"])
    #expect(show.page == "https://www.themoviedb.org/tv/4100")
  }

  @Test func listsPeopleOfTheWholeShow() async throws {
    let credits = try await Service().fetch("tmdb-show-4100").credits
    #expect(
      credits.map(\.name) == [
        "Ben Marlow", "Ada Quill", "Cleo Ash", "Ida Lund", "Fay Wren", "Dora Finch", "Ida Lund", "Egon Vale",
      ])
    #expect(credits.map(\.job) == [.actor, .actor, .actor, .director, .director, .writer, .writer, .producer])
    #expect(
      credits.map(\.role) == [
        "Tom Penrose", "Nora Penrose / Young Edith", nil, "Director", "Director", "Creator", "Writer",
        "Executive Producer",
      ])
    #expect(credits[2].picture == nil)
  }

  @Test func putsTheBestPicturesFirst() async throws {
    let artwork = try await Service().fetch("tmdb-show-4100", language: "de").artwork
    #expect(
      artwork.map { $0.url.dropFirst(Self.pictures.count) } == [
        "/de.jpg", "/en-strong.jpg", "/en-weak.jpg", "/none.jpg", "/wide.jpg", "/wide-en.jpg", "/logo.png",
      ])
    #expect(try await Service().fetch("tmdb-show-4100").artwork.first?.url == "\(Self.pictures)/en-strong.jpg")
  }

  @Test func takesTheEnglishNameOfAShowThatIsNotTranslated() async throws {
    let show = try await Service().fetch("tmdb-show-4600", language: "de-DE")
    #expect(show.title == "Lighthouse Town")
    #expect(show.originalTitle == "灯台の町")
    #expect(show.summary == "A story of a port.")
    #expect(show.language == "en")
    #expect(show.genres == ["Animation", "Anime"])
    #expect(try await Service().fetch("tmdb-show-4600", language: "ja-JP").title == "灯台の町")
  }

  @Test func tellsNoEndOfAShowThatGoesOn() async throws {
    #expect(try await Service().fetch("tmdb-show-4400").ended == nil)
  }

  @Test func fillsEveryFieldOfASeason() async throws {
    let season = try await Service().fetch("tmdb-season-4100-1")
    #expect(season.title == "Season 1")
    #expect(season.index == 1)
    #expect(season.summary == "The first year.")
    #expect(season.released == CalendarDate("2014-01-01"))
    #expect(season.year == 2014)
    #expect(season.networks == ["North Coast Television"])
    #expect(season.ratings == [Rating(origin: "tmdb", value: 7.5)])
    #expect(season.artwork == [Artwork(form: .coverPoster, url: "\(Self.pictures)/season-4100-1.jpg")])
    #expect(season.parent?.id.description == "tmdb-show-4100")
    #expect(season.parent?.title == "Harbor Watch")
    #expect(season.parent?.poster == "\(Self.pictures)/en-strong.jpg")
    #expect(season.parent?.background == "\(Self.pictures)/wide.jpg")
    #expect(season.externalIDs == ["tmdb": "410001"])
    #expect(season.page == "https://www.themoviedb.org/tv/4100/season/1")
    let seasons = try await Service().children("tmdb-show-4100")
    #expect(seasons.map(\.title) == ["Specials", "Season 1", "Season 2", "The Last Light"])
    #expect(seasons.map(\.index) == [0, 1, 2, 3])
  }

  @Test func fillsEveryFieldOfAnEpisode() async throws {
    let episode = try await Service().fetch("tmdb-episode-4100-41000201")
    #expect(episode.title == "Part 2.1")
    #expect(episode.index == 1)
    #expect(episode.summary == "About Part 2.1.")
    #expect(episode.released == CalendarDate("2015-01-01"))
    #expect(episode.duration == 45 * 60_000)
    #expect(episode.ratings == [Rating(origin: "tmdb", value: 8, votes: 12)])
    #expect(episode.artwork == [Artwork(form: .snapshot, url: "\(Self.pictures)/still-41000201.jpg")])
    #expect(episode.credits.map(\.name) == ["Rolf Stern", "Fay Wren"])
    #expect(episode.credits.map(\.role) == ["The Stranger", "Director"])
    #expect(episode.parent?.id.description == "tmdb-season-4100-2")
    #expect(episode.parent?.index == 2)
    #expect(episode.parent?.title == "Season 2")
    #expect(episode.grandparent?.id.description == "tmdb-show-4100")
    #expect(episode.externalIDs == ["tmdb": "41000201"])
    #expect(episode.page == "https://www.themoviedb.org/tv/4100/season/2/episode/1")
  }

  @Test func namesSeasonsAndEpisodesWithoutANameInTheLanguageAskedFor() async throws {
    let service = try Service()
    #expect(try await service.children("tmdb-show-4400", language: "de-DE").first?.title == "Staffel 2015")
    let episode = try await service.fetch("tmdb-episode-4400-44001502", language: "de-DE")
    #expect(episode.title == "Folge 2")
    #expect(episode.released == nil)
    #expect(episode.duration == nil)
    #expect(episode.ratings == [])
  }

  @Test func keepsASeasonThatIsOnlyAnnounced() async throws {
    #expect(try await Service().children("tmdb-show-4400").map(\.index) == [2015, 2016, 2018, 2019])
    #expect(try await Service().children("tmdb-season-4400-2019") == [])
  }

  @Test(arguments: [
    "tmdb-show-9", "tmdb-movie-9", "tmdb-show-600", "tmdb-movie-4100", "tmdb-season-4100-9", "tmdb-season-4300-0",
    "tmdb-episode-4100-1", "tmdb-show-4100-1", "tmdb-movie-0600", "tmdb-movie-x", "tmdb-season-4100",
    "tmdb-episode-4100-99999999999999999999", "tmdb-movie-0", "tmdb-season-4100--1", "tmdb-album-600",
    "other-movie-600",
    "tmdb-season-4100-1-2", "tmdb-season-4100-",
  ])
  func saysThatAnUnknownIdIsNotFound(id: String) async throws {
    for operation in ["fetch", "children"] where operation == "fetch" || id.hasPrefix("tmdb-season-") {
      let error = await #expect(throws: PluginError.self) {
        let service = try Service()
        _ = operation == "fetch" ? [try await service.fetch(id)] : try await service.children(id)
      }
      #expect(error?.kind == .notFound)
    }
  }

  /// What the manifest promises.
  @Test func listsSayOfEachItemAllThatTheItemSays() async throws {
    let service = try Service()
    for season in try await service.children("tmdb-show-4100", language: "de-DE") {
      #expect(try await service.fetch(season.id.description, language: "de-DE") == season)
      for episode in try await service.children(season.id.description, language: "de-DE") {
        #expect(try await service.fetch(episode.id.description, language: "de-DE") == episode)
      }
    }
  }
}
