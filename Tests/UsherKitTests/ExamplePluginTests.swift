import ExampleSwift
import Foundation
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

@_silgen_name("usher_plugin_v1_examplec")
private func exampleC(_ hostMinor: UInt32) -> UnsafePointer<usher_plugin>?

/// The two examples, which must behave alike; the one in C also as a library that Swift had no part in.
enum Example: String, CaseIterable, Sendable {
  case swift, c, cAlone

  func table() throws -> UnsafePointer<usher_plugin>? {
    switch self {
    case .swift: usherPlugin(UInt32(USHER_ABI_MINOR))
    case .c: exampleC(UInt32(USHER_ABI_MINOR))
    case .cAlone: try Self.alone.get()(UInt32(USHER_ABI_MINOR))
    }
  }

  var id: String { self == .swift ? "exampleswift" : "examplec" }

  private static let alone = Result { try loadedAlone() }

  /// Builds example.c with the C compiler alone, every warning an error, and loads it as a host does. The library stays
  /// loaded; its folder goes at once.
  private static func loadedAlone() throws -> @convention(c) (UInt32) -> UnsafePointer<usher_plugin>? {
    let folder = try TemporaryFolder()
    let library = folder.url.appending(path: "libExampleC.so").path
    try Command.run(
      "cc",
      [
        "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fvisibility=hidden", "-fPIC", "-shared", "-I",
        Command.checkout.appending(path: "Sources/CUsher/include").path,
        Command.checkout.appending(path: "Plugins/ExampleC/example.c").path, "-o", library,
      ])
    return try Command.entry("usher_plugin_v1_examplec", of: library)
  }
}

@Suite @OwnThread struct ExamplePluginTests {
  func open(_ example: Example, _ settings: [String: SettingValue] = [:]) throws -> OpenedPlugin {
    try TableHost(FakeHost(settings: settings)).open(try example.table())
  }

  private func id(_ example: Example, _ kind: MediaKind, _ value: String) throws -> ItemID {
    try #require(ItemID(source: example.id, kind: kind, value: value))
  }

  @Test(arguments: Example.allCases)
  func itIsWhatItsManifestSays(_ example: Example) throws {
    let plugin = try open(example)
    let manifest = try plugin.manifest()
    #expect(manifest.id == example.id)
    #expect(String(cString: plugin.plugin.pointee.id) == example.id)
    #expect(manifest.version == String(cString: plugin.plugin.pointee.version))
    #expect(manifest.interfaces == ["metadata-source/1", "commands/1"])
    #expect(manifest.settings.map(\.name) == ["genres"])
    #expect(plugin.interface("metadata-source/1") != nil)
    #expect(plugin.interface("metadata-source/2") == nil)
    plugin.close()
  }

  @Test(arguments: Example.allCases)
  func aFilmIsFoundByItsTitleAndByItsIMDbID(_ example: Example) async throws {
    let plugin = try open(example)
    var request = MatchRequest(kind: .movie)
    request.title = "the GREAT train"
    let byTitle = try await plugin.ask("match", request, MatchReply.self).candidates
    #expect(byTitle.map(\.title) == ["The Great Train Robbery"])
    #expect(byTitle.first?.year == 1903)
    request.externalIDs = ["imdb": "tt0013442"]
    let byID = try await plugin.ask("match", request, MatchReply.self).candidates
    #expect(byID.map(\.id) == [try id(example, .movie, "nosferatu")])
    request = MatchRequest(kind: .movie)
    request.title = "no such film"
    #expect(try await plugin.ask("match", request, MatchReply.self).candidates.isEmpty)
    request = MatchRequest(kind: .show)
    request.title = "Nosferatu"
    #expect(try await plugin.ask("match", request, MatchReply.self).candidates.isEmpty)
  }

  @Test(arguments: Example.allCases)
  func aFilmIsFetchedWithItsAccents(_ example: Example) async throws {
    let request = ItemRequest(id: try id(example, .movie, "trip"))
    let item = try await open(example).ask("fetch", request, MediaItem.self)
    #expect(item.id == request.id)
    #expect(item.title == "A Trip to the Moon")
    #expect(item.year == 1902)
    #expect(item.credits == [Credit(name: "Georges Méliès", job: .director)])
    #expect(item.genres.first == "Science Fiction")
    let plain = try await open(example, ["genres": .boolean(false)]).ask("fetch", request, MediaItem.self)
    #expect(plain.genres.isEmpty)
  }

