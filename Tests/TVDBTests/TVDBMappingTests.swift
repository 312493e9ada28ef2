import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TVDB

@Suite struct TVDBMappingTests {
  private static let pictures = "https://artworks.thetvdb.com/banners"

  @Test func fillsEveryFieldOfAShow() async throws {
    let show = try await Service().fetch("tvdb-show-81001", language: "de-DE")
    #expect(show.title == "Hafenlichter")
    #expect(show.originalTitle == "Harbor Lights")
    #expect(show.alternativeTitles == ["Alias in German", "Harbor Lights", "Luzes do Porto", "Luzes da Enseada"])
    #expect(show.summary == "Eine Leuchtturmwärterin und ihr Bruder.")
    #expect(show.tagline == "Licht an.")
    #expect(show.released == CalendarDate("2014-01-01"))
    #expect(show.ended == CalendarDate("2021-01-20"))
    #expect(show.year == 2014)
    #expect(show.duration == 45 * 60_000)
    #expect(show.language == "de")
    #expect(
      show.contentRatings == [ContentRating(country: "US", rating: "TV-14"), ContentRating(country: "AU", rating: "M")])
    #expect(show.genres == ["Drama", "Family"])
    #expect(show.networks == ["Channel Nine"])
    #expect(show.studios == ["Breakwater Pictures"])
    #expect(show.countries == ["United States"])
    #expect(show.externalIDs == ["imdb": "tt99081001", "tmdb": "5501", "tvdb": "81001"])
    #expect(show.page == "https://www.thetvdb.com/dereferrer/series/81001")
    #expect(show.seasonOrders.map(\.title) == ["TheTVDB (DVD)", "TheTVDB (Absolute)"])
    #expect(show.seasonOrders.map(\.tag) == ["DVD", "Absolute"])
  }

  @Test func listsPeopleInOrderWithTheirParts() async throws {
    let credits = try await Service().fetch("tvdb-show-81001").credits
    #expect(
      credits == [
        Credit(
          name: "Ada Quill", job: .actor, role: "Nora / Nora's Twin", picture: "\(Self.pictures)/person/1.jpg", order: 0
        ),
        Credit(name: "Ben Quill", job: .actor, role: "Tom", order: 1), Credit(name: "Cy Dow", job: .actor, order: 2),
        Credit(name: "Di Ross", job: .director, role: "Director"),
        Credit(name: "Eli Fox", job: .writer, role: "Creator"),
        Credit(name: "Flo Gray", job: .producer, role: "Executive Producer"),
      ])
  }

  @Test func ordersPicturesByLanguageThenByWhatPeopleLike() async throws {
    let artwork = try await Service().fetch("tvdb-show-81001", language: "de").artwork
    let posters = artwork.filter { $0.form == .coverPoster }
    let names = ["poster-deu2", "poster-deu", "poster-eng", "poster-plain", "series/81001/poster"]
    #expect(posters.map(\.url) == names.map { "\(Self.pictures)/\($0).jpg" })
    #expect(
      posters.first
        == Artwork(
          form: .coverPoster, url: "\(Self.pictures)/poster-deu2.jpg", language: "de", width: 680, height: 1000,
          score: 30))
    #expect(Set(artwork.map(\.form)) == [.coverPoster, .background, .clearLogo, .banner])
    #expect(artwork.count == 8)
    let english = try await Service().fetch("tvdb-show-81001").firstArtwork(.coverPoster)
    #expect(english == "\(Self.pictures)/poster-eng.jpg")
  }

  @Test func fillsEveryFieldOfASeason() async throws {
    let season = try await Service().fetch("tvdb-season-81001-1", language: "de")
    #expect(season.title == "Season 1")
    #expect(season.summary == "Das erste Jahr.")
    #expect(season.index == 1)
    #expect(season.released == CalendarDate("2014-01-01"))
    #expect(season.artwork.map(\.url) == ["\(Self.pictures)/season.jpg", "\(Self.pictures)/seasons/81001-1.jpg"])
    #expect(season.parent?.id.description == "tvdb-show-81001")
    #expect(season.parent?.title == "Hafenlichter")
    #expect(season.parent?.poster == "\(Self.pictures)/poster-deu2.jpg")
    #expect(season.parent?.background == "\(Self.pictures)/back.jpg")
    #expect(season.networks == ["Channel Nine"])
    #expect(try await Service().fetch("tvdb-season-81001-0").title == "Specials")
  }

  @Test func fillsEveryFieldOfAnEpisode() async throws {
    let episode = try await Service().fetch("tvdb-episode-81001-700201", language: "de")
    #expect(episode.title == "Teil 2.1")
    #expect(episode.originalTitle == "Part 2.1")
    #expect(episode.summary == "About part 2.1.")
    #expect(episode.index == 1)
    #expect(episode.absoluteIndex == 21)
    #expect(episode.released == CalendarDate("2015-01-01"))
    #expect(episode.duration == 44 * 60_000)
    #expect(episode.language == "de")
    #expect(episode.artwork == [Artwork(form: .snapshot, url: "\(Self.pictures)/episodes/700201.jpg")])
    #expect(episode.contentRatings.first == ContentRating(country: "US", rating: "TV-14"))
    #expect(episode.externalIDs == ["tvdb": "700201"])
    #expect(episode.parent?.id.description == "tvdb-season-81001-2")
    #expect(episode.parent?.index == 2)
    #expect(episode.grandparent?.id.description == "tvdb-show-81001")
    #expect(episode.page == "https://www.thetvdb.com/dereferrer/episode/700201")
  }

  @Test func takesAPlaceholderForNoName() async throws {
    let special = try await Service().fetch("tvdb-episode-81001-700002")
    #expect(special.title == "Episode 2")
    #expect(special.originalTitle == nil)
    #expect(special.released == nil)
  }

  @Test func takesEnglishAndThenTheOriginalWhereATranslationIsMissing() async throws {
    let service = try Service()
    let german = try await service.children("tvdb-season-81002-1", language: "de")
    #expect(german.map(\.title) == ["One", "二", "Drei"])
    #expect(german.map(\.language) == ["en", "ja", "de"])
    #expect(german.map(\.originalTitle) == ["一", nil, "三"])
    // German is no language of this show, and English has no summary: the service has only the names.
    #expect(service.fake.lines.filter { $0.contains("/episodes/official/") }.count == 2)
    let show = try await service.fetch("tvdb-show-81002", language: "de")
    #expect(show.title == "The Lantern Man")
    #expect(show.language == "en")
    #expect(show.summary == "灯台の話。")
    #expect(try await service.fetch("tvdb-show-81002", language: "ja-JP").title == "灯の人")
    #expect(try await service.children("tvdb-season-81002-1", language: "ja").map(\.title) == ["一", "二", "三"])
  }

  @Test(arguments: [("pt-BR", "Luzes da Enseada"), ("pt-PT", "Luzes do Porto"), ("pt", "Luzes do Porto")])
  func tellsThePortugueseOfBrazilFromThatOfPortugal(tag: String, title: String) async throws {
    let show = try await Service().fetch("tvdb-show-81001", language: tag)
    #expect(show.title == title)
    #expect(show.language == "pt")
    #expect(show.summary == "A lighthouse keeper and her brother.")
  }

  @Test func livesWithNullInsteadOfEveryList() async throws {
    let service = try Service()
    let show = try await service.fetch("tvdb-show-81002")
    #expect(show.artwork.map(\.url) == ["\(Self.pictures)/series/81002/poster.jpg"])
    #expect(show.networks == ["Kanal 5"])
    #expect(show.studios == ["Kanal 5"])
    #expect(show.duration == nil)
    #expect(show.credits == [])
    #expect(show.countries == ["Japan"])
    #expect(try await service.children("tvdb-show-81002").map(\.index) == [1])
    let movie = try await service.fetch("tvdb-movie-32", language: "de")
    #expect(movie.title == "Le Phare")
    #expect(movie.language == "fr")
    #expect(movie.year == 1957)
    #expect(movie.released == nil)
  }

  @Test func fillsEveryFieldOfAMovie() async throws {
    let movie = try await Service().fetch("tvdb-movie-31", language: "de-DE", country: "DE")
    #expect(movie.title == "Die lange Fähre")
    #expect(movie.originalTitle == "The Long Ferry")
    #expect(movie.summary == "Eine Fähre kommt nicht an.")
    #expect(movie.tagline == "Licht an.")
    #expect(movie.released == CalendarDate("2009-06-12"))
    #expect(movie.year == 2009)
    #expect(movie.duration == 101 * 60_000)
    #expect(movie.genres == ["Thriller"])
    #expect(movie.studios == ["Slow Boat Films", "Quay Studios"])
    #expect(movie.countries == ["United Kingdom"])
    #expect(movie.contentRatings.first == ContentRating(country: "DE", rating: "12"))
    #expect(movie.credits.first?.name == "Ada Quill")
    #expect(movie.externalIDs == ["imdb": "tt99000031", "tmdb": "31", "tvdb": "31"])
    #expect(
      movie.collections == [
        CollectionReference(
          id: "900", title: "The Ferry Films", summary: "All of them.", poster: "\(Self.pictures)/l.jpg")
      ])
    #expect(Set(movie.artwork.map(\.form)) == [.coverPoster, .background, .clearLogo])
    #expect(movie.page == "https://www.thetvdb.com/dereferrer/movie/31")
    #expect(try await Service().fetch("tvdb-movie-31").released == CalendarDate("2009-05-01"))
  }
}
