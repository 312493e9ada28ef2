import MetadataModel
import Testing

@testable import OMDb

@Suite struct OMDbMappingTests {
  @Test func fillsEveryFieldOfAMovie() async throws {
    let movie = try await Service().fetch("omdb-movie-tt99000301")
    #expect(movie.id.description == "omdb-movie-tt99000301")
    #expect(movie.title == "The Paper Harbor")
    #expect(movie.summary == "A town folds itself out of paper.")
    #expect(movie.released == CalendarDate("1923-04-05"))
    #expect(movie.year == 1923)
    #expect(movie.duration == 81 * 60_000)
    #expect(movie.language == "en")
    #expect(movie.contentRatings == [ContentRating(country: "US", rating: "PG-13")])
    #expect(!movie.isAdult)
    #expect(movie.genres == ["Drama", "Mystery", "Sci-Fi"])
    #expect(movie.studios == ["North Coast Pictures"])
    #expect(movie.countries == ["United States", "Germany"])
    #expect(
      movie.artwork == [
        Artwork(form: .coverPoster, url: "https://m.media-amazon.example.org/images/harbor._V1_SX300.jpg")
      ])
    #expect(movie.externalIDs == ["imdb": "tt99000301"])
  }

  @Test func bringsAllRatingsToTheScaleOfTen() async throws {
    #expect(
      try await Service().fetch("omdb-movie-tt99000301").ratings == [
        Rating(origin: "imdb", value: 6.4, votes: 12_345), Rating(origin: "rottentomatoes", isCritic: true, value: 6.1),
        Rating(origin: "metacritic", isCritic: true, value: 4.8),
      ])
  }

  @Test func listsPeopleWithTheirParts() async throws {
    let credits = try await Service().fetch("omdb-movie-tt99000301").credits
    #expect(credits.map(\.name) == ["Dora Finch", "Egon Vale", "Fay Wren", "Ada Quill", "Ben Marlow", "Cleo Ash"])
    #expect(credits.map(\.job) == [.actor, .actor, .actor, .director, .writer, .writer])
    #expect(credits.map(\.role) == [nil, nil, nil, nil, "story / screenplay", "novel, 1920"])
    #expect(credits.map(\.order) == [0, 1, 2, nil, nil, nil])
  }

  @Test func takesNAForMissingEverywhere() async throws {
    let movie = try await Service().fetch("omdb-movie-tt99000302")
    var bare = MediaItem(id: movie.id, title: "Blank Page")
    bare.language = "en"
    bare.externalIDs = ["imdb": "tt99000302"]
    #expect(movie == bare)
    let candidate = try #require(try await Service().match(ids: ["imdb": "tt99000302"]).first)
    #expect(candidate.year == nil)
    #expect(candidate.poster == nil)
    #expect(candidate.summary == nil)
  }

  @Test func takesNotRatedForNoRating() async throws {
    let movie = try await Service().fetch("omdb-movie-tt99000303")
    #expect(movie.contentRatings == [])
    #expect(movie.duration == 90 * 60_000)
  }

  @Test func marksExplicitWorks() async throws {
    #expect(try await Service().fetch("omdb-movie-tt99000305").isAdult)
    #expect(try await Service().match(ids: ["imdb": "tt99000305"]).first?.isAdult == true)
  }

  @Test func fillsACandidateFoundById() async throws {
    let candidate = try #require(try await Service().match(ids: ["imdb": "tt99000301"]).first)
    #expect(candidate.title == "The Paper Harbor")
    #expect(candidate.year == 1923)
    #expect(candidate.released == CalendarDate("1923-04-05"))
    #expect(candidate.summary == "A town folds itself out of paper.")
    #expect(candidate.externalIDs == ["imdb": "tt99000301"])
    #expect(candidate.score == 1)
  }

  @Test func fillsAShowAndItsSeasons() async throws {
    let service = try Service()
    let show = try await service.fetch("omdb-show-tt99000082")
    #expect(show.year == 2014)
    #expect(show.duration == 3_600_000)
    #expect(show.countries == ["United Kingdom"])
    #expect(show.contentRatings == [ContentRating(country: "US", rating: "TV-14")])
    let seasons = try await service.children("omdb-show-tt99000082")
    #expect(seasons.map(\.index) == Array(1...8))
    #expect(seasons[1].id.description == "omdb-season-tt99000082-2")
    #expect(seasons[1].title == "Season 2")
    let season = try await service.fetch("omdb-season-tt99000082-2")
    #expect(season.released == CalendarDate("2015-01-01"))
    #expect(season.year == 2015)
    #expect(
      season.parent
        == Ancestor(
          id: show.id, title: "Harbor Lights", poster: "https://m.media-amazon.example.org/images/lights.jpg"))
  }

  @Test func fillsEpisodesFromTheListOfTheirSeason() async throws {
    let episodes = try await Service().children("omdb-season-tt99000082-1")
    #expect(episodes.map(\.index) == Array(1...20))
    #expect(episodes[0].id.description == "omdb-episode-tt99000082-tt99081101")
    #expect(episodes[0].title == "Part 1.1")
    #expect(episodes[0].released == CalendarDate("2014-01-02"))
    #expect(episodes[0].ratings == [Rating(origin: "imdb", value: 7.5)])
    #expect(episodes[0].externalIDs == ["imdb": "tt99081101"])
    #expect(episodes[0].parent?.id.description == "omdb-season-tt99000082-1")
    #expect(episodes[0].parent?.index == 1)
    #expect(episodes[0].grandparent?.title == "Harbor Lights")
    #expect(episodes[1].id.description == "omdb-episode-tt99000082-s1e2")
    #expect(episodes[1].externalIDs == [:])
    #expect(episodes[2].released == nil)
  }

  @Test func fillsAnEpisodeFromItsOwnRecord() async throws {
    let service = try Service(settings: ["episodeDetails": .boolean(true)])
    let episode = try await service.fetch("omdb-episode-tt99000082-tt99081201")
    #expect(episode.title == "Part 2.1")
    #expect(episode.summary == "About Part 2.1.")
    #expect(episode.index == 1)
    #expect(episode.parent?.index == 2)
    #expect(episode.duration == 44 * 60_000)
    #expect(episode.credits.map(\.name) == ["Fay Wren"])
    #expect(episode.artwork.map(\.form) == [.snapshot])
    #expect(episode.ratings == [Rating(origin: "imdb", value: 7.5, votes: 1024)])
    #expect(episode.grandparent?.id.description == "omdb-show-tt99000082")
  }

  @Test func knowsAnAnnouncedSeasonWithoutEpisodes() async throws {
    let service = try Service()
    #expect(try await service.children("omdb-show-tt99000083").map(\.index) == [1, 2])
    #expect(try await service.children("omdb-season-tt99000083-2") == [])
    #expect(try await service.fetch("omdb-season-tt99000083-2").released == nil)
    #expect(try await service.fetch("omdb-show-tt99000083").year == 2021)
  }
}
