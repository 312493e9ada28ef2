import Foundation
import TestSupport
import Testing

/// What it costs each service to match and fill a show of 8 seasons with 160 episodes, and a film.
///
/// The file that `USHER_SOURCE_COSTS` names gets a row of a table per source; `Scripts/bench sources` shows them.
@Suite(.serialized) @OwnThread struct SourceCostTests {
  struct Service: Sendable, CustomTestStringConvertible {
    var title: String
    var id: String
    var path = ""
    var settings: [String: String] = [:]
    var show: (title: String, year: Int?, firstSeason: Int)?
    var film: (title: String, year: Int)?
    /// How many calls a show and a film may cost.
    var calls: (show: Int, film: Int)
    var reply: @Sendable (LoopbackRequest) -> LoopbackReply
    var testDescription: String { title }
  }

  nonisolated static let services: [Service] = {
    let (tmdb, tvdb, legacy, tpdb, omdb, tvmaze) = (
      FakeTMDB(), FakeTVDB(), FakeTVDB(), FakeTPDB(), FakeOMDb(), FakeTVmaze()
    )
    return [
      Service(
        title: "TMDB", id: "tmdb", path: "/3", settings: ["apiKey": FakeTMDB.key], show: ("Eight Bells", 1995, 1),
        film: ("The Glass Orchard", 2011), calls: (2, 2)
      ) { tmdb.reply(to: $0) },
      Service(
        title: "TheTVDB v4", id: "tvdb", path: "/v4", settings: ["apiKey": FakeTVDB.key],
        show: ("Harbor Lights", 2014, 1),
        film: ("The Long Ferry", 2009), calls: (5, 3)
      ) { tvdb.reply(to: $0) },
      Service(
        title: "TheTVDB v3", id: "tvdb", settings: ["apiKey": FakeTVDB.legacyKey, "apiVersion": "v3"],
        show: ("Harbor Lights", 2014, 1), calls: (10, 0)
      ) { legacy.reply(to: $0) },
      Service(
        title: "TPDB", id: "tpdb", settings: ["apiKey": FakeTPDB.key], show: ("Slow Tide", nil, 2010),
        film: ("The Glass Orchard", 2019), calls: (12, 2)
      ) { tpdb.reply(to: $0) },
      Service(
        title: "OMDb", id: "omdb", settings: ["apiKey": FakeOMDb.key], show: ("Harbor Lights", 2014, 1),
        film: ("The Paper Harbor", 1923), calls: (10, 2)
      ) { omdb.reply(to: $0) },
      Service(title: "TVmaze", id: "tvmaze", show: ("Eight Bells", 1995, 1), calls: (4, 0)) { tvmaze.reply(to: $0) },
    ]
  }()

  @Test(arguments: services) func theServiceIsAskedNoMoreThanNeeded(service: Service) throws {
    var cells = ["\(service.title)"]
    if let show = service.show {
      let seasons = Array(show.firstSeason..<show.firstSeason + 8)
      let cost = try cost(of: service, "/tv") {
        try $0.scanShow(title: show.title, year: show.year, seasons: seasons)
      }
      #expect(cost.scan.episodes == Dictionary(uniqueKeysWithValues: seasons.map { ($0, 20) }))
      #expect(cost.calls.count == service.calls.show, "\(cost.calls)")
      cells += ["\(cost.calls.count)", Self.kilobytes(cost.bytes)]
    } else {
      cells += ["", ""]
    }
    if let film = service.film {
      let cost = try cost(of: service, "/movie") { try $0.scanMovie(title: film.title, year: film.year) }
      #expect(cost.calls.count == service.calls.film, "\(cost.calls)")
      cells += ["\(cost.calls.count)", Self.kilobytes(cost.bytes)]
    } else {
      cells += ["", ""]
    }
    try Self.report(cells)
  }

  private func cost(
    of service: Service, _ root: String, _ scan: (ScriptedPlex) throws -> ScriptedPlex.Scan
  ) throws -> (scan: ScriptedPlex.Scan, calls: [SourceStage.Call], bytes: Int) {
    let stage = try SourceStage(
      service.id, path: service.path, settings: service.settings, adult: service.id == "tpdb", secrets: { [] },
      service.reply)
    let running = try stage.usher.serve()
    let seen = try scan(stage.plex(running, root))
    #expect(seen.problems == [])
    #expect(running.stop() == 0)
    return (seen, stage.server.requests.map(SourceStage.Call.init), stage.server.sentBytes)
  }

  private static func kilobytes(_ bytes: Int) -> String { String(format: "%.1f kB", Double(bytes) / 1000) }

  private static func report(_ cells: [String]) throws {
    guard let path = ProcessInfo.processInfo.environment["USHER_SOURCE_COSTS"] else { return }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data("| \(cells.joined(separator: " | ")) |\n".utf8))
  }
}
