import MetadataModel
import Testing

@testable import TitleMatching

@Suite struct AgreementTests {
  /// "alpha-1 Harbour 2010 tt1": source and number, title, year or "-", imdb id or "-".
  private func judgement(_ text: String) throws -> Judgement {
    let words = text.split(separator: " ").map(String.init)
    let id = words[0].split(separator: "-")
    let item = try #require(ItemID("\(id[0])-movie-\(id[1])"))
    var candidate = Candidate(id: item, title: words[1], year: Int(words[2]))
    if words[3] != "-" { candidate.externalIDs = ["imdb": words[3]] }
    return Judgement(candidate, Wanted(title: "Harbour", year: nil, language: nil))
  }

  @Test(
    "joins candidates of several sources by a shared id, or by title and year",
    arguments: [
      ("alpha-1 Harbour 2010 tt1", "beta-1 Port 1990 tt1", 1),
      ("alpha-1 Harbour 2010 -", "beta-1 HARBOUR 2010 -", 1),
      ("alpha-1 Harbour 2010 tt1", "beta-1 Harbour 2010 -", 1),
      ("alpha-1 Harbour 2010 tt1", "beta-1 Harbour 2010 tt2", 2),
      ("alpha-1 Harbour 2010 -", "beta-1 Harbour 2011 -", 2),
      ("alpha-1 Harbour - -", "beta-1 Harbour 2010 -", 2),
      ("alpha-1 Harbour 2010 -", "beta-1 Mountain 2010 -", 2),
      ("alpha-1 Harbour 2010 tt1", "alpha-2 Harbour 2010 tt1", 2),
    ])
  func joins(one: String, other: String, count: Int) throws {
    let replies = [[try judgement(one)], [try judgement(other)]]
    #expect(Agreement.among(replies).count == count)
    #expect(Agreement.among(replies.reversed()).count == count)
  }

  @Test("joins by the original title, and not by another name")
  func original() throws {
    let one = try judgement("alpha-1 Port 2010 -").candidate
    let other = try judgement("beta-1 Harbour 2010 -")
    func agreements(_ change: (inout Candidate) -> Void) -> Int {
      var changed = one
      change(&changed)
      return Agreement.among([[Judgement(changed, Wanted(title: "Harbour", year: nil, language: nil))], [other]]).count
    }
    #expect(agreements { $0.originalTitle = "Harbour" } == 1)
    #expect(agreements { $0.alternativeTitles = ["Harbour"] } == 2)
    #expect(
      agreements {
        $0.originalTitle = "Port"
        $0.alternativeTitles = ["Harbour"]
      } == 2)
  }

  @Test("a third source joins two only when it contradicts neither")
  func third() throws {
    let replies = try ["alpha-1 Harbour 2010 tt1", "beta-1 Harbour 2010 -", "gamma-1 Harbour 2010 tt2"]
      .map { [try judgement($0)] }
    #expect(Agreement.among(replies).map(\.members.count) == [2, 1])
  }

  @Test("the first source's candidate stands for all, judged as the best of them")
  func decided() throws {
    let replies = [[try judgement("alpha-1 Port 1990 tt1")], [try judgement("beta-1 Harbour 1990 tt1")]]
    let decided = try #require(Agreement.among(replies).first?.decided)
    #expect(decided.candidate.id.source == "alpha")
    #expect(decided.grade == .exact)
  }

  @Test("one without a year is the only other of its title, and none of several")
  func yearless() throws {
    let own = [try judgement("alpha-1 Harbour - -")]
    let one = Agreement.among([own, [try judgement("beta-1 Harbour 2010 -")]])
    #expect(one.map { $0.isYearlessTwin(among: one) } == [true, false])
    let two = Agreement.among([own, [try judgement("beta-1 Harbour 2010 -"), try judgement("beta-2 Harbour 1990 -")]])
    #expect(two.allSatisfy { !$0.isYearlessTwin(among: two) })
  }
}
