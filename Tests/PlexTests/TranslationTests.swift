import MetadataModel
import Testing

@testable import PlexProvider

@Suite struct TranslationTests {
  private static func translation(isMatch: Bool = false) -> Translation {
    Translation(
      provider: Sample.tv, images: ImageRules(allowsPrivate: false), country: "US", trimming: .none, isMatch: isMatch)
  }

  @Test(arguments: [
    (Rating(origin: "imdb", value: 8.1), "imdb://image.rating", "audience"),
    (Rating(origin: "TMDB", value: 0.5), "themoviedb://image.rating", "audience"),
    (Rating(origin: "rottentomatoes", isCritic: true, value: 6), "rottentomatoes://image.rating.ripe", "critic"),
    (Rating(origin: "rottentomatoes", isCritic: true, value: 5.9), "rottentomatoes://image.rating.rotten", "critic"),
    (Rating(origin: "rottentomatoes", value: 9), "rottentomatoes://image.rating.upright", "audience"),
    (Rating(origin: "rottentomatoes", value: 2), "rottentomatoes://image.rating.spilled", "audience"),
  ])
  func line60RatingsGetTheirBadge(_ rating: Rating, _ image: String, _ type: String) {
    let badges = RatingBadges.badges([rating, rating])
    #expect(badges.map(\.image) == [image])
    #expect(badges.map(\.type) == [type])
  }

  @Test(arguments: [
    Rating(origin: "lamp", value: 7), Rating(origin: "imdb", value: 10.5), Rating(origin: "imdb", value: -1),
    Rating(origin: "imdb", value: .nan), Rating(origin: "tmdb", value: 0, votes: 0),
    Rating(origin: "imdb", isCritic: true, value: 5),
  ])
  func line60OtherRatingsAreLeftOut(_ rating: Rating) {
    #expect(RatingBadges.badges([rating]).isEmpty)
  }

  @Test(arguments: [
    ([ContentRating(country: "GB", rating: "15")], "US", "gb/15"), ([], "US", nil),
    ([ContentRating(country: "FR", rating: ""), ContentRating(country: "US", rating: "R")], "FR", "R"),
  ])
  func line71TheFirstRatingIsBetterThanNone(_ ratings: [ContentRating], _ country: String, _ text: String?) {
    #expect(ContentRatingChoice.text(ratings, country: country) == text)
  }

  @Test func longEpisodeTextsAreCut() throws {
    var episode = try Sample.episode(1, 1)
    episode.summary = String(repeating: "å", count: 9000)
    #expect(Self.translation().object(episode).summary?.count == 8192)
    var show = try Sample.show()
    show.summary = episode.summary
    #expect(Self.translation().object(show).summary?.count == 9000)
  }

  @Test func emptyTextsAreLeftOut() throws {
    var show = try Sample.show()
    show.summary = ""
    show.tagline = ""
    show.originalTitle = show.title
    show.studios = [""]
    show.duration = 0
    show.externalIDs = ["imdb": "tt1", "n0t": "x"]
    let object = Self.translation().object(show)
    #expect(object.summary == nil && object.tagline == nil && object.originalTitle == nil)
    #expect(object.studio == nil && object.studios.isEmpty && object.duration == nil)
    #expect(object.guids.map(\.id) == ["imdb://tt1"])
  }

  @Test(arguments: [(MediaKind.season, 0, "Specials"), (.season, 3, "Season 3"), (.episode, 2, "Episode 2")])
  func whatHasNoTitleGetsTheUsualOne(_ kind: MediaKind, _ index: Int, _ title: String) throws {
    var item = MediaItem(id: try Sample.id(kind, "1"), title: "")
    item.index = index
    #expect(Self.translation().object(item).title == title)
  }

  @Test func anEpisodeWithoutAStillHasNoThumb() throws {
    var episode = try Sample.episode(1, 1)
    episode.artwork = [Artwork(form: .coverPoster, url: "https://img.example.org/x.jpg")]
    #expect(Self.translation().object(episode).thumb == nil)
  }

  @Test func aYearComesFromTheDateWhenItIsMissing() throws {
    #expect(Self.translation().object(try Sample.season(2)).year == 2022)
  }
}
