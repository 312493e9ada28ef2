import Foundation
import PlexCommands
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@testable import PlexCatalogue
@testable import PlexCommands
@testable import PlexServers

/// What a server tells by itself, from bytes to syncs.
@Suite struct WatchTests {
  @Test(arguments: [1, 2, 7, 4096])
  func eventsAreTakenOutOfPiecesOfAnySize(size: Int) {
    let text =
      ": hello\r\n\r\nevent: timeline\ndata: {\"a\":1}\n\nevent:playing\r\ndata: x\r\ndata:y\r\n\r\n"
      + "id: 7\n\ndata\n\n"
    var reader = EventStreamReader()
    var events: [StreamEvent] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      events += reader.take(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(events.map(\.name) == ["timeline", "playing", "message"])
    #expect(events.map { String(decoding: $0.data, as: UTF8.self) } == ["{\"a\":1}", "x\ny", ""])
  }

  @Test func anEventWithoutAnEndTakesNoMemory() {
    var reader = EventStreamReader()
    let block = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 18)
    for _ in 0..<8 { #expect(reader.take(block).isEmpty) }
    #expect(reader.take(Array("\n\nevent: ok\ndata: 1\n\n".utf8)).map(\.name) == ["ok"])
  }

  private static func entry(_ members: String) -> String { #"{"TimelineEntry":[{\#(members)}]}"# }

  private static func activity(_ event: String, _ type: String, _ context: String) -> String {
    #"{"ActivityNotification":{"event":"\#(event)","Activity":{"type":"\#(type)","Context":{\#(context)}}}}"#
  }

  @Test(arguments: [
    (entry(#""identifier":"com.plexapp.plugins.library","sectionID":"2","state":5"#), ["2"]),
    (entry(#""identifier":"com.plexapp.plugins.library","sectionID":"2","state":1"#), []),
    (entry(#""identifier":"tv.plex.other","sectionID":"2","state":5"#), []),
    (entry(#""sectionID":"-1","state":5},{"state":5"#), []), (entry(#""sectionID":3,"state":"9""#), ["3"]),
    (#"{"TimelineEntry":{"sectionID":3,"state":"9"}}"#, ["3"]),
    (#"{"NotificationContainer":"# + entry(#""sectionID":1,"state":5},{"sectionID":2,"state":5"#) + "}", ["1", "2"]),
    (#"{"identifier":"com.plexapp.plugins.library","sectionID":4,"state":5}"#, ["4"]),
    (activity("ended", "library.update.section", #""librarySectionID":"6""#), ["6"]),
    (activity("started", "library.update.section", #""librarySectionID":"6""#), []),
    (activity("ended", "library.refresh.items", #""librarySectionID":"6","refreshed":false"#), []),
    (activity("ended", "library.refresh.items", #""librarySectionID":"6","refreshed":true"#), ["6"]),
    (#"{"PlaySessionStateNotification":{"state":"playing"}}"#, []), ("{", []), ("", []), ("[1,2]", []),
  ])
  func onlyChangesOfLibrariesCount(data: String, keys: [String]) {
    let event = StreamEvent(name: "timeline", data: Array(data.utf8))
    #expect(LibraryChange.libraries(in: event).sorted() == keys)
  }

  @Test func manyChangesAreOneSyncOnceTheServerIsQuiet() {
    var changed = ChangedLibraries(settle: 5000)
    changed.note(["1"], now: 0)
    changed.note(["1", "2"], now: 4000)
    #expect(changed.due(now: 6000) == [])
    #expect(changed.due(now: 9000) == ["1", "2"])
    #expect(changed.due(now: 99_000) == [])
    for second in 0...30 { changed.note(["3"], now: Int64(second) * 1000) }
    #expect(changed.due(now: 30_001) == ["3"])
  }

  /// A connected server, and a watch that runs beside the test.
  private final class Desk: Sendable {
    let server: FakePlexServer
    let folder: ScratchFolder

    init() async throws {
      server = try FakePlexServer()
      server.addMovies(3)
      server.addShows(1, episodes: 2)
      folder = try ScratchFolder()
      let connect = try await CommandRun(
        PlexCommands.self, "connect", ["url": .text(server.url), "token": .text(server.ownerToken)],
        host: .onTheWire(folder))
      #expect(connect.error == nil)
    }

    deinit { server.stop() }

    func watch(_ arguments: [String: CommandValue]) async throws -> CommandRun {
      try await CommandRun(PlexCommands.self, "watch", arguments, host: .onTheWire(folder))
    }

    func eventually(_ isTrue: () -> Bool) async -> Bool {
      for _ in 0..<750 {
        if isTrue() { return true }
        try? await Task.sleep(for: .milliseconds(20))
      }
      return false
    }

    /// Both libraries were walked to their ends.
    var isSynced: Bool {
      let libraries = (try? Catalogue(folder: folder.path).libraries()) ?? []
      return libraries.count == 2 && libraries.allSatisfy { $0.syncedAt != nil }
    }

    /// Lists of that library that were asked for.
    func asked(_ library: Int) -> Int {
      server.requests.filter { $0.path == "/library/sections/\(library)/all" }.count
    }
  }

  @Test func whatTheServerTellsOfIsSyncedAndNothingElse() async throws {
    let desk = try await Desk()
    let run = Task { try await desk.watch(["times": 2, "settle": 0]) }
    #expect(await desk.eventually { desk.isSynced && desk.server.listenerCount == 1 })
    desk.server.forgetRequests()
    desk.server.change([2]) { $0.updatedAt = 1_700_900_000 }
    desk.server.announce([2])
    let said = try await run.value
    #expect(said.error == nil && said.warnings == [])
    #expect(
      said.texts == [
        "Movies: 3 added, 0 updated, 0 removed", "TV Shows: 4 added, 0 updated, 0 removed",
        "Movies: 0 added, 1 updated, 0 removed",
      ])
    #expect(desk.asked(1) > 0 && desk.asked(2) == 0)
    let asked = try #require(desk.server.requests.first { $0.path.hasPrefix("/library/sections") })
    #expect(asked.headers["x-plex-token"] == desk.server.ownerToken)
  }

  @Test func theTokenIsNoPartOfTheStreamsAddress() async throws {
    let desk = try await Desk()
    _ = try await desk.watch(["times": 1])
    let stream = try #require(desk.server.requests.first { $0.path == "/:/eventsource/notifications" })
    #expect(stream.headers["accept"] == "text/event-stream" && !stream.query.contains("Token"))
    #expect(stream.headers["x-plex-token"] == desk.server.ownerToken)
  }

  @Test func aStreamThatEndsIsOpenedAgainAndEverythingLookedAt() async throws {
    let desk = try await Desk()
    let run = Task { try await desk.watch(["times": 2, "settle": 0]) }
    #expect(await desk.eventually { desk.isSynced && desk.server.listenerCount == 1 })
    desk.server.change([1002]) { $0.updatedAt = 1_700_900_000 }
    desk.server.endListening()
    let said = try await run.value
    #expect(said.error == nil)
    #expect(said.texts.last == "TV Shows: 0 added, 1 updated, 0 removed")
    #expect(desk.server.requests.filter { $0.path == "/:/eventsource/notifications" }.count == 2)
  }

  @Test func aServerThatTellsNothingIsAskedInstead() async throws {
    let desk = try await Desk()
    desk.server.misbehave { $0.tellsNothing = true }
    let said = try await desk.watch(["times": 2, "every": 1])
    #expect(said.error == nil && said.texts.count == 2)
    #expect(said.warnings.count == 1 && said.warnings[0].contains("asked every 1 seconds instead"))
  }

  @Test func aWebPageIsNoStream() async throws {
    let desk = try await Desk()
    desk.server.misbehave { $0.answersHTML = true }
    let client = try ServerClient(
      address: desk.server.url, name: "Fake", token: PlexToken(desk.server.ownerToken), identity: identity,
      transport: Wire())
    let error = await #expect(throws: PlexError.self) { try await client.listen { _ in true } }
    #expect(error?.kind == .unreadable)
    desk.server.misbehave { $0.answersHTML = false }
    let refused = try ServerClient(
      address: desk.server.url, name: "Fake", token: PlexToken("wrong"), identity: identity, transport: Wire())
    let refusal = await #expect(throws: PlexError.self) { try await refused.listen { _ in true } }
    #expect(refusal?.kind == .unauthorized)
  }
}
