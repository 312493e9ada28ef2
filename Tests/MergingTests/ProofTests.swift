import MetadataModel
import Testing

@testable import Merging

@Suite struct ProofTests {
  private func verdict(
    _ one: (inout MediaItem) -> Void, _ other: (inout MediaItem) -> Void
  ) throws -> Proof {
    Proof.of(try record("alpha", kind: .movie, one).item, try record("beta", kind: .movie, other).item)
  }

  @Test func aSharedIdProves() throws {
    let proof = try verdict({ $0.externalIDs = ["imdb": "tt1"] }, { $0.externalIDs = ["imdb": "tt1"] })
    #expect(proof == .same("imdb id tt1"))
  }

  @Test func aRecordsOwnIdCountsUnderItsSourcesName() throws {
    let proof = try verdict({ _ in }, { $0.externalIDs = ["alpha": "1"] })
    #expect(proof == .same("alpha id 1"))
  }

  @Test func oneIdThatDiffersOutweighsOneThatIsShared() throws {
    let proof = try verdict(
      { $0.externalIDs = ["imdb": "tt1", "tvdb": "5"] }, { $0.externalIDs = ["imdb": "tt1", "tvdb": "6"] })
    #expect(proof == .different("alpha-movie-1 has the tvdb id 5, beta-movie-1 6"))
  }

  @Test func theTitleAloneProvesNothing() throws {
    #expect(try verdict({ _ in }, { _ in }) == .unproven)
    #expect(try verdict({ $0.year = 2014 }, { _ in }) == .unproven)
    #expect(try verdict({ $0.year = 2014 }, { $0.year = 2015 }) == .unproven)
  }

  @Test func titleAndYearProve() throws {
    let proof = try verdict(
      { $0.year = 2014 },
      {
        $0.title = "The Harbor Lights"
        $0.released = CalendarDate("2014-05-01")
      })
    #expect(proof == .same("title and year"))
  }

  @Test func aTranslatedTitleIsAsGood() throws {
    let proof = try verdict(
      { $0.year = 2014 },
      {
        $0.title = "Hafenlichter"
        $0.originalTitle = "Harbor Lights"
        $0.year = 2014
      })
    #expect(proof == .same("title and year"))
  }

  @Test func lengthsThatDifferKeepApart() throws {
    let proof = try verdict(
      {
        $0.year = 2014
        $0.duration = 90 * 60_000
      },
      {
        $0.year = 2014
        $0.duration = 120 * 60_000
      })
    #expect(proof == .different("same title and year, but 90 and 120 minutes long"))
  }

  @Test func lengthsThatNoFilmHasKeepApartToo() throws {
    let proof = try verdict(
      {
        $0.year = 2014
        $0.duration = .min
      },
      {
        $0.year = 2014
        $0.duration = .max
      })
    guard case .different = proof else {
      Issue.record("\(proof)")
      return
    }
  }

  @Test func seasonsThatDifferKeepApart() throws {
    let one = try record("alpha") { $0.year = 2014 }.item
    let other = try record("beta") { $0.year = 2014 }.item
    #expect(Proof.of(one, other, seasons: (8, 2)) == .different("same title and year, but 8 and 2 seasons"))
    #expect(Proof.of(one, other, seasons: (8, 7)) == .same("title and year"))
  }

  @Test func anotherKindIsAnotherWork() throws {
    let proof = Proof.of(try record("alpha", kind: .movie).item, try record("beta", kind: .show).item)
    #expect(proof == .different("alpha-movie-1 is a movie, beta-show-1 a show"))
  }
}
