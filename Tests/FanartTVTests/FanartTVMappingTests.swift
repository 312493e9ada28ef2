import MetadataModel
import Testing

@testable import FanartTV

@Suite struct FanartTVMappingTests {
  private static let assets = "https://assets.fanart.tv/fanart"

  @Test func fillsTitleIdsAndPicturesAndLeavesAllElseToOthers() async throws {
    var movie = try await Service().fetch("fanarttv-movie-990101")
    #expect(movie.title == "The Paper Harbor")
    #expect(movie.externalIDs == ["tmdb": "990101", "imdb": "tt99000101"])
    #expect(!movie.artwork.isEmpty)
    movie.artwork = []
    movie.externalIDs = [:]
    #expect(movie == MediaItem(id: try Service.id("fanarttv-movie-990101"), title: "The Paper Harbor"))
  }

  @Test func sortsAMoviesPicturesIntoTheirForms() async throws {
    let artwork = try await Service().fetch("fanarttv-movie-990101").artwork
    let firsts = Dictionary(artwork.map { ($0.form.rawValue, $0.url) }, uniquingKeysWith: { first, _ in first })
    #expect(
      firsts == [
        "coverPoster": "\(Self.assets)/movieposter/poster-en-many.jpg",
        "background": "\(Self.assets)/moviebackground/back-2.jpg",
        "backgroundSquare": "\(Self.assets)/moviesquare/square.jpg",
        "clearLogo": "\(Self.assets)/hdmovielogo/logo-hd.png", "banner": "\(Self.assets)/moviebanner/banner.jpg",
        "landscape": "\(Self.assets)/moviethumb/thumb.jpg", "clearArt": "\(Self.assets)/hdmovieclearart/art-hd.png",
        "disc": "\(Self.assets)/moviedisc/disc.png",
      ])
    #expect(
      artwork.map(\.form.rawValue).reduce(into: []) { if $0.last != $1 { $0.append($1) } } == [
        "coverPoster", "background", "backgroundSquare", "clearLogo", "banner", "landscape", "clearArt", "disc",
      ])
  }

  @Test(
    arguments: [
      (
        nil,
        ["poster-en-many.jpg", "poster-en-few.jpg", "poster%20bare%20%282%29.jpg", "poster-fr.jpg", "poster-de.jpg"]
      ),
      (
        "de-DE",
        ["poster-de.jpg", "poster-en-many.jpg", "poster-en-few.jpg", "poster%20bare%20%282%29.jpg", "poster-fr.jpg"]
      ),
      (
        "FR",
        ["poster-fr.jpg", "poster-en-many.jpg", "poster-en-few.jpg", "poster%20bare%20%282%29.jpg", "poster-de.jpg"]
      ),
      (
        "??",
        ["poster-en-many.jpg", "poster-en-few.jpg", "poster%20bare%20%282%29.jpg", "poster-fr.jpg", "poster-de.jpg"]
      ),
    ] as [(String?, [String])])
  func putsTheLanguageAskedForFirstThenEnglishThenLikes(language: String?, files: [String]) async throws {
    #expect(try await Service().files("fanarttv-movie-990101", .coverPoster, language: language) == files)
  }

  @Test func prefersBackgroundsWithoutText() async throws {
    #expect(
      try await Service().files("fanarttv-movie-990101", .background) == ["back-2.jpg", "back-1.jpg", "back-en.jpg"])
  }

  @Test func prefersTheLargeLogoUnlessTheSmallOneSpeaksTheLanguage() async throws {
    let service = try Service()
    let id = "fanarttv-movie-990101"
    #expect(try await service.files(id, .clearLogo) == ["logo-hd.png", "logo-old.png", "logo-de.png"])
    #expect(try await service.files(id, .clearLogo, language: "de") == ["logo-de.png", "logo-hd.png", "logo-old.png"])
  }

  @Test func keepsLikesAndLanguageForChoosing() async throws {
    let posters = try await Service().fetch("fanarttv-movie-990101").artwork.filter { $0.form == .coverPoster }
    #expect(posters.map(\.score) == [12, 3, 50, 99, 1])
    #expect(posters.map(\.language) == ["en", "en", nil, "fr", "de"])
    let backgrounds = try await Service().fetch("fanarttv-movie-990101").artwork.filter { $0.form == .background }
    #expect(backgrounds.map(\.language) == [nil, nil, "en"])
  }

  @Test func keepsSeasonsPicturesOutOfTheShow() async throws {
    let show = try await Service().fetch("fanarttv-show-990082")
    #expect(
      show.artwork.map { $0.url.replacing(Self.assets, with: "") } == [
        "/tvposter/poster.jpg", "/showbackground/back-any.jpg", "/showbackground/back-all.jpg",
        "/hdtvlogo/logo-hd.png", "/clearlogo/logo.png", "/tvbanner/banner.jpg", "/tvthumb/thumb.jpg",
        "/hdclearart/art-hd.png", "/clearart/art.png", "/characterart/keeper.png",
      ])
  }

  @Test func givesEachSeasonItsOwnPictures() async throws {
    let seasons = try await Service().children("fanarttv-show-990082")
    #expect(seasons.map(\.title) == ["Specials", "Season 2", "Season 10"])
    #expect(seasons.map(\.index) == [0, 2, 10])
    #expect(
      seasons.map { $0.artwork.map { $0.url.replacing(Self.assets, with: "") } } == [
        ["/seasonposter/s0.jpg"],
        [
          "/seasonposter/s2.jpg", "/seasonposter/s2-de.jpg", "/showbackground/back-2.jpg",
          "/seasonthumb/s2-thumb.jpg",
        ],
        ["/seasonbanner/s10-banner.jpg"],
      ])
    #expect(seasons[1].parent == Ancestor(id: try Service.id("fanarttv-show-990082"), title: "Harbor Lights"))
    #expect(seasons[1].externalIDs == [:])
    #expect(
      try await Service().files("fanarttv-season-990082-2", .coverPoster, language: "de") == ["s2-de.jpg", "s2.jpg"])
  }
}
