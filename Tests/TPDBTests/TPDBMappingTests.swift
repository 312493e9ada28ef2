import MetadataModel
import TestSupport
import Testing

@testable import TPDB

@Suite struct TPDBMappingTests {
  private static let cdn = "https://cdn.theporndb.net"

  @Test func fillsEveryFieldOfASite() async throws {
    let show = try await Service().fetch("tpdb-show-101")
    #expect(show.title == "LanternWorks")
    #expect(show.alternativeTitles == ["lanternworks"])
    #expect(show.summary == "Short films by lamp & candle light.")
    #expect(show.released == CalendarDate("2021-01-01"))
    #expect(show.year == 2021)
    #expect(show.studios == ["LanternWorks", "Lantern Group"])
    #expect(show.networks == ["North Light Network"])
    #expect(show.isAdult)
    #expect(show.language == "en")
    #expect(show.contentRatings == [ContentRating(country: "US", rating: "XXX")])
    #expect(
      show.artwork == [
        Artwork(form: .coverPoster, url: "\(Self.cdn)/site/101/poster.jpg"),
        Artwork(form: .clearLogo, url: "\(Self.cdn)/site/101/logo.png"),
      ])
    #expect(show.externalIDs == ["tpdb": "50000000-0000-4000-8000-000000000101"])
    #expect(show.page == "https://theporndb.net/sites/lanternworks")
  }

  @Test func asksForTheNetworkThatAnOldRecordHasByNumberOnly() async throws {
    let service = try Service()
    #expect(try await service.fetch("tpdb-show-103").networks == ["North Light Network"])
    #expect(service.fake.targets.contains("/sites/90"))
  }

  @Test func fillsEveryFieldOfASeason() async throws {
    let season = try await Service().fetch("tpdb-season-101-2022")
    #expect(season.title == "Season 2022")
    #expect(season.index == 2022)
    #expect(season.year == 2022)
    #expect(season.released == CalendarDate("2022-01-01"))
    #expect(season.isAdult)
    #expect(season.parent?.id.description == "tpdb-show-101")
    #expect(season.parent?.title == "LanternWorks")
    #expect(season.parent?.poster == "\(Self.cdn)/site/101/poster.jpg")
  }

  @Test func fillsEveryFieldOfAScene() async throws {
    let scene = try await Service().fetch("tpdb-episode-101-\(Service.scene(2001))")
    #expect(scene.title == "Flame 2")
    #expect(scene.summary == "About Flame 2 & its makers.")
    #expect(scene.released == CalendarDate("2022-01-02"))
    #expect(scene.year == 2022)
    #expect(scene.duration == 1_500_000)
    #expect(scene.genres == ["Outdoor", "Black and White"])
    #expect(
      scene.credits == [
        Credit(
          name: "Ben Marlow", job: .actor, role: "Ben Marlow", picture: "\(Self.cdn)/performer/1/face.jpg", order: 0,
          gender: "male")
      ])
    #expect(scene.studios == ["LanternWorks", "Lantern Group", "North Light Network"])
    #expect(
      scene.artwork == [
        Artwork(form: .snapshot, url: "\(Self.cdn)/scene/2001/wide.jpg"),
        Artwork(form: .coverPoster, url: "\(Self.cdn)/scene/2001/large.jpg"),
        Artwork(form: .background, url: "\(Self.cdn)/scene/2001/wide.jpg"),
      ])
    #expect(scene.index == 2)
    #expect(scene.parent?.id.description == "tpdb-season-101-2022")
    #expect(scene.parent?.index == 2022)
    #expect(scene.grandparent?.id.description == "tpdb-show-101")
    #expect(scene.isAdult)
    #expect(scene.externalIDs == ["tpdb": Service.scene(2001)])
    #expect(scene.page == "https://theporndb.net/scenes/flame-2")
  }

  @Test func fillsEveryFieldOfAMovie() async throws {
    let movie = try await Service().fetch("tpdb-movie-20000000-0000-4000-8000-000000000700")
    #expect(movie.title == "The Glass Orchard")
    #expect(movie.released == CalendarDate("2019-03-14"))
    #expect(movie.duration == 5_400_000)
    #expect(movie.studios == ["Grey Gull Pictures", "North Light Network"])
    #expect(movie.genres == ["Outdoor", "Black and White"])
    #expect(movie.credits.map(\.name) == ["Ada Quill", "Ben Marlow", "Cleo Ash", "Dora Finch", "Egon Vale"])
    #expect(movie.credits.map(\.role) == ["Ada Q.", "Ben Marlow", "Cleo", nil, nil])
    #expect(movie.credits.map(\.job) == [.actor, .actor, .actor, .director, .director])
    #expect(movie.credits.map(\.gender) == ["female", "male", "non binary", nil, nil])
    #expect(movie.artwork.map(\.form) == [.coverPoster, .background, .background])
    #expect(movie.artwork.last?.url == "\(Self.cdn)/movie/700/back.jpg")
    #expect(movie.isAdult)
    #expect(movie.contentRatings.map(\.rating) == ["XXX"])
    #expect(movie.page == "https://theporndb.net/movies/the-glass-orchard")
  }

  /// Scenes 6000 to 6104 drift, each in another way.
  @Test(arguments: [6000, 6001, 6002, 6003, 6004, 6100, 6101])
  func readsRecordsWhoseTypesDrift(number: Int) async throws {
    let service = try Service()
    let scene = try await service.fetch("tpdb-scene-\(Service.scene(number))")
    #expect(scene.id.description == "tpdb-episode-103-\(Service.scene(number))")
    #expect(scene.duration == 1_500_000)
    #expect(scene.released != nil)
    #expect(scene.artwork.contains { $0.form == .snapshot })
    #expect(scene.artwork.allSatisfy { !$0.url.contains("default_") })
    #expect(scene.studios == ["Paper Boats"])
    // From the list, or from the list and the scene itself: always the same.
    let year = try await service.children("tpdb-season-103-\(scene.year ?? 0)")
    let listed = try #require(year.first { $0.id == scene.id })
    #expect(listed.index == scene.index)
    #expect(try await service.fetch(scene.id.description) == scene)
  }

  @Test func namesAPersonWhomNobodyHasLinkedByTheCredits() async throws {
    let movie = try await Service().fetch("tpdb-movie-701")
    #expect(movie.credits.map(\.name) == ["Ada Q.", "Ben Marlow"])
    #expect(movie.credits.first?.role == "Ada Q.")
    #expect(movie.credits.first?.picture == "\(Self.cdn)/performer/0/credit.jpg")
    #expect(movie.artwork.map(\.url).contains("https://studio.example.org/701.jpg"))
    #expect(movie.summary == nil)
  }
}
