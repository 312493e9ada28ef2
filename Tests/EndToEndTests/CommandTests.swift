import Foundation
import TestSupport
import Testing

/// The built program's commands on the demo library, as a user types them.
@Suite(.serialized) @OwnThread struct CommandTests {
  private let usher: UsherProgram

  init() throws { usher = try UsherProgram(configuration: Configurations.demo) }

  @Test func matchFindsAFilmOfTheDemoLibrary() throws {
    let outcome = try usher.run(["match", "movie", "Nosferatu", "--year", "1922"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("local-movie-imdb-tt0013442"))
  }

  @Test func matchInJSONIsReadByAProgram() throws {
    let outcome = try usher.run(["match", "movie", "Nosferatu", "--year=1922", "--json"])
    let reply = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let candidates = reply?["candidates"] as? [[String: Any]]
    #expect(candidates?.first?["id"] as? String == "local-movie-imdb-tt0013442")
  }

  @Test func matchOfNothingEndsWithOne() throws {
    let outcome = try usher.run(["match", "movie", "No Such Film At All", "--year", "1950"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no match for 'No Such Film At All'"))
  }

  @Test func matchByExternalIDAndByKeyGiveTheSameItem() throws {
    for guid in [
      "imdb://tt0013442", "local-movie-imdb-tt0013442",
      "\(Configurations.movieIdentifier)://movie/local-movie-imdb-tt0013442",
    ] {
      let outcome = try usher.run(["match", "movie", "whatever", "--guid", guid])
      #expect(outcome.output.contains("local-movie-imdb-tt0013442"), "\(guid): \(outcome)")
    }
  }

  @Test func matchOfAnEpisodeFindsItsShowFirst() throws {
    let outcome = try usher.run(["match", "tv", "Les Vampires", "--season", "1", "--episode", "3"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("local-episode-"))
  }

  @Test func explainTellsWhoWasAskedAndWhatDecided() throws {
    let outcome = try usher.run(["match", "movie", "Nosferatu", "--year", "1922", "--explain"])
    #expect(outcome.output.contains("local"), "\(outcome)")
    #expect(outcome.output.contains("title"))
  }

  @Test func itemShowsFieldsAndTheirSource() throws {
    let outcome = try usher.run(["item", "movie", "local-movie-imdb-tt0013442", "--explain"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("Nosferatu"))
    #expect(outcome.output.contains("SOURCE"))
  }

  @Test func itemOfAnUnknownKeyEndsWithOne() throws {
    #expect(try usher.run(["item", "movie", "local-movie-none"]).status == 1)
    #expect(try usher.run(["item", "movie", "not a key"]).status == 1)
    #expect(try usher.run(["item", "nowhere", "local-movie-imdb-tt0013442"]).status == 1)
  }

  @Test func childrenOfAShowAreListed() throws {
    let matched = try usher.run(["match", "tv", "Les Vampires", "--json"])
    let reply = try JSONSerialization.jsonObject(with: Data(matched.output.utf8)) as? [String: Any]
    let id = try #require((reply?["candidates"] as? [[String: Any]])?.first?["id"] as? String)
    let outcome = try usher.run(["item", "tv", id, "--children"])
    #expect(outcome.output.contains("Season 1"), "\(outcome)")
  }

  @Test func pluginsShowsARowEach() throws {
    let outcome = try usher.run(["plugins"])
    #expect(outcome.status == 0, "\(outcome)")
    for id in ["local", "plex"] { #expect(outcome.output.contains("\n\(id) ")) }
    #expect(outcome.output.contains("ready"))
    let info = try usher.run(["plugins", "info", "local"])
    #expect(info.output.contains("folders"), "\(info)")
  }

  @Test func cacheIsShownTidiedAndEmptied() throws {
    _ = try usher.run(["item", "movie", "local-movie-imdb-tt0013442"])
    let stats = try usher.run(["cache", "stats"])
    #expect(stats.output.contains("local"), "\(stats)")
    #expect(try usher.run(["cache", "prune"]).status == 0)
    let cleared = try usher.run(["cache", "clear", "--source", "local"])
    #expect(cleared.status == 0 && !cleared.output.hasPrefix("0 "), "\(cleared)")
  }

  @Test func helpAndVersionWorkEverywhere() throws {
    #expect(try usher.run(["--version"]).output.hasPrefix("usher "))
    #expect(try usher.run(["--help"]).output.contains("serve"))
    for command in ["serve", "plugins", "check", "config", "match", "item", "cache"] {
      let help = try usher.run([command, "--help"])
      #expect(help.status == 0 && help.output.contains("usage: usher \(command)"), "\(help)")
      #expect(try usher.run([command, "--version"]).output.hasPrefix("usher "))
    }
  }

  @Test(arguments: [
    ["nonsense"], ["match"], ["match", "movie"], ["match", "movie", "X", "--year", "soon"],
    ["match", "movie", "X", "--no-such-option"], ["match", "movie", "X", "--type", "song"],
    ["match", "movie", "X", "--date", "yesterday"], ["item", "movie"], ["plugins", "remove"], ["cache", "shake"],
    ["config"], ["check"], ["serve", "--listen"],
  ])
  func wrongUsageEndsWithTwoAndOneSentence(arguments: [String]) throws {
    let outcome = try usher.run(arguments)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.hasPrefix("usher: "), "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome)")
  }

  @Test func everyPluginThatShipsPassesItsChecks() throws {
    let folders = UsherProgram.repository.appendingPathComponent("Plugins").path
    let plugins = try FileManager.default.contentsOfDirectory(atPath: folders).filter { !$0.contains(".") }
    #expect(plugins.count >= 10)
    for library in plugins.map({ "lib\($0).so" }) {
      let path = UsherProgram.productsFolder.appendingPathComponent(library).path
      let outcome = try usher.run(["check", path])
      #expect(outcome.status == 0, "\(library): \(outcome.output)\(outcome.errors)")
    }
  }
}
