import Foundation
import TestSupport
import Testing

/// Matches that only the file's name can answer, asked by Plex over real HTTP of the built program and a TVmaze.
@Suite(.serialized) @OwnThread struct NameHintTests {
  private let server: LoopbackServer
  private let running: RunningUsher

  init() throws {
    let service = FakeTVmaze()
    server = try LoopbackServer { service.reply(to: $0) }
    running = try UsherProgram(configuration: Configurations.tvmaze(at: server.url)).serve()
  }

  /// Titles and numbers of the answer: "Harbor Lights 2014", "2x3".
  private func match(_ hints: [String: Any], at root: String = "/tv") throws -> [String] {
    let answer = try running.client().send(
      "POST", root + "/library/metadata/matches", headers: ["Content-Type": "application/json"],
      body: [UInt8](try JSONSerialization.data(withJSONObject: hints)))
    #expect(answer.status == 200, "\(answer.text)")
    let container = answer.object["MediaContainer"] as? [String: Any] ?? [:]
    return (container["Metadata"] as? [[String: Any]] ?? []).map { item in
      if let episode = item["index"] as? Int, let season = item["parentIndex"] as? Int { return "\(season)x\(episode)" }
      return "\(item["title"] ?? "") \(item["year"] ?? "")"
    }
  }

  @Test func aFileNameAloneFindsShowSeasonAndEpisode() throws {
    let file = "Harbor.Lights.2014.S02E03.The.Ferry.1080p.WEB-DL.x264-GRP.mkv"
    #expect(try match(["type": 2, "filename": file]) == ["Harbor Lights 2014"])
    #expect(try match(["type": 4, "filename": file]) == ["2x3"])
    #expect(try match(["type": 4, "filename": "Harbor Lights (2014)/Season 3/02 - Fog.mkv"]) == ["3x2"])
    running.stop()
    server.stop()
  }

  @Test func anIDInTheNameWinsOverAWrongTitle() throws {
    let file = "Wrong {tvdb-990082}/Season 01/Wrong - s01e02.mkv"
    #expect(try match(["type": 2, "title": "Morning Table", "filename": file]) == ["Harbor Lights 2014"])
    #expect(try match(["type": 4, "grandparentTitle": "Morning Table", "filename": file]) == ["1x2"])
    let film = "Something {imdb-tt0013442}.mkv"
    #expect(try match(["type": 1, "title": "The Wrong Film", "filename": film], at: "/movie") == ["Nosferatu 1922"])
    running.stop()
    server.stop()
  }

  @Test func aNameThatNobodyKnowsMakesNoMatch() throws {
    #expect(try match(["type": 2, "filename": "Unheard.Of.S01E01.mkv"]) == [])
    #expect(try match(["type": 4, "filename": "Harbor Lights S09E99.mkv"]) == [])
    #expect(try match(["type": 1, "filename": "xyzzy.mkv"], at: "/movie") == [])
    running.stop()
    server.stop()
  }
}
