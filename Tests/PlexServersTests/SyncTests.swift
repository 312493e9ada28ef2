import PlexCatalogue
import PlexServers
import TestSupport
import Testing

/// A fake server, a catalogue, and syncs between them.
final class SyncDesk {
  let fake: FakePlexServer
  let wire = Wire()
  let folder: ScratchFolder
  let catalogue: Catalogue
  var options = SyncOptions()
  var token: String

  init(movies: Int = 0, shows: Int = 0, episodes: Int = 0) throws {
    fake = try FakePlexServer()
    if movies > 0 { fake.addMovies(movies) }
    if shows > 0 { fake.addShows(shows, episodes: episodes) }
    folder = try ScratchFolder()
    catalogue = try Catalogue(folder: folder.path)
    token = fake.ownerToken
    options.pageSize = 20
    options.largestPage = 50
  }

  deinit { fake.stop() }

  func client() throws -> ServerClient {
    try ServerClient(
      address: fake.url, name: "Fake", token: PlexToken(token), identity: identity, transport: wire)
  }

  func sync(_ library: String? = nil) async throws -> [LibraryReport] {
    try await LibrarySync(catalogue, client(), options: options)
      .run(machineIdentifier: fake.machineIdentifier, library: library)
  }

  /// Everything that the catalogue shows of items and files, to compare.
  func contents() throws -> [String] {
    var rows: [String] = []
    for table in ["item", "file"] {
      let columns =
        table == "item"
        ? "library || ' ' || key || ' ' || title || ' ' || digest || ' ' || coalesce(missing_since, '')"
        : "library || ' ' || key || ' ' || path"
      let query = try catalogue.database.query(
        "SELECT \(columns) FROM \(table) WHERE library IN (SELECT id FROM library WHERE synced_at > 0) ORDER BY 1")
      while try query.next() { rows.append(query.text(0)) }
    }
    return rows
  }

  /// Rows of a table, those of a walk under way too.
  func rows(_ table: String) throws -> Int64? { try catalogue.database.integer("SELECT count(*) FROM \(table)") }

  func count(_ kind: PlexItemKind) throws -> Int {
    try catalogue.libraries().reduce(0) { try $0 + catalogue.count($1.id, kind) }
  }

  func listRequests() -> [LoopbackRequest] { fake.requests.filter { $0.path.hasSuffix("/all") } }
}

@Suite struct SyncTests {
  @Test func everyEpisodeIsARecordOfItsOwnWithFilesAndIDs() async throws {
    let desk = try SyncDesk(movies: 3, shows: 4, episodes: 30)
    let reports = try await desk.sync()
    #expect(reports.map(\.outcome) == [.done, .done])
    #expect(reports.map(\.added) == [3, 4 + 4 + 120])
    #expect(try desk.count(.episode) == 120 && desk.count(.season) == 4 && desk.count(.show) == 4)
    let item = try #require(try desk.catalogue.items(key: 1002).first)
    #expect(item.label == "Show 1 · S01E01 · Episode 1 of Show 1")
    #expect(item.ids == ["imdb://tt1001002", "tmdb://1002", "tvdb://1002"] && item.duration == 2_700_000)
    let file = try #require(try desk.catalogue.files(of: item).first)
    #expect(file.path == "/media/tv/Show 1 (1991)/Season 01/Show 1 - s01e1.mkv" && file.size == 3_000_001_002)
  }

  @Test func xmlGivesTheSameCatalogueAsJSON() async throws {
    let desk = try SyncDesk(movies: 30, shows: 2, episodes: 30)
    _ = try await desk.sync()
    let first = try desk.contents()
    desk.fake.misbehave { $0.onlyXML = true }
    desk.options.isFull = true
    let reports = try await desk.sync()
    #expect(reports.allSatisfy { $0.outcome == .done && $0.added == 0 && $0.updated == 0 })
    #expect(try desk.contents() == first)
  }

  @Test func nothingIsReadAgainWhenNothingMoved() async throws {
    let desk = try SyncDesk(movies: 5, shows: 1, episodes: 5)
    _ = try await desk.sync()
    desk.fake.forgetRequests()
    let reports = try await desk.sync()
    #expect(reports.map(\.outcome) == [.unchanged, .unchanged] && desk.listRequests().isEmpty)
  }

  @Test func onlyWhatChangedIsReadTheSecondTime() async throws {
    let desk = try SyncDesk(shows: 10, episodes: 60)
    _ = try await desk.sync()
    desk.fake.change([1010]) { item in
      item.updatedAt = 1_700_900_000
      item.title = "New"
    }
    desk.fake.forgetRequests()
    let report = try #require(try await desk.sync().first)
    #expect(report.updated == 1 && report.added == 0 && report.removed == 0 && !report.full)
    #expect(desk.listRequests().count <= 9)
    #expect(try desk.catalogue.items(key: 1010).first?.title == "New")
  }

