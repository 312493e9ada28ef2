import MetadataModel
import Storage
import Support
import TestSupport
import Testing

@testable import Works

@Suite @OwnThread struct PinsTests {
  let fixture = WorksFixture()

  private func pin(
    _ store: WorkStore, _ target: PinTarget, _ key: String, _ provider: String = "tv"
  ) async throws -> Pin {
    try await store.pin(target, shown: "as written", to: id(key), provider: provider)
  }

  @Test func aPinSaysWhatItHoldsFor() async throws {
    fixture.time.advance(milliseconds: 5)
    let made = try await fixture.use { store in
      try await pin(store, .title("harbor lights", year: 2014), "alpha-show-1")
    }
    #expect(made.target == .title("harbor lights", year: 2014) && made.shown == "as written")
    #expect(made.pinnedAt == fixture.time.wallMilliseconds)
    let kept = try await fixture.use { try await $0.pins() }
    #expect(kept == [made])
  }

  @Test func aPinOfTheSameTargetTakesItsPlaceAndNumber() async throws {
    try await fixture.use { store in
      let first = try await pin(store, .title("harbor lights", year: nil), "alpha-show-1")
      let second = try await pin(store, .title("harbor lights", year: nil), "alpha-show-2")
      #expect(second.number == first.number)
      #expect(try await store.pins() == [second])
      _ = try await pin(store, .title("harbor lights", year: 2014), "alpha-show-3")
      _ = try await pin(store, .title("harbor lights", year: nil), "alpha-show-3", "anime")
      _ = try await pin(store, .file("harbor lights"), "alpha-show-3")
      #expect(try await store.pins().count == 4)
    }
  }

  @Test func theNumberOfAPinThatIsGoneIsNotGivenAgain() async throws {
    try await fixture.use { store in
      let first = try await pin(store, .file("A"), "alpha-show-1")
      #expect(try await store.unpin(first.number) == first)
      #expect(try await store.unpin(first.number) == nil)
      #expect(try await pin(store, .file("A"), "alpha-show-1").number > first.number)
    }
  }

  @Test(arguments: [
    ("Harbor Lights/Season 01/a.mkv", "file"), ("Harbor Lights/Season 01/b.mkv", "season"),
    ("Harbor Lights/Season 01", "season"), ("Harbor Lights/Season 010/b.mkv", "folder"),
    ("Harbor Lights/c.mkv", "folder"), ("Harbor Lights 2/a.mkv", "year"), ("other/Harbor Lights/a.mkv", "year"),
  ])
  func theLongestPathGoesFirstAndAFileBeforeATitle(_ path: String, _ expected: String) async throws {
    try await fixture.use { store in
      _ = try await pin(store, .title("harbor lights", year: nil), "alpha-show-title")
      _ = try await pin(store, .title("harbor lights", year: 2014), "alpha-show-year")
      _ = try await pin(store, .file("Harbor Lights"), "alpha-show-folder")
      _ = try await pin(store, .file("Harbor Lights/Season 01"), "alpha-show-season")
      _ = try await pin(store, .file("Harbor Lights/Season 01/a.mkv"), "alpha-show-file")
      let targets: [PinTarget] = [
        .title("harbor lights", year: nil), .file(path), .title("harbor lights", year: 2014),
      ]
      #expect(await store.pin(for: targets, provider: "tv")?.key.value == expected)
      #expect(await store.pin(for: targets, provider: "anime") == nil)
    }
  }

  @Test func aTitlePinWithoutAYearHoldsForEveryYear() async throws {
    try await fixture.use { store in
      _ = try await pin(store, .title("harbor lights", year: nil), "alpha-show-1")
      let asked: [PinTarget] = [.title("harbor lights", year: 1999), .title("harbor lights", year: nil)]
      #expect(await store.pin(for: asked, provider: "tv") != nil)
      #expect(await store.pin(for: [.title("harbor", year: nil)], provider: "tv") == nil)
      #expect(await store.pin(for: [], provider: "tv") == nil)
    }
  }

  @Test func aHostilePathCostsLittle() async throws {
    try await fixture.use { store in
      let path = String(repeating: "a/", count: 100_000)
      #expect(await store.pin(for: [.file(path)], provider: "tv") == nil)
      #expect(WorkStore.candidates(for: [.file(path)]).count == 128)
    }
  }

  @Test(arguments: [
    ("/media/Harbor Lights/", "media/Harbor Lights"), ("D:\\TV\\Harbor Lights\\", "D:/TV/Harbor Lights"),
    ("a//b", "a/b"), ("a", "a"),
  ])
  func aPathIsReadInEveryForm(_ path: String, _ expected: String) { #expect(PinTarget.path(path) == .file(expected)) }

  @Test(arguments: ["", "/", "\\/"])
  func aPathWithoutPartsIsNone(_ path: String) { #expect(PinTarget.path(path) == nil) }

  @Test func anotherProcessSeesTheGenerationGrow() async throws {
    let (host, command) = (try fixture.database(), try fixture.database())
    defer {
      host.close()
      command.close()
    }
    let (watching, changing) = (fixture.store(host), fixture.store(command))
    var last = watching.pinGeneration()
    #expect(watching.pinGeneration() == last)
    func grew() -> Bool {
      let now = watching.pinGeneration()
      defer { last = now }
      return now > last
    }
    let made = try await pin(changing, .file("A"), "alpha-show-1")
    #expect(grew())
    _ = try await pin(changing, .file("A"), "alpha-show-2")
    #expect(grew())
    #expect(try await changing.unpin(made.number + 1) == nil)
    #expect(!grew())
    #expect(try await changing.unpin(made.number) != nil)
    #expect(grew())
    #expect(await watching.pin(for: [.file("A")], provider: "tv") == nil)
  }

  @Test func whenTheDatabaseFailsPinsThrowAndTheGenerationStands() async throws {
    let database = try fixture.database()
    let store = fixture.store(database)
    _ = try await pin(store, .file("A"), "alpha-show-1")
    let last = store.pinGeneration()
    database.close()
    #expect(store.pinGeneration() == last)
    #expect(await store.pin(for: [.file("A")], provider: "tv") == nil)
    await #expect(throws: StorageError.self) { try await store.pins() }
    await #expect(throws: StorageError.self) { try await store.unpin(1) }
    await #expect(throws: StorageError.self) { try await pin(store, .file("B"), "alpha-show-1") }
  }
}
