import Foundation
import PlexCommands
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

/// The commands as the host runs them, against the fakes.
@Suite struct PlexCommandTests {
  private final class Desk {
    let server: FakePlexServer
    let plexTV: FakePlexTV
    let folder: ScratchFolder

    init() throws {
      server = try FakePlexServer()
      server.addMovies(12)
      server.addShows(2, episodes: 4)
      plexTV = try FakePlexTV()
      plexTV.add(server)
      plexTV.add(.init(id: 2, username: "friend", email: "friend@example.org"))
      folder = try ScratchFolder()
    }

    deinit {
      server.stop()
      plexTV.stop()
    }

    func run(_ name: String, _ arguments: [String: CommandValue] = [:], isJSON: Bool = false) async throws -> CommandRun
    {
      let run = try await CommandRun(
        PlexCommands.self, name, arguments, host: .onTheWire(folder, plexTV: plexTV.url), isJSON: isJSON)
      // Whatever a command says, it never says a token.
      let said = "\(run.events) \(run.error?.text ?? "")"
      for token in [server.ownerToken, plexTV.token] { #expect(!said.contains(token), "'\(name)' shows a token") }
      return run
    }

    func connect() async throws {
      let run = try await run("connect", ["url": .text(server.url), "token": .text(server.ownerToken)])
      #expect(run.error == nil)
    }

    func signIn() async throws {
      plexTV.grantEveryPin()
      let run = try await run("connect")
      #expect(run.error == nil && run.notes.contains { $0.contains("plex.tv/link") && $0.contains("AB12") })
      #expect(run.rows.map { $0["name"] } == ["Fake"])
    }
  }

  @Test func signingInKeepsTheServersOfTheAccount() async throws {
    let desk = try Desk()
    try await desk.signIn()
    let servers = try await desk.run("servers")
    #expect(servers.rows.first?["address"] == .text(desk.server.url) && servers.rows.first?["way"] == "local")
    let test = try await desk.run("test")
    #expect(test.error == nil && test.rows.first?["owner"] == "yes" && test.rows.first?["libraries"] == 2)
  }

  @Test func aServerIsConnectedByItsAddress() async throws {
    let desk = try Desk()
    let wrong = try await desk.run("connect", ["url": .text(desk.server.url), "token": "wrong"])
    #expect(wrong.error?.kind == .unauthorized)
    #expect(try await desk.run("servers").rows.isEmpty)
    let missing = try await desk.run("connect", ["url": .text(desk.server.url)])
    #expect(missing.error?.kind == .badRequest)
    try await desk.connect()
    #expect(try await desk.run("servers").rows.map { $0["owned"] } == [true])
    let rights = try FileManager.default.attributesOfItem(atPath: desk.folder.path + "/servers.json")
    #expect(rights[.posixPermissions] as? Int == 0o600)
  }

  @Test func librariesAreListedSyncedAndFound() async throws {
    let desk = try Desk()
    try await desk.connect()
    let libraries = try await desk.run("libraries")
    #expect(libraries.rows.map { $0["title"] } == ["Movies", "TV Shows"] && libraries.rows[0]["items"] == 12)
    let sync = try await desk.run("sync")
    #expect(sync.error == nil && sync.rows.map { $0["added"] } == [12, 12])
    #expect(Set(sync.progress.map(\.id)) == ["libraries", "items"])
    let found = try await desk.run("find", ["title": "show 1"])
    #expect(found.rows.map { $0["key"] } == [1000])
    #expect(try await desk.run("find", ["title": "nothing like it"]).error?.kind == .notFound)
    #expect(try await desk.run("find", ["title": "film", "year": 1951]).rows.map { $0["title"] } == ["Film 2"])
    let show = try await desk.run("show", ["item": "1002"])
    #expect(show.texts.first == "Show 1 · S01E01 · Episode 1 of Show 1")
    let json = try await desk.run("show", ["item": "1002"], isJSON: true)
    #expect(json.values.count == 1)
    let ids = try await desk.run("ids", ["item": "1002"])
    #expect(ids.rows.map { $0["source"] } == ["", "imdb", "tmdb", "tvdb"])
    #expect(try await desk.run("stats").rows.map { $0["episodes"] } == [0, 8])
  }

  @Test func aFailedSyncEndsWithAnError() async throws {
    let desk = try Desk()
    try await desk.connect()
    desk.server.misbehave { $0.failure = .init(path: "/1/all", offset: 0, status: 500) }
    let run = try await desk.run("sync")
    #expect(run.error != nil && run.rows.map { $0["result"] } == ["failed", "done"])
    #expect(run.warnings.contains { $0.contains("'Movies' of 'Fake'") })
  }

  @Test func aDisabledLibraryIsNotSynced() async throws {
    let desk = try Desk()
    try await desk.connect()
    #expect(try await desk.run("libraries disable", ["library": "movies"]).error == nil)
    #expect(try await desk.run("sync").rows.map { $0["library"] } == ["TV Shows"])
    #expect(try await desk.run("libraries enable", ["library": "1"]).error == nil)
    #expect(try await desk.run("sync").rows.map { $0["library"] } == ["Movies", "TV Shows"])
  }

