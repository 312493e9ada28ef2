import Foundation
import MetadataModel
import Testing
import UsherKit

@testable import Local

@Suite struct LocalIndexTests {
  private typealias Files = TemporaryLibrary

  @Test func makesSeasonsAndEpisodesOfAShow() async throws {
    let files = try Files([
      "Tide/tvshow.nfo": Files.show(
        "Tide", "<id>990001</id><status>Ended</status><namedseason number='2'>Ebb</namedseason>"),
      "Tide/Season 1/a.nfo": Files.episode(1, 2, "Two") + Files.episode(1, 1, "One"),
      "Tide/Season 2/b.nfo":
        "<episodedetails><title/><season>2</season><episode>1</episode><aired>2001-05-06</aired></episodedetails>",
      "Tide/Specials/c.nfo": Files.episode(0, 1, "Extra"),
      "Tide/Season 1/season.nfo": "<season><seasonnumber>1</seasonnumber><plot>P</plot></season>",
    ])
    let source = try files.source()
    let show = try await source.fetch("local-show-tvdb-990001", files.host)
    #expect(show.released == CalendarDate("2001-05-06"))
    #expect(show.ended == CalendarDate("2001-05-06"))
    let seasons = try await source.children("local-show-tvdb-990001", files.host)
    #expect(seasons.map(\.title) == ["Specials", "Season 1", "Ebb"])
    #expect(seasons.map(\.id.description) == (0...2).map { "local-season-tvdb-990001-\($0)" })
    #expect(seasons[1].summary == "P")
    #expect(seasons[1].parent?.title == "Tide")
    let first = try await source.children("local-season-tvdb-990001-1", files.host)
    #expect(first.map(\.title) == ["One", "Two"])
    #expect(first.map(\.id.description) == ["local-episode-tvdb-990001-s1e1", "local-episode-tvdb-990001-s1e2"])
    let episode = try await source.fetch("local-episode-tvdb-990001-s2e1", files.host)
    #expect(episode.title == "Episode 1")
    #expect(episode.parent?.index == 2)
    #expect(episode.grandparent?.id == show.id)
    #expect(files.lines == [])
  }

  @Test func gathersAShowThatLiesInTwoFolders() async throws {
    let show = Files.show("Tide", "<id>990001</id>")
    let files = try Files([
      "A/tvshow.nfo": show, "A/1.nfo": Files.episode(1, 1, "One"), "B/tvshow.nfo": show,
      "B/2.nfo": Files.episode(1, 2, "Two"),
    ])
    #expect(try await files.source().children("local-season-tvdb-990001-1", files.host).map(\.title) == ["One", "Two"])
  }

  @Test func givesEpisodesToTheNearestShowAbove() async throws {
    let files = try Files([
      "A/tvshow.nfo": Files.show("Outer", "<id>1</id>"), "A/B/tvshow.nfo": Files.show("Inner", "<id>2</id>"),
      "A/B/x.nfo": Files.episode(1, 1, "In"), "A/y.nfo": Files.episode(1, 1, "Out"),
      "lost.nfo": Files.episode(1, 1, "Lost"),
    ])
    let source = try files.source()
    #expect(try await source.fetch("local-episode-tvdb-2-s1e1", files.host).title == "In")
    #expect(try await source.fetch("local-episode-tvdb-1-s1e1", files.host).title == "Out")
    #expect(files.lines.contains { $0.contains("lost.nfo") && $0.contains("tvshow.nfo") })
  }

  @Test func keepsIdsWhateverTheOrderOfTheFolders() async throws {
    let contents = [
      "one/Same/movie.nfo": Files.movie("First"), "two/Same/movie.nfo": Files.movie("Second"),
      "one/x.nfo": Files.movie("X", "<imdbid>tt99000001</imdbid>"), "two/y.nfo": Files.movie("Y"),
    ]
    let files = try Files(contents)
    var seen: [[String: String]] = []
    for folders in [["one", "two"], ["two", "one"], ["two", "one", "one"]] {
      let index = try await LocalLibrary(folders: folders.map { files.path + "/" + $0 }).current(files.host.context)
      seen.append(Dictionary(uniqueKeysWithValues: index.items.map { ($0.key.description, $0.value.title) }))
    }
    #expect(seen[0].count == 4)
    #expect(seen[0] == seen[1])
    #expect(seen[0] == seen[2])
    #expect(seen[0]["local-movie-imdb-tt99000001"] == "X")
  }

  /// Written down on purpose: a change of this value is a change of ids that media servers keep.
  @Test func makesTheIdOfAMovieWithoutIdsFromItsPath() async throws {
    let files = try Files(["Films/Dawn (1950)/movie.nfo": Files.movie("Dawn")])
    #expect(
      try await files.titles(.movie) == ["local-movie-path-\(PathHash.hex(of: "Films/Dawn (1950)/movie.nfo"))": "Dawn"])
    #expect(PathHash.hex(of: "") == "cbf29ce484222325")
    #expect(PathHash.hex(of: "foobar") == "85944171f73967e8")
  }

  @Test func takesTwoFilesOfOneFilmForOne() async throws {
    let files = try Files([
      "Dawn/movie.nfo": Files.movie("Dawn", "<year>1950</year>"),
      "Dawn/dawn.nfo": Files.movie("Dawn", "<year>1950</year>"),
      "Dawn/other.nfo": Files.movie("Dusk"),
    ])
    #expect(try await files.titles(.movie).values.sorted() == ["Dawn", "Dusk"])
  }

  @Test func leavesOutWhatIsNoUsableFileAndSaysSo() async throws {
    let files = try Files([
      "good.nfo": Files.movie("Good"), "broken.nfo": "<movie><title>", "link.nfo": "https://example.org/film",
      "bomb.nfo": "<!DOCTYPE m [<!ENTITY a 'x'>]><movie><title>&a;</title></movie>", "nameless.nfo": "<movie/>",
      "other.nfo": "<musicvideo><title>M</title></musicvideo>", "notes.txt": Files.movie("Text"),
      ".hidden.nfo": Files.movie("Hidden"),
      "huge.nfo": Files.movie("Huge", String(repeating: " ", count: 4 << 20)),
      "folder.nfo/inner.nfo": Files.movie("Inner"),
    ])
    try files.write(
      "latin.nfo",
      try #require(
        "<?xml version='1.0' encoding='ISO-8859-1'?><movie><title>Él</title></movie>".data(using: .isoLatin1)))
    #expect(try await files.titles(.movie).values.sorted() == ["Good", "Él"])
    for name in ["broken", "link", "bomb", "nameless", "huge"] {
      #expect(files.lines.filter { $0.contains("\(name).nfo is left out: it ") }.count == 1, "\(files.lines)")
    }
  }
}
