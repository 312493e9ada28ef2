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
      ("Harbour IV: Dawn", "Harbour 4 Dawn", .loose),
      ("Harbour Part One", "Harbour: Part I", .loose),
      ("Harbour Vol. 2", "Harbour Volume II", .loose),
      ("Harbour V Dawn", "Harbour 5 Dawn", .similar),
      ("X", "10", .similar),
      ("Twelve Harbours", "12 Harbours", .loose),
      ("Harbour, La", "La Harbour", .loose),
      ("A Harbour", "The Harbour", .similar),
      ("L'Horizon", "Horizon", .loose),
      ("Miller's Tale", "Miller s Tale", .loose),
      ("Half-Light", "Halflight", .loose),
      ("Half Light", "Halflight", .similar),
      ("Übermut", "Uebermut", .loose),
      ("Smørrebrød", "Smoerrebroed", .loose),
      ("Salz & Pfeffer", "Salz und Pfeffer", .loose),
      ("Salz & Pfeffer", "Salz Pfeffer", .similar),
      ("Dr. Marsh", "Doctor Marsh", .loose),
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
      ("Harbours of the Theatre", "Harbors of the Theater", true),
      ("The Harbour Lights", "Harbor Lights", true),
      ("The Harbour Lights", "A Harbor Lights", false),
      ("Harbour Lighthouses", "Harbour Lighthuoses", true),
      ("Harbour Lighthouses", "Harbour Lighthuses", true),
      ("Harbour Lighthouse", "Harbour Lighthouses", false),
      ("Good Morning", "Good Mourning", false),
      ("Friends", "Fiends", false),
      ("Now Here", "Nowhere", false),
      ("東京 の灯", "東京の灯", true),
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
