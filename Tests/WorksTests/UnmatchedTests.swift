import MetadataModel
import Storage
import TestSupport
import Testing

@testable import Works

@Suite @OwnThread struct UnmatchedTests {
  let fixture = WorksFixture()

  private func question(
    _ title: String, at moment: Int64, provider: String = "tv", year: Int? = nil, file: String? = nil,
    closest: String? = nil, score: Double? = nil
  ) -> Unmatched {
    Unmatched(
      provider: provider, kind: .show, title: title, year: year, file: file, firstAsked: moment, lastAsked: moment,
      times: 1, closest: closest, closestScore: score)
  }

  @Test func theSameQuestionCountsOnceMore() async throws {
    try await fixture.use { store in
      await store.noteUnmatched(question("Harbor", at: 1, file: "a.mkv", closest: "Harbor Lights (2014)", score: 0.5))
      await store.noteUnmatched(question("Harbor", at: 9, file: "a.mkv"))
      await store.noteUnmatched(question("Harbor", at: 5, file: "a.mkv", closest: "Port (2010)", score: 0.25))
      let kept = try await store.unmatched(provider: nil)
      #expect(kept.count == 1)
      #expect(kept.first?.times == 3)
      #expect(kept.first?.firstAsked == 1 && kept.first?.lastAsked == 9)
      #expect(kept.first?.closest == "Port (2010)" && kept.first?.closestScore == 0.25)
    }
  }

  @Test func anotherYearFileOrProviderIsAnotherQuestion() async throws {
    try await fixture.use { store in
      await store.noteUnmatched(question("Harbor", at: 1))
      await store.noteUnmatched(question("Harbor", at: 2, year: 2014))
      await store.noteUnmatched(question("Harbor", at: 3, file: "a.mkv"))
      await store.noteUnmatched(question("Harbor", at: 4, provider: "anime"))
      let all = try await store.unmatched(provider: nil)
      #expect(all.map(\.lastAsked) == [4, 3, 2, 1])
      let some = try await store.unmatched(provider: "tv")
      #expect(some.map(\.lastAsked) == [3, 2, 1])
      let none = try await store.unmatched(provider: "none")
      #expect(none == [])
    }
  }

  @Test func whatIsFoundLaterIsForgotten() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    await store.noteUnmatched(question("Harbor", at: 1, year: 2014, file: "a.mkv"))
    let commits = database.commits
    await store.forgetUnmatched(provider: "tv", kind: .show, title: "Harbor", year: nil, file: "a.mkv")
    await store.forgetUnmatched(provider: "tv", kind: .movie, title: "Harbor", year: 2014, file: "a.mkv")
    #expect(database.commits == commits, "nothing was there to forget")
    #expect(try await store.unmatched(provider: "tv").count == 1)
    await store.forgetUnmatched(provider: "tv", kind: .show, title: "Harbor", year: 2014, file: "a.mkv")
    #expect(try await store.unmatched(provider: "tv") == [])
  }

  @Test func onlyTheLastTenThousandAreKept() async throws {
    try await fixture.use { store in
      // The oldest question is asked again in the end, and so stays.
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<WorkStore.unmatchedLimit {
          group.addTask { await store.noteUnmatched(question("Title \(number)", at: Int64(number))) }
        }
      }
      await store.noteUnmatched(question("Title 0", at: 20_000))
      for number in 0..<5 { await store.noteUnmatched(question("New \(number)", at: 30_000)) }
      let kept = try await store.unmatched(provider: "tv")
      #expect(kept.count == WorkStore.unmatchedLimit)
      #expect(kept.map(\.lastAsked).min() == 6)
      #expect(kept.contains { $0.title == "Title 0" && $0.times == 2 })
    }
  }
}
