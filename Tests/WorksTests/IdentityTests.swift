import MetadataModel
import Storage
import Support
import TestSupport
import Testing

@testable import Works

@Suite @OwnThread struct IdentityTests {
  let fixture = WorksFixture()

  @Test func theFirstRecordMakesTheWorkAndItsKey() async throws {
    try await fixture.use { store in
      #expect(await store.work(of: id("alpha-show-1")) == nil)
      let outcome = await store.join(
        member("alpha-show-1", ["imdb": "tt1"]), to: id("alpha-show-1"), saidBy: "alpha")
      let expected = Work(
        key: id("alpha-show-1"), members: [id("alpha-show-1")], externalIDs: ["imdb": "tt1", "alpha": "1"],
        title: "Harbor Lights", year: 2014)
      #expect(outcome == .joined(expected))
      #expect(await store.work(of: id("alpha-show-1")) == expected)
    }
  }

  @Test func recordsOfOtherSourcesJoinAndAreFoundByTheirIDs() async throws {
    try await fixture.use { store in
      let key = id("alpha-show-1")
      _ = await store.join(member("alpha-show-1", ["imdb": "tt1"]), to: key, saidBy: "alpha")
      let work = await store.join(member("beta-show-7", ["imdb": "tt1", "tvdb": "9"]), to: key, saidBy: "beta").work
      #expect(work?.members == [key, id("beta-show-7")])
      #expect(work?.externalIDs == ["alpha": "1", "beta": "7", "imdb": "tt1", "tvdb": "9"])
      #expect(await store.work(of: id("beta-show-7")) == work)
      for ids: ExternalIDs in [["imdb": "tt1"], ["tvdb": "9"], ["beta": "7"], ["alpha": "1"], ["x": "1", "tvdb": "9"]] {
        #expect(await store.works(of: .show, with: ids).map(\.key) == [key], "\(ids.sorted)")
        #expect(await store.works(of: .movie, with: ids) == [], "\(ids.sorted)")
      }
      for ids: ExternalIDs in [[:], ["imdb": "tt2"], ["tvdb": "tt1"], ["beta": "1"]] {
        #expect(await store.works(of: .show, with: ids) == [], "\(ids.sorted)")
      }
    }
  }

  @Test func aRecordMayBringAKeyThatNobodyKnows() async throws {
    try await fixture.use { store in
      let work = await store.join(member("beta-show-7"), to: id("alpha-show-1"), saidBy: "beta").work
      #expect(work?.key == id("alpha-show-1"))
      #expect(work?.members == [id("alpha-show-1"), id("beta-show-7")])
      #expect(await store.work(of: id("alpha-show-1")) == work)
    }
  }

  @Test(arguments: [
    ("beta-show-7", ["imdb": "tt2"], "beta-show-7 has the imdb id tt2, alpha-show-1 has tt1"),
    ("beta-show-7", ["imdb": "tt1", "tvdb": "8"], "beta-show-7 has the tvdb id 8, alpha-show-1 has 9"),
    ("beta-show-7", ["alpha": "2"], "beta-show-7 has the alpha id 2, alpha-show-1 has 1"),
    ("tvdb-show-8", [:], "tvdb-show-8 has the tvdb id 8, alpha-show-1 has 9"),
    ("alpha-show-2", [:], "alpha-show-2 is another record of alpha than alpha-show-1, which alpha-show-1 has"),
    ("beta-movie-7", [:], "beta-movie-7 is a movie, alpha-show-1 is a show"),
  ])
  func aContradictionChangesNothingAndIsSaidOnce(_ text: String, _ ids: [String: String], _ sentence: String)
    async throws
  {
    try await fixture.use { store in
      let key = id("alpha-show-1")
      _ = await store.join(member("alpha-show-1", ["imdb": "tt1"]), to: key, saidBy: "alpha")
      let before = await store.join(member("gamma-show-3", ["tvdb": "9"]), to: key, saidBy: "gamma").work
      for _ in 0..<3 {
        let outcome = await store.join(member(text, ExternalIDs(ids)), to: key, saidBy: "beta")
        #expect(outcome == .contradiction(sentence))
      }
      #expect(await store.work(of: key) == before)
      #expect(await store.work(of: id(text)) == nil)
      #expect(fixture.messages(.warning) == ["two records are kept apart: \(sentence)"])
    }
  }

  @Test func aNewWorkIsHeldToTheSameRules() async throws {
    try await fixture.use { store in
      let outcome = await store.join(member("alpha-show-2"), to: id("alpha-show-1"), saidBy: "alpha")
      #expect(outcome.contradiction != nil)
      #expect(await store.work(of: id("alpha-show-1")) == nil)
      let other = await store.join(member("beta-show-7", ["alpha": "5"]), to: id("alpha-show-1"), saidBy: "beta")
      #expect(other.contradiction == "beta-show-7 has the alpha id 5, alpha-show-1 has 1")
    }
  }

  @Test func theIDThatARecordSaysOfItselfGoesBeforeItsKey() async throws {
    try await fixture.use { store in
      let key = id("alpha-movie-imdb-tt1")
      let work = await store.join(member("alpha-movie-imdb-tt1", ["alpha": "77"]), to: key, saidBy: "alpha").work
      #expect(work?.externalIDs["alpha"] == "77")
      #expect(await store.join(member("beta-movie-2", ["alpha": "77"]), to: key, saidBy: "beta").work != nil)
      #expect(await store.works(of: .movie, with: ["alpha": "77"]).map(\.key) == [key])
      #expect(await store.works(of: .movie, with: ["alpha": "imdb-tt1"]).map(\.key) == [key])
    }
  }