  @Test func pathsAreMappedAndTested() async throws {
    let desk = try Desk()
    try await desk.connect()
    _ = try await desk.run("sync")
    #expect(try await desk.run("paths test").error != nil)
    let local = desk.folder.path + "/tv"
    let added = try await desk.run("paths add", ["from": "/media/tv", "to": .text(local)])
    #expect(added.error == nil && added.warnings == ["\(local) does not exist"])
    let season = local + "/Show 1 (1991)/Season 01"
    try FileManager.default.createDirectory(atPath: season, withIntermediateDirectories: true)
    for number in 1...4 {
      try Data().write(to: URL(fileURLWithPath: season + "/Show 1 - s01e\(number).mkv"))
    }
    let test = try await desk.run("paths test")
    #expect(test.rows.map { $0["result"] } == ["not mapped, and not on this machine", "4 of 8 files found"])
    let one = try await desk.run("paths test", ["path": "/media/tv/Show 1 (1991)/Season 01/Show 1 - s01e2.mkv"])
    #expect(one.error == nil && one.rows.first?["result"] == "found")
    #expect(try await desk.run("paths").rows.map { $0["from"] } == ["/media/tv"])
    #expect(try await desk.run("paths remove", ["from": "/media/tv"]).error == nil)
    #expect(try await desk.run("paths remove", ["from": "/media/tv"]).error?.kind == .notFound)
  }

  @Test func itemsAreRefreshedMatchedAndListedWithoutAMatch() async throws {
    let desk = try Desk()
    try await desk.connect()
    desk.server.change([3]) { $0.guid = "local://3" }
    _ = try await desk.run("sync")
    #expect(try await desk.run("unmatched").rows.map { $0["key"] } == [3])
    #expect(try await desk.run("refresh", ["items": ["3", "4"]]).error == nil)
    #expect(desk.server.refreshedItems == [3, 4])
    #expect(try await desk.run("refresh", ["library": "Movies"]).error == nil)
    #expect(desk.server.scannedSections == [1])
    let match = try await desk.run("match", ["item": "3", "guid": "plex://movie/5d776830880197001ec90a45"])
    #expect(match.error == nil && desk.server.item(3)?.guid == "plex://movie/5d776830880197001ec90a45")
    #expect(try await desk.run("match", ["item": "3", "guid": "nonsense"]).error?.kind == .badRequest)
    #expect(!desk.server.requests.contains { $0.method == "DELETE" })
  }

  @Test func librariesAreSharedAndTakenBack() async throws {
    let desk = try Desk()
    try await desk.signIn()
    let invite = try await desk.run("invite", ["who": "friend", "libraries": "Movies, TV Shows", "allow": "sync"])
    #expect(invite.error == nil && invite.texts.first?.hasPrefix("friend is invited") == true)
    #expect(try await desk.run("invites").rows.map { $0["allowed"] } == [["sync"]])
    #expect(try await desk.run("invite", ["who": "friend", "libraries": "Movies"]).error != nil)
    #expect(
      try await desk.run("invites", ["history": true]).rows.map { $0["outcome"] } == ["alreadyInvited", "invited"])
    desk.plexTV.acceptInvitations()
    #expect(try await desk.run("friends").rows.map { $0["who"] } == ["friend"])
    #expect(try await desk.run("uninvite", ["who": "friend"]).error != nil)
    #expect(try await desk.run("uninvite", ["who": "friend", "yes": true]).error == nil)
    #expect(desk.plexTV.shares.isEmpty)
    #expect(try await desk.run("invite", ["who": "friend", "libraries": " , "]).error?.kind == .badRequest)
    #expect(try await desk.run("invite", ["who": "friend", "libraries": "Nothing"]).error?.kind == .notFound)
  }

  @Test func watchingSyncsWhatMoved() async throws {
    let desk = try Desk()
    try await desk.connect()
    let first = try await desk.run("watch", ["times": 1])
    #expect(first.texts.count == 2)
    desk.server.change([3]) { $0.updatedAt = 1_700_900_000 }
    #expect(try await desk.run("watch", ["times": 1]).texts == ["Movies: 0 added, 1 updated, 0 removed"])
  }

  @Test func severalServersMustBeToldApart() async throws {
    let desk = try Desk()
    try await desk.connect()
    let other = try FakePlexServer(name: "Other", machineIdentifier: "beef")
    defer { other.stop() }
    other.addMovies(1)
    _ = try await desk.run("connect", ["url": .text(other.url), "token": .text(other.ownerToken)])
    #expect(try await desk.run("sync").rows.map { $0["server"] } == ["Fake", "Fake", "Other"])
    let show = try await desk.run("show", ["item": "1"])
    #expect(show.error?.text.contains("--server") ?? false)
    #expect(try await desk.run("show", ["item": "1", "server": "other"]).error == nil)
    #expect(try await desk.run("refresh", ["items": ["1"]]).error != nil)
    #expect(try await desk.run("disconnect", ["server": "Other"]).error == nil)
    #expect(try await desk.run("show", ["item": "1"]).error == nil)
  }

  @Test func aServerThatMovedIsFoundAgain() async throws {
    let desk = try Desk()
    try await desk.signIn()
    let moved = try FakePlexServer(machineIdentifier: desk.server.machineIdentifier)
    defer { moved.stop() }
    moved.addMovies(2)
    desk.server.stop()
    desk.plexTV.forgetServers()
    desk.plexTV.add(moved)
    let run = try await desk.run("sync", ["library": "Movies"])
    #expect(run.error == nil && run.rows.map { $0["added"] } == [2] && run.notes.contains { $0.contains(moved.url) })
    #expect(try await desk.run("servers").rows.map { $0["address"] } == [.text(moved.url)])
  }

  @Test func withoutAServerEveryCommandSaysHowToBegin() async throws {
    let desk = try Desk()
    for name in ["sync", "test", "libraries", "watch", "friends"] {
      let run = try await desk.run(name)
      #expect(run.error?.text.contains("usher plex connect") ?? false, "\(name)")
    }
  }
}
