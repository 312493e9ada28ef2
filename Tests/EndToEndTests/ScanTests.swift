import Foundation
import TestSupport
import Testing

/// A Plex that scans, the built program with its built plugins, and a TVmaze over real HTTP.
@Suite(.serialized) @OwnThread struct ScanTests {
  /// A show of the fake catalogue with specials, three seasons, and more than 20 episodes in one of them.
  private static let show = (title: "Harbor Lights", year: 2014, seasons: [0, 1, 2, 3], episodes: 46)

  private let service: FakeTVmaze
  private let server: LoopbackServer
  private let usher: UsherProgram

  init() throws {
    let service = FakeTVmaze()
    self.service = service
    server = try LoopbackServer { service.reply(to: $0) }
    usher = try UsherProgram(configuration: Configurations.tvmaze(at: server.url))
  }

  private func plex(_ running: RunningUsher) throws -> ScriptedPlex {
    try ScriptedPlex(port: running.port, root: "/tv", identifier: Configurations.tvIdentifier)
  }

  @Test func aScanMatchesAShowItsSeasonsAndItsEpisodes() throws {
    let running = try usher.serve()
    defer { server.stop() }
    let show = Self.show
    let scan = try plex(running).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    #expect(scan.problems == [])
    #expect(Set(scan.seasonGuids.keys) == Set(show.seasons))
    #expect(scan.episodeGuids.count == show.episodes)
    #expect(running.stop() == 0)
  }

  @Test func theSecondScanGivesTheSameGuidsAndAsksNobody() throws {
    let running = try usher.serve()
    defer { server.stop() }
    let show = Self.show
    let first = try plex(running).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    let asked = server.requests.count
    #expect(asked <= 5, "\(server.requests.map { $0.path + "?" + $0.query })")
    let second = try plex(running).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    #expect(first == second)
    #expect(server.requests.count == asked)
    running.stop()
  }

  @Test func aRestartWithAFullCacheAsksNobody() throws {
    let show = Self.show
    let before = try usher.serve()
    let first = try plex(before).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    #expect(before.stop() == 0)
    server.forgetRequests()
    let after = try usher.serve()
    defer { server.stop() }
    let second = try plex(after).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    #expect(first == second)
    #expect(server.requests.count == 0, "\(server.requests.map(\.path))")
    after.stop()
  }

  @Test func aRestartWithoutTheServiceStillServesWhatWasSeen() throws {
    let show = Self.show
    let before = try usher.serve()
    let first = try plex(before).scanShow(title: show.title, year: show.year, seasons: show.seasons)
    before.stop()
    server.stop()
    let after = try usher.serve()
    #expect(try plex(after).scanShow(title: show.title, year: show.year, seasons: show.seasons) == first)
    after.stop()
  }

  @Test func twentyClientsAtOnceForANewKeyCostOneSetOfCalls() throws {
    let running = try usher.serve()
    defer { server.stop() }
    let show = Self.show
    let hints = #"{"type":2,"title":"\#(show.title)","year":\#(show.year),"includeChildren":1}"#
    let answers = Parallel.map(0..<20) { _ in
      try? LoopbackClient(port: running.port).send(
        "POST", "/tv/library/metadata/matches", headers: ["Content-Type": "application/json"], body: Array(hints.utf8))
    }
    let bodies = Set(answers.compactMap { $0?.text })
    #expect(bodies.count == 1)
    #expect(answers.allSatisfy { $0?.status == 200 })
    let calls = Dictionary(grouping: server.requests) { $0.path + "?" + $0.query }.mapValues(\.count)
    #expect(calls.values.allSatisfy { $0 == 1 }, "\(calls)")
    running.stop()
  }

  @Test func anOutageIsNeverNoMatch() throws {
    service.outage = .page(status: 500)
    let running = try usher.serve()
    defer { server.stop() }
    let client = try running.client()
    let hints = #"{"type":2,"title":"Some Unseen Show","year":2001}"#
    let answer = try client.send("POST", "/tv/library/metadata/matches", body: Array(hints.utf8))
    #expect((500...599).contains(answer.status), "\(answer.text)")
    let item = try client.send("GET", "/tv/library/metadata/tvmaze-show-1")
    #expect((500...599).contains(item.status), "\(item.text)")
    #expect((item.object["error"] as? [String: Any])?["message"] is String)
    running.stop()
  }

  @Test func theDemoLibraryAnswersWithNoNetworkAtAll() throws {
    server.stop()
    let offline = try UsherProgram(configuration: Configurations.demo)
    let running = try offline.serve()
    let movies = try ScriptedPlex(
      port: running.port, root: "/movie", identifier: Configurations.movieIdentifier)
    let film = try movies.scanMovie(title: "Nosferatu", year: 1922)
    #expect(film.problems == [])
    #expect(film.showGuid.hasSuffix("local-movie-imdb-tt0013442"))
    let series = try plex(running).scanShow(title: "Les Vampires", year: 1915, seasons: [1])
    #expect(series.problems == [])
    #expect(series.episodeGuids.count == 10)
    running.stop()
  }
}

/// Runs blocking work on threads of its own, all at the same time.
enum Parallel {
  static func map<Result: Sendable>(_ range: Range<Int>, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
    let group = DispatchGroup()
    let results = Box<Result>(count: range.count)
    for index in range {
      group.enter()
      Foundation.Thread.detachNewThread {
        results.set(body(index), at: index - range.lowerBound)
        group.leave()
      }
    }
    group.wait()
    return results.all
  }

  private final class Box<Result: Sendable>: @unchecked Sendable {
    // Sendable is right because `lock` is held for every use of `values`.
    private let lock = NSLock()
    private var values: [Result?]

    init(count: Int) { values = Array(repeating: nil, count: count) }

    func set(_ value: Result, at index: Int) {
      lock.lock()
      values[index] = value
      lock.unlock()
    }

    var all: [Result] {
      lock.lock()
      defer { lock.unlock() }
      return values.compactMap { $0 }
    }
  }
}
