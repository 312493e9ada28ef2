import Testing

@testable import TitleMatching

@Suite struct TitleScoreTests {
  @Test(
    "grades how two titles are the same",
    arguments: [
      ("The Harbour", "the harbour!", .exact),
      ("The Harbour", "Harbour", .loose),
      ("Harbour, The", "The Harbour", .loose),
      ("Der Hafenmeister", "Hafenmeister", .loose),
      ("Das Boot", "Boot", .similar),
      ("Die Stadt am Meer", "Stadt am Meer", .similar),
      ("Harbour II", "Harbour 2", .loose),
      ("Harbour X", "Harbour 10", .loose),
      ("Harbour II", "Harbour III", .similar),
      ("S.W.A.T. Harbour", "SWAT Harbour", .loose),
      ("Harbour (2013)", "Harbour", .loose),
      ("Harbour (US)", "Harbour", .loose),
      ("Harbour (US)", "Harbour (UK)", .similar),
      ("Harbour (GB)", "Harbour (UK)", .loose),
      ("Harbour", "Harbours", .similar),
      ("", "", .similar),
    ] as [(String, String, TitleScore.Grade)])
  func grades(one: String, other: String, expected: TitleScore.Grade) {
    #expect(TitleScore.grade(FoldedTitle(one), FoldedTitle(other)) == expected)
    #expect(TitleScore.grade(FoldedTitle(other), FoldedTitle(one)) == expected)
  }

  @Test("the German article counts where German is asked for")
  func germanArticle() {
    let one = FoldedTitle("Die Stadt am Meer", language: "de-DE")
    #expect(TitleScore.grade(one, FoldedTitle("Stadt am Meer", language: "de-DE")) == .loose)
  }

  @Test(
    "only slips of the pen are very similar",
    arguments: [
      ("Harbour Lights", "Harbor Lights", true),
      ("Harbour Lights", "Harbuor Lights", true),
      ("Star Ship Harbour", "Starship Harbour", true),
      ("Harbour Lights 2", "Harbour Lights 3", false),
      ("Harbour Lights II", "Harbour Lights III", false),
      ("Harbour Lights", "Harbour Nights", false),
      ("A Very Long Story of the Old Harbour: East", "A Very Long Story of the Old Harbour: West", false),
      ("The Lover", "The Mover", false),
      ("Harbour Lights", "Harbour", false),
      ("Harbour", "Mountain", false),
    ])
  func slips(one: String, other: String, expected: Bool) {
    let similarity = TitleScore.similarity(FoldedTitle(one), FoldedTitle(other))
    #expect((similarity >= TitleScore.verySimilar) == expected, "similarity \(similarity)")
    #expect((0...1).contains(similarity))
  }

  @Test("nearer titles get the higher number")
  func order() {
    func near(_ other: String) -> Double {
      TitleScore.similarity(FoldedTitle("Harbour Lights at Dawn"), FoldedTitle(other))
    }
    #expect(near("Harbour Lights at Dusk") > near("Harbour Fires"))
    #expect(near("Harbour Fires") > near("Mountain"))
    #expect(near("Mountain") < 0.2)
  }
}
