import PlexCatalogue
import PlexServers
import TestSupport
import Testing

/// Whatever goes wrong while a library is read, the catalogue is as it was.
@Suite struct FailedWalkTests {
  struct Trouble: CustomTestStringConvertible, Sendable {
    var name: String
    var change: @Sendable (inout FakePlexFaults) -> Void
    var testDescription: String { name }
  }

  static let troubles = [
    Trouble(name: "401 in the middle") { $0.failure = .init(offset: 20, status: 401) },
    Trouble(name: "500 in the middle") { $0.failure = .init(offset: 20, status: 500) },
    Trouble(name: "404 at once") { $0.failure = .init(offset: 0, status: 404) },
    Trouble(name: "a web page") { $0.answersHTML = true },
    Trouble(name: "answers cut short") { $0.truncatesLists = true },
    Trouble(name: "the first page again and again") { $0.repeatsFirstPage = true },
    Trouble(name: "another server") { $0.machineIdentifier = "another" },
    Trouble(name: "503 for ever") { $0.startingAnswers = 1000 },
  ]

  @Test(arguments: troubles) func theCatalogueIsAsItWas(_ trouble: Trouble) async throws {
    let desk = try SyncDesk(movies: 100)
    _ = try await desk.sync()
    let before = try desk.contents()
    desk.fake.change([3, 50, 99]) { item in
      item.updatedAt = 1_700_900_000
      item.title = "Changed"
    }
    desk.fake.remove([7])
    desk.options.isFull = true
    desk.fake.misbehave(trouble.change)
    do {
      let reports = try await desk.sync()
      #expect(reports.map(\.outcome) == [.failed], "\(reports)")
      #expect(reports.first?.sentence?.isEmpty == false)
    } catch let error as PlexError {
      #expect(!error.text.isEmpty)
    }
    #expect(try desk.contents() == before)
    desk.fake.misbehave { $0 = FakePlexFaults() }
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && report.updated == 3 && report.missing == 1)
  }

  @Test func anInterruptedWalkGoesOnWhereItWas() async throws {
    let desk = try SyncDesk(shows: 5, episodes: 100)
    desk.fake.misbehave { $0.failure = .init(offset: 300, status: 401, times: 1) }
    #expect(try await desk.sync().first?.outcome == .failed)
    #expect(try desk.contents() == [])
    desk.fake.forgetRequests()
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && report.resumed && report.added == 510)
    let starts = desk.listRequests().filter { $0.parameter("type") == "4" }.compactMap {
      $0.headers["x-plex-container-start"].flatMap { Int($0) }
    }
    #expect(!starts.contains { $0 > 0 && $0 < 250 }, "\(starts)")
  }

  @Test func aFirstWalkThatFailedShowsNothing() async throws {
    let desk = try SyncDesk(movies: 200)
    desk.fake.misbehave { $0.failure = .init(offset: 100, status: 401, times: 1) }
    #expect(try await desk.sync().first?.outcome == .failed)
    #expect(try #require(try desk.rows("item")) >= 50)
    let catalogue = desk.catalogue
    #expect(try catalogue.items(key: 5).isEmpty && catalogue.find("Film").isEmpty)
    #expect(try catalogue.unmatched(server: nil).isEmpty && desk.count(.movie) == 0)
    #expect(try catalogue.fileTotals(1) == (0, 0) && catalogue.sampleFiles(1, below: "/", limit: 5).isEmpty)
    #expect(try await desk.sync().first?.outcome == .done)
    #expect(try catalogue.fileTotals(1).count == 200 && catalogue.sampleFiles(1, below: "/", limit: 5).count == 5)
  }

  @Test func aListThatMovedMeanwhileIsReadFromItsBeginning() async throws {
    let desk = try SyncDesk(movies: 200)
    desk.fake.misbehave { $0.failure = .init(offset: 100, status: 401, times: 1) }
    _ = try await desk.sync()
    desk.fake.remove([5])
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && !report.resumed && report.added == 199)
    #expect(try desk.rows("item") == 199 && desk.rows("file") == 199)
  }

  @Test func anOldWalkIsNotTakenUp() async throws {
    let desk = try SyncDesk(movies: 200)
    desk.fake.misbehave { $0.failure = .init(offset: 100, status: 401, times: 1) }
    _ = try await desk.sync()
    desk.fake.remove([5])
    desk.wire.advance(milliseconds: 2 * 86_400_000)
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && !report.resumed && report.added == 199)
    #expect(try desk.rows("item") == 199 && desk.rows("file") == 199)
  }

  @Test func aLibraryThatWasEmptyIsAsItWasToo() async throws {
    let desk = try SyncDesk(movies: 1)
    desk.fake.remove([1])
    #expect(try await desk.sync().first?.outcome == .done)
    desk.fake.add(contentsOf: (1...100).map { .init(key: $0, kind: .movie, title: "Film", guid: "") }, to: 1)
    desk.fake.misbehave { $0.failure = .init(offset: 50, status: 401, times: 1) }
    #expect(try await desk.sync().first?.outcome == .failed)
    #expect(try desk.contents() == [] && desk.count(.movie) == 0)
    #expect(try await desk.sync().first?.added == 100)
  }

  @Test func aServerThatIsStartingIsWaitedFor() async throws {
    let desk = try SyncDesk(movies: 5)
    desk.fake.misbehave { $0.startingAnswers = 2 }
    #expect(try await desk.client().libraries().count == 1)
    #expect(desk.wire.pauses == [1000, 2000])
  }

  @Test func aPageThatFailsOnceIsAskedForAgainAndSmaller() async throws {
    let desk = try SyncDesk(movies: 100)
    desk.fake.misbehave { $0.failure = .init(offset: 20, status: 500, times: 2) }
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && report.added == 100)
  }

  @Test func oneLibrarysFailureDoesNotStopTheOthers() async throws {
    let desk = try SyncDesk(movies: 10, shows: 1, episodes: 4)
    desk.fake.misbehave { $0.failure = .init(path: "/1/all", offset: 0, status: 500) }
    let reports = try await desk.sync()
    #expect(reports.map(\.outcome) == [.failed, .done])
    #expect(reports[0].sentence?.contains("status 500") ?? false)
  }

  @Test func aSlowServerIsNoFailure() async throws {
    let desk = try SyncDesk(movies: 3)
    desk.fake.misbehave { $0.delayMilliseconds = 30 }
    #expect(try await desk.sync().first?.added == 3)
  }
}
