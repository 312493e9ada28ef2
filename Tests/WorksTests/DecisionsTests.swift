import MetadataModel
import TestSupport
import Testing

@testable import Works

@Suite @OwnThread struct DecisionsTests {
  let fixture = WorksFixture()

  @Test func aDecisionIsKeptForItsHintsAndProvider() async throws {
    let decision = KeptDecision(key: id("alpha-show-1"), rule: "title and year", decidedAt: 5)
    try await fixture.use { store in
      #expect(await store.decision(for: "harbor lights|2014", provider: "tv") == nil)
      await store.keep(decision, for: "harbor lights|2014", provider: "tv")
      #expect(await store.decision(for: "harbor lights|2014", provider: "anime") == nil)
      #expect(await store.decision(for: "harbor lights|", provider: "tv") == nil)
    }
    try await fixture.use { store in
      #expect(await store.decision(for: "harbor lights|2014", provider: "tv") == decision)
    }
  }

  @Test func aLaterDecisionTakesTheFormersPlaceAndCanBeForgotten() async throws {
    try await fixture.use { store in
      for number in 1...2 {
        let decision = KeptDecision(key: id("alpha-show-\(number)"), rule: "r", decidedAt: 5)
        await store.keep(decision, for: "h", provider: "tv")
      }
      #expect(await store.decision(for: "h", provider: "tv")?.key == id("alpha-show-2"))
      await store.forgetDecision(for: "h", provider: "other")
      #expect(await store.decision(for: "h", provider: "tv") != nil)
      await store.forgetDecision(for: "h", provider: "tv")
      #expect(await store.decision(for: "h", provider: "tv") == nil)
    }
  }
}
