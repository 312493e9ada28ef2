import Testing

@testable import TitleMatching

@Suite struct TitleFoldingTests {
  @Test(
    "folds a title to words",
    arguments: [
      ("The Paper Lantern", "the paper lantern"),
      ("  Paper   Lantern ", "paper lantern"),
      ("PAPER LANTERN", "paper lantern"),
      ("Café Übermut", "cafe ubermut"),
      ("Cafe\u{301}", "cafe"),
      ("Straße", "strasse"),
      ("Ærø", "aero"),
      ("Łódź", "lodz"),
      ("Smørrebrød", "smorrebrod"),
      ("The Miller's Tale", "the millers tale"),
      ("The Miller\u{2019}s Tale", "the millers tale"),
      ("Salt & Pepper", "salt and pepper"),
      ("Salt + Pepper", "salt and pepper"),
      ("Channel+", "channel"),
      ("8½ Lanterns", "8 1 2 lanterns"),
      ("Salt&Pepper", "salt and pepper"),
      ("Salt \u{FF06} Pepper", "salt and pepper"),
      ("Half-Light: A Story", "half light a story"),
      ("Lantern™", "lantern"),
      ("ＬＡＮＴＥＲＮ", "lantern"),
      ("Lan\u{200B}tern\u{00AD}", "lantern"),
      ("ГОРОД Й", "город и"),
      ("Ελένη", "ελενη"),
      ("がくしゃ", "がくしゃ"),
      ("ガクシャ", "ガクシャ"),
      ("東京の灯", "東京の灯"),
      ("ทะเล", "ทะเล"),
      ("हिन्दी", "हिन्दी"),
      ("مَدينة", "مدينة"),
      ("1917", "1917"),
      ("???", "???"),
      ("   ", ""),
      ("", ""),
    ])
  func folds(title: String, expected: String) {
    // Compared by canonical equivalence: the folded form is decomposed.
    #expect(TitleFolding.words(title).joined(separator: " ") == expected)
  }

  @Test(
    "plain titles fold as they would among other letters",
    arguments: [
      "The Paper-Lantern", "Miller's `Tale`", "Salt&Pepper_2", "A + B", "x\ty\u{7}z", "S.W.A.T.", "Q&A: (Part 1)!",
    ])
  func plainTitles(title: String) {
    for style in [TitleFolding.Style.plain, .apostrophesPart, .hyphensJoin, .umlautsAsTwoLetters] {
      #expect(TitleFolding.words(title, style) + ["東"] == TitleFolding.words(title + " 東", style))
    }
  }

  @Test("a letter with a mark of its own is another letter", arguments: [("か", "が"), ("हि", "ही"), ("ハ", "パ")])
  func keepsMarks(one: String, other: String) {
    #expect(TitleFolding.words(one) != TitleFolding.words(other))
  }

  @Test("looks at 500 scalars of a title and no more")
  func bounds() {
    let long = String(repeating: "a", count: 100_000)
    #expect(TitleFolding.words(long) == [String(repeating: "a", count: 500)])
    let marks = "x" + String(repeating: "\u{0301}", count: 100_000)
    #expect(TitleFolding.bounded(marks).unicodeScalars.count == 500)
  }

  @Test(
    "takes a year and a country off the end",
    arguments: [
      ("Lantern (2019)", "Lantern", 2019, nil),
      ("Lantern (US)", "Lantern", nil, "US"),
      ("Lantern (USA)", "Lantern", nil, "US"),
      ("Lantern (GB)", "Lantern", nil, "UK"),
      ("Lantern (US) (2019)", "Lantern", 2019, "US"),
      ("Lantern (2019) (US)", "Lantern", 2019, "US"),
      ("Lantern (1019)", "Lantern (1019)", nil, nil),
      ("Lantern (us)", "Lantern (us)", nil, nil),
      ("Lantern (Remastered)", "Lantern (Remastered)", nil, nil),
      ("(2019)", "(2019)", nil, nil),
      ("Lantern 2019", "Lantern 2019", nil, nil),
    ] as [(String, String, Int?, String?)])
  func splits(title: String, base: String, year: Int?, country: String?) {
    let parts = FoldedTitle.split(title)
    #expect(parts.base == base)
    #expect(parts.year == year)
    #expect(parts.country == country)
  }
}
