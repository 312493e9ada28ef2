import PlexCatalogue
import PlexServers
import TestSupport
import Testing

/// How servers page, and what is removed after it.
@Suite struct PagingTests {
  struct Habit: CustomTestStringConvertible, Sendable {
    var name: String
    var change: @Sendable (inout FakePlexFaults) -> Void
    var testDescription: String { name }
  }

  static let habits = [
    Habit(name: "pages of seven, whatever was asked for") { $0.pageCap = 7 },
    Habit(name: "everything at once") { $0.ignoresPaging = true },
    Habit(name: "no total") { $0.hidesTotal = true },
    Habit(name: "no total and pages of seven") { ($0.hidesTotal, $0.pageCap) = (true, 7) },
    Habit(name: "references to control characters") { ($0.illegalCharacters, $0.onlyXML) = (true, true) },
  ]

  @Test(arguments: habits) func everyItemComesOnce(_ habit: Habit) async throws {
    let desk = try SyncDesk(shows: 3, episodes: 51)
    desk.fake.misbehave(habit.change)
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && report.added == 159, "\(report)")
    #expect(try desk.count(.episode) == 153)
  }

  @Test func aCappedListIsNotTakenForAnEmptiedOne() async throws {
    let desk = try SyncDesk(movies: 60)
    _ = try await desk.sync()
    desk.fake.misbehave { $0.pageCap = 7 }
    desk.options.isFull = true
    let report = try #require(try await desk.sync().first)
    #expect(report.missing == 0 && report.removed == 0 && report.unchanged == 60)
  }

  @Test func nothingIsRemovedAfterAListWhoseTotalMoved() async throws {
    let desk = try SyncDesk(movies: 100)
    _ = try await desk.sync()
    desk.fake.remove([50])
    desk.options.isFull = true
    desk.fake.misbehave { $0.totalGrowth = 1 }
    let report = try #require(try await desk.sync().first)
    #expect(report.outcome == .done && report.missing == 0 && report.removed == 0)
    #expect(try desk.catalogue.items(key: 50).first?.isGone == false)
  }

  @Test func anItemGoesInTwoSteps() async throws {
    let desk = try SyncDesk(movies: 60)
    _ = try await desk.sync()
    desk.fake.remove([50])
    let first = try #require(try await desk.sync().first)
    #expect(first.missing == 1 && first.removed == 0)
    #expect(try desk.catalogue.items(key: 50).first?.isGone == true)
    let second = try #require(try await desk.sync().first)
    #expect(second.missing == 0 && second.removed == 1)
    #expect(try desk.catalogue.items(key: 50).isEmpty)
    #expect(try await desk.sync().first?.outcome == .unchanged)
  }

  @Test func anItemThatComesBackIsThereAgain() async throws {
    let desk = try SyncDesk(movies: 60)
    _ = try await desk.sync()
    let item = try #require(desk.fake.item(50))
    desk.fake.remove([50])
    _ = try await desk.sync()
    desk.fake.add(item, to: 1)
    _ = try await desk.sync()
    #expect(try desk.catalogue.items(key: 50).first?.isGone == false)
  }

  @Test func moreThanAFifthIsHeldBackUntilConfirmed() async throws {
    let desk = try SyncDesk(movies: 50)
    _ = try await desk.sync()
    desk.fake.remove(Array(1...11))
    let held = try #require(try await desk.sync().first)
    #expect(held.outcome == .held && held.removed == 0 && held.missing == 0)
    #expect(held.sentence?.contains("11 of 50") ?? false)
    #expect(try desk.count(.movie) == 50)
    desk.options.isConfirmed = true
    #expect(try await desk.sync().first?.missing == 11)
    #expect(try await desk.sync().first?.removed == 11)
    #expect(try desk.count(.movie) == 39)
  }

  @Test func aFifthIsNotHeldBack() async throws {
    let desk = try SyncDesk(movies: 50)
    _ = try await desk.sync()
    desk.fake.remove(Array(1...10))
    #expect(try await desk.sync().first?.missing == 10)
  }

  @Test func anEmptiedLibraryIsHeldBack() async throws {
    let desk = try SyncDesk(movies: 10)
    _ = try await desk.sync()
    desk.fake.remove(Array(1...10))
    #expect(try await desk.sync().first?.outcome == .held)
    #expect(try desk.count(.movie) == 10)
  }

  @Test func aLibraryThatIsGoneKeepsItsItems() async throws {
    let desk = try SyncDesk(movies: 10, shows: 1, episodes: 2)
    _ = try await desk.sync()
    desk.fake.removeSection(1)
    #expect(try await desk.sync().map(\.library) == ["TV Shows"])
    #expect(try desk.count(.movie) == 10)
    #expect(try desk.catalogue.libraries().map(\.isAvailable) == [false, true])
  }

  @Test func rootsComeFromTheListOfLibraries() async throws {
    let desk = try SyncDesk()
    desk.fake.addMovies(2, roots: ["/media/a", "D:\\Films"])
    _ = try await desk.sync()
    #expect(try desk.catalogue.libraries().first?.roots == ["/media/a", "D:\\Films"])
  }
}