  @Test func aTimeThatWentBackIsAChangeToo() async throws {
    let desk = try SyncDesk(movies: 5)
    _ = try await desk.sync()
    desk.fake.change([2]) { item in
      item.updatedAt = 1_500_000_000
      item.title = "Restored"
    }
    desk.options.isFull = true
    #expect(try await desk.sync().first?.updated == 1)
    #expect(try desk.catalogue.items(key: 2).first?.title == "Restored")
  }

  @Test func aReplacedFileIsSeenThoughNoTimeMoved() async throws {
    let desk = try SyncDesk(movies: 5)
    _ = try await desk.sync()
    desk.fake.change([2]) { $0.media[0].parts[0].file = "/media/movies/other.mkv" }
    desk.options.isFull = true
    #expect(try await desk.sync().first?.updated == 1)
    let item = try #require(try desk.catalogue.items(key: 2).first)
    #expect(try desk.catalogue.files(of: item).map(\.path) == ["/media/movies/other.mkv"])
  }

  @Test func anEpisodeAddedToAnOldShowIsFound() async throws {
    let desk = try SyncDesk(shows: 3, episodes: 5)
    _ = try await desk.sync()
    var episode = FakePlexItem(key: 9000, kind: .episode, title: "Late", guid: "plex://episode/late")
    (episode.parent, episode.grandparent, episode.index) = (1001, 1000, 6)
    (episode.addedAt, episode.updatedAt) = (1_700_900_000, nil)
    desk.fake.add(episode, to: 1)
    let report = try #require(try await desk.sync().first)
    #expect(report.added == 1 && !report.full)
    #expect(try desk.catalogue.items(key: 9000).first?.show == "Show 1")
  }

  @Test func aFilterThatIsIgnoredIsNoFloodOfChanges() async throws {
    let desk = try SyncDesk(shows: 2, episodes: 60)
    _ = try await desk.sync()
    desk.fake.misbehave { $0.ignoresFilters = true }
    desk.fake.change([1010]) { $0.updatedAt = 1_700_900_000 }
    let report = try #require(try await desk.sync().first)
    #expect(report.updated == 1 && report.full && report.unchanged == 123)
  }

  @Test func allVersionsAndPartsAreKept() async throws {
    let desk = try SyncDesk(movies: 2)
    desk.fake.change([1]) { item in
      item.media = [
        .init(id: 1, parts: [.init(id: 1, file: "/a1.mkv", size: 1), .init(id: 2, file: "/a2.mkv", size: 2)]),
        .init(id: 2, parts: [.init(id: 3, file: "/b.mkv", size: 3)]),
      ]
    }
    desk.fake.change([2]) { $0.media = [] }
    _ = try await desk.sync()
    let items = try [1, 2].map { try #require(try desk.catalogue.items(key: $0).first) }
    #expect(try desk.catalogue.files(of: items[0]).map(\.path) == ["/a1.mkv", "/a2.mkv", "/b.mkv"])
    #expect(try desk.catalogue.files(of: items[1]) == [])
  }

  @Test func theSameKeyOnTwoServersIsTwoItems() async throws {
    let desk = try SyncDesk(movies: 2)
    _ = try await desk.sync()
    let other = try FakePlexServer(name: "Other", machineIdentifier: "beef")
    defer { other.stop() }
    other.addMovies(3, title: "Elsewhere")
    let client = try ServerClient(
      address: other.url, name: "Other", token: PlexToken(other.ownerToken), identity: identity, transport: desk.wire)
    _ = try await LibrarySync(desk.catalogue, client).run(machineIdentifier: "beef")
    #expect(try desk.catalogue.items(key: 1).count == 2)
    #expect(try desk.catalogue.items(key: 1, server: "beef").map(\.library) == ["Elsewhere"])
    desk.fake.remove([1])
    desk.options.isConfirmed = true
    for _ in 0..<2 { _ = try await desk.sync() }
    #expect(try desk.catalogue.items(key: 1).map(\.server) == ["beef"])
  }

  @Test func aSharedTokenSeesItsLibrariesOnly() async throws {
    let desk = try SyncDesk(movies: 2, shows: 1, episodes: 2)
    desk.fake.share(with: "friend-token-1", sections: [1])
    desk.fake.misbehave { $0.hidesPaths = true }
    desk.token = "friend-token-1"
    #expect(try await desk.sync().map(\.library) == ["Movies"])
  }

  @Test func aDisabledLibraryIsLeftOutUnlessNamed() async throws {
    let desk = try SyncDesk(movies: 2, shows: 1, episodes: 2)
    _ = try await desk.sync()
    try desk.catalogue.enable(1, false)
    desk.options.isFull = true
    #expect(try await desk.sync().map(\.library) == ["TV Shows"])
    #expect(try await desk.sync("movies").map(\.library) == ["Movies"])
    let error = await #expect(throws: PlexError.self) { try await desk.sync("Nothing") }
    #expect(error?.text.contains("'Movies' (1)") ?? false)
  }

  @Test func whatWaitsInTheTrashIsGone() async throws {
    let desk = try SyncDesk(movies: 3)
    desk.fake.change([2]) { $0.deletedAt = 1_700_000_500 }
    _ = try await desk.sync()
    #expect(try desk.catalogue.items(key: 2).first?.isGone == true)
  }
}
