import Foundation
import PlexCatalogue
import PlexCommands
import PlexServers
import TestSupport
import Testing
import UsherKit
import UsherKitTesting

/// What other importers are known to get wrong, where no other suite looks at it.
@Suite struct RegressionTests {
  @Test func aLibraryMayHaveMoreThanTenThousandItems() async throws {
    let desk = try SyncDesk(movies: 10_050)
    (desk.options.pageSize, desk.options.largestPage) = (1000, 1000)
    let report = try #require(try await desk.sync().first)
    #expect(report.added == 10_050)
    #expect(try desk.count(.movie) == 10_050)
  }

  @Test func oneFilmInTwoLibrariesIsTwoItems() async throws {
    let desk = try SyncDesk(movies: 2)
    let large = desk.fake.addMovies(2, title: "Movies 4K", firstKey: 500)
    desk.fake.change([500]) { $0.guid = "plex://movie/5d776830880197001ec90a45" }
    desk.fake.change([1]) { $0.guid = "plex://movie/5d776830880197001ec90a45" }
    _ = try await desk.sync()
    #expect(try desk.count(.movie) == 4)
    desk.fake.change([500]) { ($0.title, $0.updatedAt) = ("Only there", 1_700_900_000) }
    _ = try await desk.sync()
    #expect(try [1, 500].map { try desk.catalogue.items(key: $0).first?.title } == ["Film 1", "Only there"])
    desk.fake.removeSection(large)
    _ = try await desk.sync()
    #expect(try desk.catalogue.items(key: 1).first?.isGone == false)
  }

  @Test func aWalkAsksForListsAloneAndForEachRowOnce() async throws {
    let desk = try SyncDesk(movies: 120, shows: 4, episodes: 60)
    _ = try await desk.sync()
    let paths = Set(desk.fake.requests.map(\.path))
    #expect(
      paths == ["/identity", "/library/sections", "/library/sections/1/all", "/library/sections/2/all"], "\(paths)")
    var rows: [String: Int] = [:]
    for request in desk.listRequests() {
      let size = request.headers["x-plex-container-size"].flatMap { Int($0) } ?? .max
      #expect(size <= 50 && request.parameter("X-Plex-Container-Size") == "\(size)")
      // With a field left out by mistake an item would look changed, or be without its ids.
      #expect(request.parameter("includeFields") == nil && request.headers["x-plex-pms-api-version"] == nil)
      #expect(request.parameter("includeGuids") == "1")
      if size > 0 { rows["\(request.path) \(request.parameter("type") ?? "")", default: 0] += 1 }
    }
    // 20 rows, 40, then 50 a page.
    #expect(rows.values.allSatisfy { $0 <= 8 } && rows.count == 4, "\(rows)")
  }

  @Test func aSeasonsNumberIsItsOwnIndex() async throws {
    let desk = try SyncDesk(shows: 1, episodes: 3)
    _ = try await desk.sync()
    let season = try #require(try desk.catalogue.items(key: 1001).first)
    #expect(season.kind == .season && season.number == 1 && season.season == 1)
    #expect(try desk.catalogue.children(of: season).map(\.number) == [1, 2, 3])
  }

  @Test func whatARowDoesNotSayIsNotMadeUp() throws {
    let text = #"{"MediaContainer":{"Metadata":[{"ratingKey":"7","type":"movie","title":"Bare"}]}}"#
    let page = try ItemPage.read(HTTPResponse(status: 200, body: Array(text.utf8)), from: "a test")
    let item = try #require(page.items.first)
    #expect(item.guid == "" && item.ids == [] && item.files == [] && item.year == nil && item.updatedAt == nil)
  }

  @Test func everyRunIsTheSameClientAndEndsWhenAServerHangs() async throws {
    let fake = try FakePlexServer()
    defer { fake.stop() }
    fake.addMovies(3)
    let folder = try ScratchFolder()
    var timeouts: [Int] = []
    let arguments: [(String, [String: CommandValue])] = [
      ("connect", ["url": .text(fake.url), "token": .text(fake.ownerToken)]), ("test", [:]), ("libraries", [:]),
      ("sync", [:]), ("refresh", ["items": ["1"]]), ("find", ["title": "film"]), ("ids", ["item": "1"]),
    ]
    for (name, arguments) in arguments {
      let host = FakeHost.onTheWire(folder)
      let run = try await CommandRun(PlexCommands.self, name, arguments, host: host)
      #expect(run.error == nil, "\(name)")
      timeouts += host.requests.map(\.timeout)
      // What the catalogue knows is not asked of the server again, by a search least of all.
      if name == "find" || name == "ids" { #expect(host.requests.isEmpty) }
    }
    #expect(timeouts.count > 10 && timeouts.allSatisfy { (1...120).contains($0) }, "\(timeouts)")
    let clients = Set(fake.requests.compactMap { $0.headers["x-plex-client-identifier"] })
    #expect(clients.count == 1 && clients.first?.hasPrefix("usher-") == true, "\(clients)")
  }

  @Test func titlesOfServersAreNoPatterns() async throws {
    let desk = try SyncDesk(movies: 3)
    desk.fake.change([2]) { $0.title = "100%_sure" }
    _ = try await desk.sync()
    #expect(try desk.catalogue.find("0%_s").map(\.key) == [2])
  }
}