  @Test(arguments: Example.allCases)
  func anUnknownIDIsNotFound(_ example: Example) async throws {
    let plugin = try open(example)
    let error = await #expect(throws: PluginError.self) {
      try await plugin.ask("fetch", ItemRequest(id: try id(example, .movie, "nothing")), MediaItem.self)
    }
    #expect(error?.kind == .notFound)
  }

  @Test(
    arguments: Example.allCases, ["", "{", "[]", "{}", #"{"kind":1,"id":2}"#, "null", #"{"kind":"movie","id":"x""#])
  func aRequestThatDoesNotFitIsRefusedOnce(_ example: Example, _ request: String) async throws {
    let plugin = try open(example)
    for operation in ["match", "fetch"] {
      let outcome = try await plugin.call(operation, [UInt8](request.utf8))
      #expect(outcome.status == USHER_BAD_REQUEST)
      #expect(outcome.replies.count == 1)
      #expect(!outcome.text.isEmpty)
    }
  }

  @Test(arguments: Example.allCases)
  func unknownMembersAreIgnoredAndEscapesUnderstood(_ example: Example) async throws {
    let request = #"{"new":[{"kind":"show"}],"kind":"movie","title":"T\u0052\u0069p \u0074o","x":{"title":1}}"#
    let outcome = try await open(example).call("match", [UInt8](request.utf8))
    #expect(try JSONCoding.decode(MatchReply.self, from: outcome.replies.first ?? []).candidates.count == 1)
  }

  @Test(arguments: Example.allCases, [200, 255, 256, 300, 100_000])
  func aTitleLongerThanAnyFitsNothing(_ example: Example, _ length: Int) async throws {
    let title = String(repeating: "é", count: length)
    #expect(try await open(example).call("match", matchRequest(title)).text == #"{"candidates":[]}"#)
  }

  @Test(arguments: Example.allCases)
  func aCancelledCallReturnsAtOnce(_ example: Example) async throws {
    #expect(try await open(example).call("match", matchRequest("x"), cancelled: true).status == USHER_CANCELLED)
  }

  @Test(arguments: Example.allCases)
  func eightCallsAtOnceAreAnswered(_ example: Example) async throws {
    let plugin = try open(example)
    try await withThrowingTaskGroup(of: CallOutcome.self) { group in
      for _ in 0..<8 { group.addTask { try await plugin.call("match", matchRequest("Nosferatu")) } }
      for try await outcome in group {
        #expect(outcome.status == USHER_OK)
        #expect(outcome.text.contains("1922"))
      }
    }
  }

  @Test func theShowHasASeasonWithTenEpisodes() async throws {
    let plugin = try open(.swift)
    let show = try id(.swift, .show, "vampires")
    let seasons = try await plugin.ask("children", ItemRequest(id: show), ItemList.self).items
    #expect(seasons.map(\.index) == [1])
    #expect(seasons.first?.parent?.id == show)
    let season = try #require(seasons.first).id
    let episodes = try await plugin.ask("children", ItemRequest(id: season), ItemList.self).items
    #expect(episodes.map(\.index) == Array(1...10))
    #expect(episodes.allSatisfy { $0.parent?.id == season && $0.grandparent?.id == show })
    for child in seasons + episodes {
      #expect(try await plugin.ask("fetch", ItemRequest(id: child.id), MediaItem.self) == child)
    }
  }

  @Test(arguments: [Example.c, .cAlone])
  func filmsHaveNoChildren(_ example: Example) async throws {
    await #expect(throws: PluginError.self) { try await open(example).call("children", []) }
  }
}

extension ExamplePluginTests {
  @Test(arguments: Example.allCases)
  func itsCommandListsWhatFits(_ example: Example) async throws {
    let plugin = try TableHost(FakeHost()).open(try example.table())
    let outcome = try await plugin.run(CommandRequest("list", ["text": "great TRAIN"]))
    guard outcome.status == USHER_OK, case .table(let columns, let rows)? = outcome.events.first else {
      Issue.record("\(outcome)")
      return
    }
    #expect(columns.map(\.key).starts(with: ["title", "year"]) && rows.map(\.first) == ["The Great Train Robbery"])
    #expect(try await plugin.run(CommandRequest("list", ["text": "nothing like it"])).status == USHER_NOT_FOUND)
    #expect(try await plugin.run(CommandRequest("other")).status == USHER_BAD_REQUEST)
    plugin.close()
  }
}