  @Test func aRecordBelongsToOneWorkOnly() async throws {
    try await fixture.use { store in
      let (first, second) = (id("alpha-show-1"), id("alpha-show-2"))
      _ = await store.join(member("alpha-show-1"), to: first, saidBy: "alpha")
      _ = await store.join(member("alpha-show-2"), to: second, saidBy: "alpha")
      _ = await store.join(member("beta-show-7"), to: first, saidBy: "beta")
      #expect(await store.join(member("beta-show-7"), to: second, saidBy: "beta") == .belongsTo(first))
      #expect(await store.join(member("beta-show-7"), to: id("gamma-show-3"), saidBy: "beta") == .belongsTo(first))
      #expect(await store.work(of: id("gamma-show-3")) == nil)
      // Its own id is no key of its own any more, but stands for the work.
      #expect(await store.join(member("beta-show-7"), to: id("beta-show-7"), saidBy: "beta") == .belongsTo(first))
      let joined = await store.join(member("gamma-show-3"), to: id("beta-show-7"), saidBy: "gamma").work
      #expect(joined?.key == first && joined?.members.count == 3)
    }
  }

  @Test func worksUnderOneIDComeInTheOrderInWhichTheyWereGiven() async throws {
    try await fixture.use { store in
      for number in [3, 1, 2] {
        let text = "alpha-show-\(number)"
        _ = await store.join(member(text, ["imdb": "tt1"]), to: id(text), saidBy: "alpha")
      }
      #expect(await store.works(of: .show, with: ["imdb": "tt1"]).map(\.key.value) == ["3", "1", "2"])
    }
  }

  @Test func titleAndYearFollowTheKeysOwnRecord() async throws {
    try await fixture.use { store in
      let key = id("alpha-show-1")
      _ = await store.join(member("alpha-show-1"), to: key, saidBy: "alpha")
      var work = await store.join(member("beta-show-7", [:], "Hafenlichter", 2015), to: key, saidBy: "beta").work
      #expect(work?.title == "Harbor Lights" && work?.year == 2014)
      work = await store.join(member("alpha-show-1", [:], "Harbor Lights!", 2013), to: key, saidBy: "alpha").work
      #expect(work?.title == "Harbor Lights!" && work?.year == 2013)
      work = await store.join(member("alpha-show-1", [:], "", nil), to: key, saidBy: "alpha").work
      #expect(work?.title == "Harbor Lights!" && work?.year == 2013)
    }
  }

  @Test func aSourceMayCorrectWhatItAloneHasClaimed() async throws {
    try await fixture.use { store in
      let key = id("alpha-show-1")
      _ = await store.join(member("alpha-show-1", ["imdb": "tt1"]), to: key, saidBy: "alpha")
      let corrected = await store.join(member("alpha-show-1", ["imdb": "tt2"]), to: key, saidBy: "alpha").work
      #expect(corrected?.externalIDs["imdb"] == "tt2")
      #expect(await store.works(of: .show, with: ["imdb": "tt1"]) == [])
      _ = await store.join(member("beta-show-7", ["imdb": "tt2"]), to: key, saidBy: "beta")
      let third = await store.join(member("alpha-show-1", ["imdb": "tt3"]), to: key, saidBy: "alpha")
      #expect(third.contradiction == "alpha-show-1 has the imdb id tt3, alpha-show-1 has tt2")
      #expect(await store.work(of: key)?.externalIDs["imdb"] == "tt2")
    }
  }

  @Test func joiningWhatIsKnownWritesNothing() async throws {
    let database = try fixture.database()
    defer { database.close() }
    let store = fixture.store(database)
    let (first, second) = (member("alpha-show-1", ["imdb": "tt1"]), member("beta-show-7", ["tvdb": "9"]))
    let key = first.id
    _ = await store.join(first, to: key, saidBy: "alpha")
    let joined = await store.join(second, to: key, saidBy: "beta")
    let commits = database.commits
    for _ in 0..<20 { #expect(await store.join(second, to: key, saidBy: "beta") == joined) }
    _ = await store.join(member("beta-show-7", [:], "Other", 1999), to: key, saidBy: "alpha")
    _ = await store.join(member("beta-show-7", ["imdb": "tt2"]), to: key, saidBy: "alpha")
    #expect(database.commits == commits)
  }

  @Test func aHundredRequestsForOneNewWorkMakeOne() async throws {
    try await fixture.use { store in
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          let source = ["alpha", "beta", "gamma"][number % 3]
          group.addTask {
            _ = await store.join(member("\(source)-show-1", ["imdb": "tt1"]), to: id("alpha-show-1"), saidBy: source)
          }
        }
      }
      #expect(await store.works(of: .show, with: ["imdb": "tt1"]).count == 1)
      #expect(Set(await store.work(of: id("alpha-show-1"))?.members ?? []).count == 3)
    }
  }

  @Test func everythingIsThereAfterARestart() async throws {
    let work = try await fixture.use { store in
      _ = await store.join(member("alpha-show-1", ["imdb": "tt1"]), to: id("alpha-show-1"), saidBy: "alpha")
      return await store.join(member("beta-show-7", ["tvdb": "9"]), to: id("alpha-show-1"), saidBy: "beta").work
    }
    #expect(work?.members.count == 2)
    try await fixture.use { store in #expect(await store.work(of: id("beta-show-7")) == work) }
  }
}
