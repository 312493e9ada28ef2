import Foundation
import TestSupport
import Testing

/// The built program as a user sets a media server up with it: the fake server then scans through Usher.
@Suite(.serialized) @OwnThread struct PlexSetupTests {
  private let service: FakeTVmaze
  private let source: LoopbackServer
  private let plex: FakePlexServer
  private let usher: UsherProgram

  init() throws {
    let service = FakeTVmaze()
    self.service = service
    source = try LoopbackServer { service.reply(to: $0) }
    usher = try UsherProgram(configuration: Configurations.tvmaze(at: source.url))
    plex = try FakePlexServer()
    plex.addSection(.show, "TV Shows", roots: ["/media/tv"])
    Self.fill(plex)
  }

  /// A show that lies on the server's disk and has no match yet.
  private static func fill(_ plex: FakePlexServer) {
    var show = FakePlexItem(key: 10, kind: .show, title: "Harbor Lights", guid: "local://10")
    show.year = 2014
    plex.add(show, to: 1)
    for (season, episodes) in [(1, 3), (2, 2)] {
      var item = FakePlexItem(
        key: 10 + season, kind: .season, title: "Season \(season)", guid: "local://\(10 + season)")
      (item.parent, item.index) = (10, season)
      plex.add(item, to: 1)
      for number in 1...episodes {
        let key = 100 * season + number
        var item = FakePlexItem(key: key, kind: .episode, title: "Episode \(number)", guid: "local://\(key)")
        (item.parent, item.grandparent, item.index) = (10 + season, 10, number)
        let file = "/media/tv/Harbor Lights (2014)/Season 0\(season)/Harbor Lights - s0\(season)e0\(number).mkv"
        item.media = [.init(id: key, parts: [.init(id: key, file: file, size: 1_000_000)])]
        plex.add(item, to: 1)
      }
    }
  }

  private func run(_ arguments: String...) throws -> UsherProgram.Outcome {
    let outcome = try usher.run(["plex"] + arguments)
    #expect(!outcome.output.contains(plex.ownerToken) && !outcome.errors.contains(plex.ownerToken))
    return outcome
  }

  @Test func setUpThenScanMatchesTheLibraryThroughUsher() throws {
    defer {
      source.stop()
      plex.stop()
    }
    #expect(try run("connect", "--url", plex.url, "--token", plex.ownerToken).status == 0)
    let running = try usher.serve()
    let address = "http://127.0.0.1:\(running.port)"
    let setup = try run("setup", "tv", "--library", "TV Shows", "--url", address)
    #expect(setup.status == 0, "\(setup.errors)")
    #expect(setup.output.contains("registered the provider \(address)/tv"))
    let scan = try plex.scan(1)
    #expect(scan.matched == 1 && scan.problems == [])
    #expect(plex.item(10)?.guid.hasPrefix("\(Configurations.tvIdentifier)://show/") == true)
    #expect(plex.item(201)?.guid.hasPrefix("\(Configurations.tvIdentifier)://episode/") == true)
    let again = try run("setup", "tv", "--library", "TV Shows", "--url", address)
    #expect(again.status == 0 && again.output.contains("everything was set up already"))
    let sync = try run("sync", "--json")
    #expect(sync.status == 0, "\(sync.errors)")
    let rows = try JSONSerialization.jsonObject(with: Data(sync.output.utf8)) as? [[String: Any]]
    #expect(rows?.first?["added"] as? Int == 8)
    let ids = try run("ids", "10", "--json")
    #expect(ids.output.contains("\"custom\""))
    let undo = try run("setup", "tv", "--undo")
    #expect(undo.status == 0, "\(undo.errors)")
    #expect(plex.sections.first?.agent == "tv.plex.agents.series" && plex.providers.isEmpty && plex.groups.isEmpty)
    running.stop()
  }

  @Test func whatIsWrongIsSaidWithAStatus() throws {
    defer {
      source.stop()
      plex.stop()
    }
    let none = try run("sync")
    #expect(none.status == 1 && none.errors.contains("usher plex connect"))
    #expect(try run("connect", "--url", plex.url, "--token", "wrong").status == 1)
    #expect(try run("connect", "--url", plex.url, "--token", plex.ownerToken).status == 0)
    let setup = try run("setup", "tv", "--library", "TV Shows", "--url", "http://127.0.0.1:9")
    #expect(setup.status == 1 && setup.errors.contains("usher serve"))
    #expect(try run("setup", "nothing", "--library", "TV Shows").status == 1)
    #expect(try run("match", "x", "plex://movie/1").status == 2)
    #expect(try run("sync", "--help").output.contains("--full"))
    let book = usher.folder.appendingPathComponent("data/plex/servers.json").path
    #expect(try FileManager.default.attributesOfItem(atPath: book)[.posixPermissions] as? Int == 0o600)
  }
}
