import MetadataModel
import TestSupport
import Testing
import UsherKit

@testable import TMDB

@Suite struct TMDBMovieTests {
  private static let pictures = "https://image.tmdb.org/t/p/original"

  @Test func fillsEveryFieldOfAMovie() async throws {
    let movie = try await Service().fetch("tmdb-movie-600", language: "en-US", country: "US")
    #expect(movie.title == "The Glass Orchard")
    #expect(movie.originalTitle == nil)
    #expect(movie.alternativeTitles == ["Le Verger de verre", "Der gläserne Garten"])
    #expect(movie.summary == "A gardener grows glass.")
    #expect(movie.tagline == "Mind the fruit.")
    #expect(movie.released == CalendarDate("2011-06-10"))
    #expect(movie.year == 2011)
    #expect(movie.duration == 121 * 60_000)
    #expect(movie.language == "en")
    #expect(movie.contentRatings.map(\.country) == ["US", "DE", "GB"])
    #expect(movie.contentRatings.map(\.rating) == ["PG-13", "12", "15"])
    #expect(!movie.isAdult)
    #expect(movie.genres == ["Drama", "Fantasy"])
    #expect(movie.studios == ["Orchard Films", "Pane"])
    #expect(movie.countries == ["Germany", "France"])
    #expect(movie.ratings == [Rating(origin: "tmdb", value: 7.25, votes: 1200)])
    #expect(
      movie.collections == [
        CollectionReference(id: "77", title: "The Orchard Collection", poster: "\(Self.pictures)/collection.jpg")
      ])
    #expect(movie.similar.map(\.id.description) == ["tmdb-movie-601"])
    #expect(movie.similar.map(\.title) == ["The Glass Orchard"])
    #expect(movie.externalIDs == ["tmdb": "600", "imdb": "tt99000600"])
    #expect(movie.page == "https://www.themoviedb.org/movie/600")
  }

  @Test func listsPeopleWithTheirParts() async throws {
    let credits = try await Service().fetch("tmdb-movie-600").credits
    #expect(credits.map(\.name) == ["Hal Iver", "June Kerr", "Lena Moor", "Lena Moor", "Nils Orr", "Ove Pratt"])
    #expect(credits.map(\.job) == [.actor, .actor, .director, .writer, .writer, .producer])
    #expect(
      credits.map(\.role) == [
        "The Gardener", "Mara", "Director", "Screenplay", "Novel / Screenplay", "Producer",
      ])
    #expect(credits.map(\.order) == [0, 1, nil, nil, nil, nil])
    #expect(credits[0].picture == "\(Self.pictures)/person-21.jpg")
  }

  @Test func speaksTheLanguageAskedForAndTakesEnglishWhereItIsSilent() async throws {
    let movie = try await Service().fetch("tmdb-movie-600", language: "de-DE")
    #expect(movie.title == "Der gläserne Garten")
    #expect(movie.originalTitle == "The Glass Orchard")
    #expect(movie.summary == "Ein Gärtner zieht Glas.")
    #expect(movie.tagline == "Mind the fruit.")
    #expect(movie.language == "de")
    let french = try await Service().fetch("tmdb-movie-600", language: "fr-FR")
    #expect(french.title == "The Glass Orchard")
    #expect(french.summary == "A gardener grows glass.")
    #expect(french.language == "en")
  }

  @Test(arguments: [
    ("tmdb-movie-600", "DE", "2011-09-01"), ("tmdb-movie-600", "FR", "2011-05-20"),
    ("tmdb-movie-600", "GB", "2011-05-20"),
    ("tmdb-movie-602", "DE", "2020-03-05"), ("tmdb-movie-602", "GB", "2020-02-01"),
    ("tmdb-movie-601", "DE", "1974-10-02"),
  ])
  func wasReleasedWhenTheCountrysCinemasShowedIt(id: String, country: String, date: String) async throws {
    let movie = try await Service().fetch(id, country: country)
    #expect(movie.released?.description == date)
    #expect(try await Service().fetch(id, language: "en-" + country).released?.description == date)
  }

  @Test func ordersPicturesByTheLanguageAskedFor() async throws {
    let service = try Service()
    let artwork = try await service.fetch("tmdb-movie-600", language: "de-DE").artwork
    #expect(artwork.map(\.form) == [.coverPoster, .coverPoster, .background, .background, .clearLogo])
    #expect(
      artwork.map { $0.url.dropFirst(Self.pictures.count) } == [
        "/orchard-de.jpg", "/orchard-en.jpg", "/glass.jpg", "/glass-de.jpg", "/glass.png",
      ])
    #expect(artwork.map(\.language) == ["de", "en", nil, "de", "en"])
    #expect(artwork[0].width == 1000)
    #expect(artwork[0].height == 1500)
    #expect(artwork[0].score == 5)
    #expect(service.fake.requests.map { $0.parameter("include_image_language") } == ["de,en,null"])
  }

  @Test func leavesOutWhatIsNotKnown() async throws {
    let movie = try await Service().fetch("tmdb-movie-604")
    var bare = MediaItem(id: try Service.id("tmdb-movie-604"), title: "Untold")
    bare.language = "en"
    bare.externalIDs = ["tmdb": "604"]
    bare.page = "https://www.themoviedb.org/movie/604"
    #expect(movie == bare)
  }

  @Test func marksExplicitWorks() async throws {
    #expect(try await Service().fetch("tmdb-movie-603").isAdult)
    #expect(try await Service().fetch("tmdb-show-4700").isAdult)
    #expect(try await Service().children("tmdb-show-4700").map(\.isAdult) == [true])
    #expect(try await Service().children("tmdb-season-4700-1").map(\.isAdult) == [true])
  }
}
