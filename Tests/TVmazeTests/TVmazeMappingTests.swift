import MetadataModel
import Testing

@testable import TVmaze

@Suite struct TVmazeMappingTests {
  private static let pictures = "https://static.tvmaze.com/uploads/images/original_untouched"

  @Test func fillsEveryFieldOfAShow() async throws {
    let show = try await Service().fetch("tvmaze-show-82")
    #expect(show.title == "Harbor Lights")
    #expect(show.originalTitle == nil)
    #expect(show.alternativeTitles == ["Harbour Lights", "Hafenlichter", "Les Feux du port"])
    #expect(show.released == CalendarDate("2014-01-05"))
    #expect(show.ended == CalendarDate("2016-02-23"))
    #expect(show.year == 2014)
    #expect(show.duration == 3_600_000)
    #expect(show.language == "en")
    #expect(show.genres == ["Drama", "Mystery"])
    #expect(show.networks == ["North Coast Television"])
    #expect(show.studios == ["North Coast Television"])
    #expect(show.countries == ["United States"])
    #expect(show.ratings == [Rating(origin: "tvmaze", value: 8.4)])
    #expect(show.contentRatings == [])
    #expect(show.externalIDs == ["imdb": "tt99000082", "tvdb": "990082", "tvmaze": "82"])
    #expect(show.page == "https://www.tvmaze.com/shows/82/show-82")
  }

  @Test func listsPeopleWithTheirParts() async throws {
    let credits = try await Service().fetch("tvmaze-show-82").credits
    #expect(credits.map(\.name) == ["Ada Quill", "Ben Marlow", "Cleo Ash", "Dora Finch", "Egon Vale", "Fay Wren"])
    #expect(credits.map(\.job) == [.actor, .actor, .actor, .writer, .producer, .director])
    #expect(
      credits.map(\.role) == [
        "Nora Penrose / Young Edith", "Tom Penrose", "The Pilot", "Creator", "Executive Producer", "Director",
      ])
    #expect(credits.map(\.order) == [0, 1, 2, nil, nil, nil])
    #expect(credits[0].picture == "\(Self.pictures)/person-1.jpg")
    #expect(credits[2].picture == "\(Self.pictures)/character-3.jpg")
  }

  @Test func putsMainPicturesFirstAndLeavesOutUnsortedOnes() async throws {
    let artwork = try await Service().fetch("tvmaze-show-82").artwork
    #expect(artwork.map(\.form) == [.coverPoster, .background, .clearLogo, .coverPoster, .banner])
    #expect(artwork.first?.url == "\(Self.pictures)/main-poster.jpg")
    #expect(artwork.first?.width == 1000)
  }

  @Test func takesTheShowsImageWhereNoPosterIsAmongThePictures() async throws {
    let artwork = try await Service().fetch("tvmaze-show-310").artwork
    #expect(artwork.map(\.url) == ["\(Self.pictures)/poster-310.jpg", "\(Self.pictures)/sea.jpg"])
    #expect(try await Service().fetch("tvmaze-show-411").artwork == [])
  }

  @Test func readsOldRecordsAndLiftsTheirAddressesToHTTPS() async throws {
    let show = try await Service().fetch("tvmaze-show-83")
    #expect(show.duration == 1_800_000)
    #expect(show.ended == nil)
    #expect(show.page == "https://www.tvmaze.com/shows/83/show-83")
    #expect(show.artwork.map(\.url) == ["\(Self.pictures)/poster-83.jpg"])
  }

  @Test func readsAStreamedShowInAnotherLanguage() async throws {
    let show = try await Service().fetch("tvmaze-show-310")
    #expect(show.originalTitle == "Året på skäret – en film i delar")
    #expect(show.networks == ["Worldstream"])
    #expect(show.countries == [])
    #expect(show.duration == 48 * 60_000)
    #expect(show.genres == ["Documentary"])
    #expect(show.summary == nil)
    #expect(show.externalIDs == ["tvmaze": "310"])
  }

  @Test func namesBothTheBroadcasterAndTheStreamingService() async throws {
    let show = try await Service().fetch("tvmaze-show-1205")
    #expect(show.networks == ["Channel Nine", "Worldstream"])
    #expect(show.studios == ["Channel Nine"])
  }

  @Test func turnsHTMLIntoText() async throws {
    let summary = try await Service().fetch("tvmaze-show-512").summary
    #expect(summary == "Cooks & printers say \"déjà vu\" – it's fun.\nPart two.")
    #expect(try await Service().fetch("tvmaze-show-512").genres == ["Food", "Reality"])
  }

  @Test func fillsEveryFieldOfASeason() async throws {
    let season = try await Service().fetch("tvmaze-season-82-1")
    #expect(season.title == "Season 1")
    #expect(season.index == 1)
    #expect(season.summary == "The first year.")
    #expect(season.released == CalendarDate("2014-01-05"))
    #expect(season.artwork == [Artwork(form: .coverPoster, url: "\(Self.pictures)/season-82-1.jpg")])
    #expect(season.parent?.id.description == "tvmaze-show-82")
    #expect(season.parent?.title == "Harbor Lights")
    #expect(season.parent?.poster == "\(Self.pictures)/main-poster.jpg")
    #expect(season.page == "https://www.tvmaze.com/seasons/82/season-1")
    #expect(try await Service().fetch("tvmaze-season-82-2").summary == nil)
  }

  @Test func fillsEveryFieldOfAnEpisode() async throws {
    let episode = try await Service().fetch("tvmaze-episode-82-4976")
    #expect(episode.title == "Part 2.1")
    #expect(episode.index == 1)
    #expect(episode.summary == "About Part 2.1.")
    #expect(episode.released == CalendarDate("2015-01-05"))
    #expect(episode.duration == 3_600_000)
    #expect(episode.ratings == [Rating(origin: "tvmaze", value: 7.5)])
    #expect(episode.artwork == [Artwork(form: .snapshot, url: "\(Self.pictures)/still-4976.jpg")])
    #expect(episode.parent?.id.description == "tvmaze-season-82-2")
    #expect(episode.parent?.index == 2)
    #expect(episode.grandparent?.id.description == "tvmaze-show-82")
    #expect(episode.page == "https://www.tvmaze.com/episodes/4976/episode")
  }
}
