import MetadataModel
import Testing
import UsherKit

@testable import Local

@Suite struct LocalMatchingTests {
  private typealias Files = TemporaryLibrary

  private static func library() throws -> TemporaryLibrary {
    try Files([
      "Films/Dawn (1950)/movie.nfo": Files.movie("Dawn", "<year>1950</year><imdbid>tt01</imdbid>"),
      "Films/Dawn (1999)/Dawn.1999.nfo": Files.movie(
        "Dawn", "<originaltitle>L'Aube</originaltitle><year>1999</year><imdbid>tt02</imdbid>"),
      "Films/flat.nfo": Files.movie("Flat Land", "<imdbid>tt03</imdbid><tmdbid>33</tmdbid>"),
      "root.nfo": Files.movie("Root", "<imdbid>tt04</imdbid>"),
      "Shows/Tide/tvshow.nfo": Files.show("Tide", "<imdbid>tt05</imdbid>"),
      "Shows/Tide/Season 1/e.nfo": Files.episode(1, 1, "One"),
    ])
  }

  private static func match(_ kind: MediaKind, _ change: (inout MatchRequest) throws -> Void) async throws -> [String] {
    let files = try library()
    var request = MatchRequest(kind: kind)
    try change(&request)
    return try await files.source().match(request, files.host).map { String($0.dropFirst("local-".count)) }
  }

  @Test(arguments: [
    ("/data/films/dawn (1950)/anything.mkv", ["movie-imdb-tt01"]),
    ("/mnt/Films/Dawn (1999)/Dawn.1999.mkv", ["movie-imdb-tt02"]),
    ("D:\\Films\\Dawn (1999)\\dawn.1999.MKV", ["movie-imdb-tt02"]), ("/data/Films/flat.avi", ["movie-imdb-tt03"]),
    ("/data/root.mp4", ["movie-imdb-tt04"]),
    ("/data/Other/flat.avi", []), ("/data/Films/Dawn (1999)/Other.mkv", []), ("", []), ("/", []), ("flat.avi", []),
  ])
  func findsTheMovieWhoseNFOLiesBesideTheFile(file: String, ids: [String]) async throws {
    #expect(try await Self.match(.movie) { $0.file = file } == ids)
  }

  @Test(arguments: [
    ("/tv/Tide/Season 1/Tide - S01E01.mkv", ["show-imdb-tt05"]), ("/tv/Tide", ["show-imdb-tt05"]),
    ("/tv/tide/", ["show-imdb-tt05"]),
    ("/tv/Tidelands/e.mkv", []),
  ])
  func findsTheShowInWhoseFolderTheFileLies(file: String, ids: [String]) async throws {
    #expect(try await Self.match(.show) { $0.file = file } == ids)
  }

  @Test(arguments: [
    ("dawn", ["movie-imdb-tt01", "movie-imdb-tt02"]), ("Dawn (1950)", ["movie-imdb-tt01", "movie-imdb-tt02"]),
    ("l’aube", ["movie-imdb-tt02"]),
    ("FLAT-LAND!", ["movie-imdb-tt03"]), ("Flat", []), ("Tide", []), ("", []), ("?!", []),
  ])
  func findsEqualTitles(title: String, ids: [String]) async throws {
    #expect(try await Self.match(.movie) { $0.title = title } == ids)
  }

  @Test func findsSimilarTitlesWhenAPersonChooses() async throws {
    #expect(try await Self.match(.movie) { ($0.title, $0.manual) = ("flat", true) } == ["movie-imdb-tt03"])
    #expect(try await Self.match(.movie) { ($0.title, $0.manual) = ("", true) } == [])
  }

  @Test func prefersAnIdToEverythingElse() async throws {
    #expect(
      try await Self.match(.movie) { ($0.title, $0.externalIDs) = ("Dawn", ["tmdb": "33"]) } == ["movie-imdb-tt03"])
    #expect(
      try await Self.match(.movie) { try ($0.title, $0.id) = ("Dawn", LocalSource.id("local-movie-imdb-tt04")) } == [
        "movie-imdb-tt04"
      ])
    #expect(try await Self.match(.movie) { ($0.title, $0.externalIDs) = ("Dawn", ["imdb": "tt404"]) }.count == 2)
    #expect(
      try await Self.match(.movie) { ($0.title, $0.externalIDs, $0.manual) = ("Dawn", ["tmdb": "33"], true) }
        == ["movie-imdb-tt03", "movie-imdb-tt01", "movie-imdb-tt02"])
  }

  @Test func putsTheFilesNFOBeforeTheTitle() async throws {
    let ids = try await Self.match(.movie) { ($0.title, $0.file) = ("Dawn", "/x/Dawn (1999)/Dawn.1999.mkv") }
    #expect(ids == ["movie-imdb-tt02", "movie-imdb-tt01"])
  }

  @Test func doesNotOfferEpisodes() async throws {
    let error = await #expect(throws: PluginError.self) { try await Self.match(.episode) { $0.title = "One" } }
    #expect(error?.kind == .unsupported)
  }
}
