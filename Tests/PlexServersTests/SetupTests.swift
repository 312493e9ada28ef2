import PlexCatalogue
import PlexServers
import PlexSetup
import TestSupport
import Testing
import UsherKit

/// Making a provider the agent of a library.
@Suite struct SetupTests {
  private final class Desk {
    let server: FakePlexServer
    let root: LoopbackServer
    let wire = Wire()
    let folder: ScratchFolder
    let catalogue: Catalogue
    let provider = Provider(
      name: "tv", path: "/tv", kind: .show, title: "Usher TV", identifier: "tv.plex.agents.custom.usher.tv",
      adult: false, version: "1.0.0")

    init() throws {
      server = try FakePlexServer()
      server.addMovies(1)
      server.addShows(1, episodes: 1)
      root = try LoopbackServer { request in
        guard request.path.hasPrefix("/tv") || request.path.hasPrefix("/moved") else { return .json("{}", status: 404) }
        return .json(
          """
          {"MediaProvider":{"identifier":"tv.plex.agents.custom.usher.tv","title":"Usher TV","version":"1.0.0",
          "Types":[{"type":2,"Scheme":[{"scheme":"tv.plex.agents.custom.usher.tv"}]}],"Feature":[]}}
          """)
      }
      folder = try ScratchFolder()
      catalogue = try Catalogue(folder: folder.path)
    }

    deinit {
      server.stop()
      root.stop()
    }

    func setup() throws -> LibrarySetup {
      LibrarySetup(
        try ServerClient(
          address: server.url, name: "Fake", token: PlexToken(server.ownerToken), identity: identity, transport: wire),
        catalogue, machineIdentifier: server.machineIdentifier)
    }

    func run(_ path: String = "/tv", library: String = "TV Shows", folders: [String] = []) async throws
      -> LibrarySetup.Report
    {
      try await setup().run(provider, uri: root.url + path, library: library, folders: folders)
    }
  }

  @Test func aLibraryIsSetUpOnceAndForAll() async throws {
    let desk = try Desk()
    let report = try await desk.run()
    #expect(report.steps.count == 3)
    let library = try #require(desk.server.sections.first { $0.title == "TV Shows" })
    #expect(library.agent == "tv.plex.agents.custom.usher.tv" && library.group == desk.server.groups.first?.id)
    desk.server.forgetRequests()
    #expect(try await desk.run().steps == ["everything was set up already"])
    #expect(desk.server.requests.allSatisfy { $0.method == "GET" })
  }

  @Test func undoPutsBackWhatWasThere() async throws {
    let desk = try Desk()
    let before = desk.server.sections.map(\.agent)
    _ = try await desk.run()
    _ = try await desk.run()
    let report = try await desk.setup().undo(desk.provider, library: nil)
    #expect(report.steps.count == 3, "\(report.steps)")
    #expect(desk.server.sections.map(\.agent) == before && desk.server.sections.allSatisfy { $0.group == nil })
    #expect(desk.server.providers.isEmpty && desk.server.groups.isEmpty)
    #expect(try await desk.setup().undo(desk.provider, library: nil).steps == ["nothing was set up"])
  }

  @Test func aMovedProviderIsMovedNotDoubled() async throws {
    let desk = try Desk()
    _ = try await desk.run()
    _ = try await desk.run("/moved")
    #expect(desk.server.providers.map(\.uri) == [desk.root.url + "/moved"])
  }

  @Test func aLibraryIsMadeWhenAFolderIsSaid() async throws {
    let desk = try Desk()
    await #expect(throws: PlexError.self) { try await desk.run(library: "Anime") }
    desk.server.addFolder("/media/anime")
    _ = try await desk.run(library: "Anime", folders: ["/media/anime"])
    let made = try #require(desk.server.sections.first { $0.title == "Anime" })
    #expect(made.agent == "tv.plex.agents.custom.usher.tv" && made.roots == ["/media/anime"] && made.group != nil)
  }

  @Test func nothingIsChangedWhenUsherDoesNotAnswer() async throws {
    let desk = try Desk()
    desk.root.stop()
    let error = await #expect(throws: PlexError.self) { try await desk.run() }
    #expect(error?.text.contains("usher serve") ?? false)
    #expect(desk.server.requests.isEmpty)
  }

  @Test func anotherProviderAtTheAddressIsRefused() async throws {
    let desk = try Desk()
    let error = await #expect(throws: PlexError.self) { try await desk.run("/other") }
    #expect(error?.kind == .wrongServer)
  }

  @Test func anOldServerIsToldApart() async throws {
    let desk = try Desk()
    desk.server.misbehave { $0.lacksRegistry = true }
    let error = await #expect(throws: PlexError.self) { try await desk.run() }
    #expect(error?.kind == .unsupportedVersion && error?.text.contains("1.43") == true)
  }

  @Test func aLibraryOfAnotherTypeIsRefused() async throws {
    let desk = try Desk()
    let error = await #expect(throws: PlexError.self) { try await desk.run(library: "Movies") }
    #expect(error?.kind == .needsDecision)
    #expect(desk.server.providers.isEmpty)
  }
}
