import MetadataModel
import Testing

@testable import Works

@Suite struct WorkTests {
  @Test func aWorkKnowsTheRecordOfEachSource() throws {
    let first = try #require(ItemID("alpha-show-1"))
    let second = try #require(ItemID("beta-show-9"))
    let work = Work(key: first, members: [first, second], externalIDs: [:], title: "Harbor Lights", year: 2014)
    #expect(work.member(of: "beta") == second)
    #expect(work.member(of: "gamma") == nil)
  }
}
