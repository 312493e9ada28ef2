import Foundation
import TestSupport
import Testing

/// Starting and stopping the built program, with everything that can be wrong.
@Suite(.serialized) @OwnThread struct StartTests {
  /// Each broken in its own way, with what the message must say.
  nonisolated static let broken: [(configuration: String, says: [String])] = [
    ("", ["plugins.json:1:1"]),
    ("{ \"listen\": ", ["plugins.json:1:"]),
    ("[]", ["plugins.json:1:1", "object"]),
    ("{\n  \"lisen\": \"127.0.0.1:8000\"\n}", ["plugins.json:2:3", "lisen", "listen"]),
    ("{ \"listen\": 8000 }", ["plugins.json:1:", "listen"]),
    ("{ \"listen\": \"here\" }", ["plugins.json:1:", "HOST:PORT"]),
    ("{ \"log\": { \"level\": \"loud\" } }", ["plugins.json:1:", "loud"]),
    ("{ \"plugins\": { \"Bad Id\": {} } }", ["plugins.json:1:", "Bad Id"]),
    (
      """
      { "plugins": { "plex": {} }, "providers": { "tv": { "server": "plex", "path": "/tv", "kind": "show",
        "title": "T", "identifier": "tv.plex.agents.custom.x", "sources": ["tvmaz"] } } }
      """, ["plugins.json:2:", "tvmaz"]
    ),
    (
      """
      { "plugins": { "plex": {} }, "providers": { "tv": { "server": "plex", "path": "tv", "kind": "show",
        "title": "T", "identifier": "wrong", "sources": [] } } }
      """, ["plugins.json:1:", "path", "plugins.json:2:", "identifier"]
    ),
    ("{ \"cache\": { \"memoryBytes\": \"much\" } }", ["plugins.json:1:", "memoryBytes"]),
  ]

  @Test(arguments: broken.indices)
  func aBrokenConfigurationIsRefusedWithItsPlace(index: Int) throws {
    let usher = try UsherProgram(configuration: Self.broken[index].configuration)
    for command in [["serve"], ["config", "check"]] {
      let outcome = try usher.run(command)
      #expect(outcome.status == 2, "\(outcome)")
      for part in Self.broken[index].says { #expect(outcome.errors.contains(part), "\(part) in \(outcome.errors)") }
    }
  }

  @Test func aMissingConfigurationIsASentence() throws {
    let usher = try UsherProgram(configuration: "{}")
    let outcome = try usher.run(["serve", "--config", "nowhere.json"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("nowhere.json"))
  }

  @Test func anUnknownSettingOfAPluginIsNamedByConfigCheck() throws {
    let usher = try UsherProgram(
      configuration: "{\n \"plugins\": { \"local\": { \"settings\": { \"folder\": [\"x\"] } } } }")
    let outcome = try usher.run(["config", "check"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("plugins.json:2:"), "\(outcome)")
    #expect(outcome.errors.contains("folders"), "\(outcome)")
  }

  @Test func theConfigurationThatShipsIsRight() throws {
    let usher = try UsherProgram(configuration: "{}")
    let shipped = UsherProgram.repository.appendingPathComponent("plugins.json").path
    let outcome = try usher.run(["config", "check", "--config", shipped])
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func sigtermEndsItWithZero() throws {
    let usher = try UsherProgram(configuration: Configurations.demo)
    let running = try usher.serve()
    let answer = try running.client().send("GET", "/health/live")
    #expect(answer.status == 200)
    #expect(running.stop() == 0)
  }

  @Test func aTakenPortIsOneSentenceAndOne() throws {
    let usher = try UsherProgram(configuration: Configurations.demo)
    let running = try usher.serve()
    defer { running.stop() }
    let other = try UsherProgram(configuration: Configurations.demo)
    let outcome = try other.run(["serve", "--listen", "127.0.0.1:\(running.port)"])
    #expect(outcome.status == 1, "\(outcome)")
    let sentence = outcome.errors.split(separator: "\n").last { $0.hasPrefix("usher: ") } ?? ""
    #expect(sentence.contains("\(running.port)"), "\(outcome)")
  }

  @Test func aDataFolderThatCannotBeIsOneSentenceAndOne() throws {
    let usher = try UsherProgram(configuration: Configurations.demo)
    try usher.write("a file", to: "blocked")
    let outcome = try usher.run(["serve", "--data", "blocked/data"])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.errors.contains("blocked cannot be used"), "\(outcome)")
  }

  @Test func onePluginsTroubleStopsNobodyElse() throws {
    let broken = Configurations.demo.replacingOccurrences(
      of: #""plex":{"enabled":true}"#,
      with: #""plex":{"enabled":true},"mine":{"enabled":true,"library":"libMine.so"}"#)
    let usher = try UsherProgram(configuration: broken)
    try usher.write("this is no library", to: "libMine.so")
    let outcome = try usher.run(["plugins"])
    #expect(outcome.output.contains("failed"), "\(outcome)")
    #expect(outcome.output.contains("libMine.so"), "\(outcome)")
    let running = try usher.serve()
    defer { running.stop() }
    #expect(try running.client().send("GET", "/movie").status == 200)
  }
}
