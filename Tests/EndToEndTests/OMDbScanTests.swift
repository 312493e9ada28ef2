import TestSupport
import Testing

/// A Plex that scans from OMDb, which has no specials.
@Suite(.serialized) @OwnThread struct OMDbScanTests {
  private func stage() throws -> SourceStage {
    let fake = FakeOMDb()
    return try SourceStage("omdb", settings: ["apiKey": FakeOMDb.key], secrets: { [FakeOMDb.key] }) {
      fake.reply(to: $0)
    }
  }

  @Test func aShowCostsTwoCallsAndOneASeason() throws {
    let outcome = try stage().scanTwice("/tv") {
      try $0.scanShow(title: "Harbor Lights", year: 2014, seasons: Array(1...8))
    }
    #expect(outcome.calls.count == 10, "\(outcome.calls)")
    #expect(outcome.calls.filter { $0.query.contains("Season=") }.count == 8)
    let scan = outcome.scan
    #expect(scan.showGuid.hasSuffix("://show/omdb-show-tt99000082"))
    #expect(scan.episodes == Dictionary(uniqueKeysWithValues: (1...8).map { ($0, 20) }))
    #expect(scan.show == ScriptedPlex.Scan.Item(title: "Harbor Lights", year: 2014, pictures: 1, children: 8))
    #expect(scan.episode(8, 20)?.title == "Part 8.20")
  }

  @Test func aMovieCostsTwoCalls() throws {
    let outcome = try stage().scanTwice("/movie") { try $0.scanMovie(title: "The Paper Harbor", year: 1923) }
    #expect(outcome.calls.count == 2, "\(outcome.calls)")
    #expect(outcome.scan.showGuid.hasSuffix("://movie/omdb-movie-tt99000301"))
    #expect(outcome.scan.show == ScriptedPlex.Scan.Item(title: "The Paper Harbor", year: 1923, pictures: 1))
  }
}
