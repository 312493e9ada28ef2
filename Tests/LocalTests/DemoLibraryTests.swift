import Foundation
import MetadataModel
import Testing
import UsherKit
import UsherKitTesting

@testable import Local

@Suite struct DemoLibraryTests {
  private static let demo = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Demo").path

  private static func host() -> FakeHost { FakeHost(settings: ["folders": .list([demo])]) }

  @Test(arguments: [
    ("Le Voyage dans la Lune", 1902, "imdb-tt0000417", "Georges Méliès"),
    ("The Great Train Robbery", 1903, "imdb-tt0000439", "Edwin S. Porter"),
    ("Das Cabinet des Dr. Caligari", 1920, "imdb-tt0010323", "Robert Wiene"),
    ("Nosferatu", 1922, "imdb-tt0013442", "F. W. Murnau"),
    ("Sherlock Jr.", 1924, "imdb-tt0015324", "Buster Keaton"),
    ("The General", 1926, "imdb-tt0017925", "Clyde Bruckman"),
    ("Metropolis", 1927, "imdb-tt0017136", "Fritz Lang"),
    ("Night of the Living Dead", 1968, "imdb-tt0063350", "George A. Romero"),
  ])
  func knowsEachFilm(title: String, year: Int, key: String, director: String) async throws {
    let host = Self.host()
    let source = try LocalSource(host.context)
    var request = MatchRequest(kind: .movie)
    request.title = title
    #expect(try await source.match(request, host) == ["local-movie-\(key)"])
    let film = try await source.fetch("local-movie-\(key)", host)
    #expect(film.year == year)
    #expect(film.released == nil || film.released?.year == year)
    #expect(film.credits.first { $0.job == .director }?.name == director)
    #expect(film.credits.contains { $0.job == .actor })
    #expect(film.summary?.isEmpty == false)
    #expect(film.genres.isEmpty == false)
    #expect(host.lines == [])
  }

  @Test func knowsTheSerial() async throws {
    let host = Self.host()
    let source = try LocalSource(host.context)
    let show = try await source.fetch("local-show-imdb-tt0006206", host)
    #expect(show.title == "Les Vampires")
    #expect(show.ended == CalendarDate("1916-06-30"))
    let seasons = try await source.children(show.id.description, host)
    #expect(seasons.map(\.title) == ["Season 1"])
    let episodes = try await source.children("local-season-imdb-tt0006206-1", host)
    #expect(episodes.compactMap(\.index) == Array(1...10))
    #expect(
      episodes.map(\.title) == [
        "La Tête coupée", "La Bague qui tue", "Le Cryptogramme rouge", "Le Spectre", "L'Évasion du mort",
        "Les Yeux qui fascinent", "Satanas", "Le Maître de la foudre", "L'Homme des poisons", "Les Noces sanglantes",
      ])
    #expect(host.lines == [])
  }

  /// Several calls at once, each on a thread of its own, share the index.
  @Test func answersManyCallsAtOnceThroughTheTableOfItsLibrary() async throws {
    let plugin = try TableHost(Self.host()).open(usherPlugin(0))
    #expect(try plugin.manifest().hosts == [])
    let request = ItemRequest(id: try LocalSource.id("local-movie-imdb-tt0013442"))
    let titles = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1...40 { group.addTask { try await plugin.ask("fetch", request, MediaItem.self).title } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(titles == Array(repeating: "Nosferatu", count: 40))
    plugin.close()
  }
}
