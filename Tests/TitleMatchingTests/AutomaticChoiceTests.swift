import MetadataModel
import Testing

@testable import TitleMatching

@Suite struct AutomaticChoiceTests {
  /// The number of the one chosen ("1 certainly" when no other source need be asked), "several" or "none". Candidates are (title, year, source's opinion).
  private func chosen(
    _ title: String, _ year: Int?, _ sources: [[(String, Int?, Double?)]]
  ) throws -> String {
    let wanted = Wanted(title: title, year: year, language: nil)
    var number = 0
    let replies = try zip(["alpha", "beta", "gamma"], sources).map { source, candidates in
      try candidates.map { candidate in
        number += 1
        let id = try #require(ItemID("\(source)-movie-\(number)"))
        var found = Candidate(id: id, title: candidate.0, year: candidate.1)
        found.score = candidate.2
        return Judgement(found, wanted)
      }
    }
    let choice = AutomaticChoice.among(replies)
    switch choice {
    case .accepted(let judgement, _):
      return judgement.candidate.id.value + (choice.isCertain(wanted) ? " certainly" : "")
    case .ambiguous: return "several"
    case .none: return "none"
    }
  }

  @Test("only the very title in the very year is certain at the first source")
  func certain() throws {
    #expect(try chosen("Harbour", 2010, [[("Harbour", 2010, nil)]]) == "1 certainly")
    #expect(try chosen("Harbour", 2010, [[("Harbour", 2011, nil)]]) == "1")
    #expect(try chosen("Harbour", 2010, [[("The Harbour", 2010, nil)]]) == "1")
    #expect(try chosen("Harbour", nil, [[("Harbour", 2010, nil)]]) == "1")
  }

  @Test("an id that is still to be proven leaves nothing certain")
  func unprovenID() throws {
    let candidate = Candidate(id: try #require(ItemID("alpha-movie-1")), title: "Harbour", year: 2010)
    let wanted = Wanted(title: "Harbour", year: 2010, externalIDs: ["imdb": "tt1"], language: nil)
    #expect(!AutomaticChoice.among([[Judgement(candidate, wanted)]]).isCertain(wanted))
  }

  @Test("a surer title at another source beats a doubtful one at the first")
  func surer() throws {
    #expect(try chosen("Harbour", 2010, [[("Harbour", 2011, nil)], [("Harbour", 2010, nil)]]) == "2 certainly")
    #expect(try chosen("Harbour", nil, [[("The Harbour", 2011, nil)], [("Harbour", 2010, nil)]]) == "2")
    #expect(try chosen("Harbour", nil, [[("Harbour", 2011, nil)], [("Harbour", 2010, nil)]]) == "several")
  }

  @Test("the right year of a doubtful title and a doubtful year of the right title decide nothing")
  func doubtful() throws {
    #expect(try chosen("Harbour", 2010, [[("The Harbour", 2010, nil), ("Harbour", 2011, nil)]]) == "several")
    #expect(try chosen("Harbour", 2010, [[("The Harbour", 2010, nil), ("Harbour", nil, nil)]]) == "several")
    #expect(try chosen("Harbour", 2010, [[("The Harbour", 2010, nil), ("Harbour", 2014, nil)]]) == "1")
  }

  @Test("a source's opinion decides only when it is clear, and only between its own candidates")
  func favourite() throws {
    #expect(try chosen("Harbour", nil, [[("Harbour", 1990, 0.9), ("Harbour", 2010, 0.2)]]) == "1")
    #expect(try chosen("Harbour", nil, [[("Harbour", 1990, 0.9), ("Harbour", 2010, 0.5)]]) == "several")
    #expect(try chosen("Harbour", nil, [[("Harbour", 1990, 0.9)], [("Harbour", 2010, 0.2)]]) == "several")
  }

  @Test("without a year a name may as well be the one with a country behind it")
  func country() throws {
    #expect(try chosen("Harbour", nil, [[("Harbour", 2001, nil), ("Harbour (US)", 2005, nil)]]) == "several")
    #expect(try chosen("Harbour (US)", nil, [[("Harbour", 2001, nil), ("Harbour (US)", 2005, nil)]]) == "2")
    #expect(try chosen("Harbour (US)", 2001, [[("Harbour", 2001, nil), ("Harbour (US)", 2005, nil)]]) == "several")
    #expect(try chosen("Harbour", 2005, [[("Harbour", 2001, nil), ("Harbour (US)", 2005, nil)]]) == "2")
  }
}
