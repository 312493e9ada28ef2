import MetadataModel
import Storage
import TestSupport
import Testing

@testable import Works

@Suite @OwnThread struct WorkStoreTests {
  let fixture = WorksFixture()

  @Test func aFailingDatabaseKnowsNothingAndSaysSoOnceAMinute() async throws {
    let database = try fixture.database()
    let store = fixture.store(database)
    let key = id("alpha-show-1")
    _ = await store.join(member("alpha-show-1"), to: key, saidBy: "alpha")
    database.close()
    for _ in 0..<20 {
      #expect(await store.work(of: key) == nil)
      #expect(await store.works(of: .show, with: ["alpha": "1"]) == [])
      #expect(await store.children(of: key) == [])
      #expect(await store.place(of: id("alpha-episode-1")) == nil)
      #expect(await store.decision(for: "h", provider: "tv") == nil)
      await store.join([ChildLink(key: key, member: key, season: 1, episode: 1)], of: key)
      await store.keep(KeptDecision(key: key, rule: "r", decidedAt: 1), for: "h", provider: "tv")
      await store.forgetUnmatched(provider: "tv", kind: .show, title: "t", year: nil, file: nil)
    }
    #expect(fixture.messages(.error).count == 1)
    fixture.time.advance(milliseconds: 60_000)
    _ = await store.work(of: key)
    #expect(fixture.messages(.error).count == 2)
    #expect(fixture.messages(.error).first?.contains("works.sqlite is closed") == true)
  }

  @Test func withoutADatabaseTheCallersWordIsTaken() async throws {
    let database = try fixture.database()
    let store = fixture.store(database)
    database.close()
    let key = id("alpha-show-1")
    let work = await store.join(member("beta-show-7", ["imdb": "tt1"]), to: key, saidBy: "beta").work
    #expect(work?.members == [key, id("beta-show-7")] && work?.externalIDs["imdb"] == "tt1")
    #expect(await store.join(member("alpha-show-2"), to: key, saidBy: "alpha").contradiction != nil)
  }
}
