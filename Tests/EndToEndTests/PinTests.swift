import Foundation
import TestSupport
import Testing

private let film = "local-movie-imdb-tt0013442"

/// Matches fixed by hand with the built program, as a user types them.
@Suite(.serialized) @OwnThread struct PinTests {
  private let usher: UsherProgram

  init() throws {
    let data = Data(Configurations.demo.utf8)
    var configuration = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    var providers = configuration["providers"] as? [String: [String: Any]] ?? [:]
    providers["movie"]?["mediaFolders"] = ["/media/films"]
    configuration["providers"] = providers
    let written = try JSONSerialization.data(withJSONObject: configuration)
    usher = try UsherProgram(configuration: String(decoding: written, as: UTF8.self))
  }

  private func pins() throws -> [[String: Any]] {
    let outcome = try usher.run(["pins", "--json"])
    #expect(outcome.status == 0, "\(outcome)")
    return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]] ?? []
  }

  @Test(arguments: [
    "local-movie-imdb-tt0013442", "imdb://tt0013442",
    "\(Configurations.movieIdentifier)://movie/local-movie-imdb-tt0013442?lang=de",
  ])
  func aFilmIsPinnedByKeyGuidOrExternalID(_ id: String) throws {
    let outcome = try usher.run(["pin", "movie", "--title", "The Night Guest", "--year", "1922", id])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output == "pin 1: 'The Night Guest (1922)' is Nosferatu (1922), \(film)\n", "\(outcome)")
    let pin = try #require(try pins().first)
    #expect(pin["key"] as? String == film)
    #expect(pin["title"] as? String == "The Night Guest (1922)" && pin["year"] as? Int == 1922)
    #expect(pin["provider"] as? String == "movie" && pin["number"] as? Int == 1)
    #expect((pin["pinnedAt"] as? String)?.hasSuffix("Z") == true)
  }

  @Test(arguments: [
    ("Night Guest/film.mkv", "Night Guest/film.mkv"), ("/Night Guest/", "Night Guest"),
    ("Night Guest\\film.mkv", "Night Guest/film.mkv"), ("/media/films/Night Guest", "Night Guest"),
    ("/media/films2/Night Guest", "media/films2/Night Guest"),
  ])
  func aPathIsKeptAsTheMediaServerWritesIt(_ path: String, _ kept: String) throws {
    #expect(try usher.run(["pin", "movie", "--file", path, film]).status == 0)
    #expect(try pins().first?["file"] as? String == kept)
    let table = try usher.run(["pins"]).output
    #expect(table.hasPrefix("NUMBER") && table.contains(path), "\(table)")
  }

  @Test func aPinCanBeChangedAndTakenAway() throws {
    #expect(try usher.run(["pin", "movie", "--file", "A", film]).status == 0)
    #expect(try usher.run(["pin", "movie", "--file", "A", "imdb://tt0017136"]).status == 0)
    let kept = try pins()
    #expect(kept.count == 1)
    #expect(kept.first?["key"] as? String == "local-movie-imdb-tt0017136")
    let gone = try usher.run(["unpin", "1"])
    #expect(gone.status == 0 && gone.output.contains("'A'"), "\(gone)")
    #expect(try pins().isEmpty)
    let again = try usher.run(["unpin", "1"])
    #expect(again.status == 1 && again.errors.contains("there is no pin 1"), "\(again)")
  }

  @Test(arguments: [
    (["pin"], 2, "takes a provider"), (["pin", "movie", film], 2, "either '--file PATH' or '--title T'"),
    (["pin", "movie", "--file", "A", "--title", "B", film], 2, "either"),
    (["pin", "movie", "--file", "A", "--year", "1922", film], 2, "'--year' goes with '--title'"),
    (["pin", "movie", "--file", "/", film], 2, "names no file"),
    (["pin", "movie", "--file", "/media/films", film], 2, "names no file"),
    (["pin", "movie", "--title", " ", film], 2, "is empty"),
    (["pin", "movie", "--title", "A", "--year", "x", film], 2, "whole number"),
    (["pin", "movie", "--title", "A", "Nosferatu"], 2, "imdb://tt0013442"),
    (["pin", "films", "--title", "A", film], 1, "there is no provider 'films'"),
    (["pin", "movie", "--title", "A", "local-movie-imdb-tt9999999"], 1, "usher: "),
    (["pin", "movie", "--title", "A", "imdb://tt9999999"], 1, "knows imdb://tt9999999"),
    (["pin", "tv", "--title", "A", film], 1, "is a movie; the items of 'tv' are shows"),
    (["unpin"], 2, "takes the number"), (["unpin", "x"], 2, "takes the number"), (["unpin", "7"], 1, "no pin 7"),
    (["pins", "movie"], 2, "takes no 'movie'"), (["unmatched", "a", "b"], 2, "one provider"),
    (["unmatched", "films"], 1, "there is no provider 'films'"),
  ])
  func whatIsWrongIsSaidAndPinsNothing(_ line: [String], _ status: Int, _ sentence: String) throws {
    let outcome = try usher.run(line)
    #expect(Int(outcome.status) == status, "\(outcome)")
    #expect(outcome.errors.contains(sentence), "\(outcome)")
    #expect(try pins().isEmpty)
  }

  @Test func pinsOutliveTheCache() throws {
    #expect(try usher.run(["pin", "movie", "--file", "A", film]).status == 0)
    #expect(try usher.run(["cache", "clear"]).status == 0)
    #expect(try pins().count == 1)
  }

  @Test func nothingAskedNothingMissing() throws {
    let table = try usher.run(["unmatched"])
    #expect(table.status == 0 && table.output.hasPrefix("ASKED"), "\(table)")
    let list = try usher.run(["unmatched", "movie", "--json"])
    #expect(list.status == 0, "\(list)")
    #expect(try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String] == [])
  }

  @Test func aRunningHostHearsOfPins() throws {
    let running = try usher.serve()
    let client = try running.client()
    for number in 1...2 {
      #expect(try usher.run(["pin", "movie", "--file", "A\(number)", film]).status == 0)
      let deadline = Date().addingTimeInterval(20)
      while running.logText.components(separatedBy: "the pins have changed").count <= number, Date() < deadline {
        _ = try client.send("GET", "/health/live")
        Thread.sleep(forTimeInterval: 0.05)
      }
      #expect(running.logText.components(separatedBy: "the pins have changed").count == number + 1)
    }
    #expect(running.isRunning)
    #expect(try client.send("GET", "/movie").status == 200)
    #expect(try pins().count == 2)
    #expect(running.stop() == 0)
  }
}
