import MetadataModel
import Testing

@testable import Library

/// A candidate of the table: `1` to `9` names it in the expectation.
private struct Known: Sendable {
  var number: Int
  var title: String
  var year: Int?
  var original: String?
  var aliases: [String]?
  var score: Double?

  init(
    _ number: Int, _ title: String, _ year: Int? = nil, original: String? = nil, aliases: [String]? = nil,
    score: Double? = nil
  ) {
    self.number = number
    self.title = title
    self.year = year
    self.original = original
    self.aliases = aliases
    self.score = score
  }

  func candidate() throws -> Candidate {
    try LibraryTests.candidate("alpha-movie-\(number)", title, year) {
      $0.originalTitle = original
      $0.alternativeTitles = aliases
      $0.score = score
    }
  }
}

/// What is asked, what the source offers in this order, and which number is right; nil: nothing may be chosen.
struct MatchCase: Sendable, CustomTestStringConvertible {
  fileprivate let known: [Known]
  let category: String
  let title: String
  let year: Int?
  let expected: Int?
  var language: String?

  fileprivate init(
    _ category: String, _ title: String, _ year: Int?, _ known: [Known], _ expected: Int?, language: String? = nil
  ) {
    self.category = category
    self.title = title
    self.year = year
    self.known = known
    self.expected = expected
    self.language = language
  }

  var testDescription: String {
    "\(category): \(title) \(year.map(String.init) ?? "") -> \(expected.map(String.init) ?? "none")"
  }

  fileprivate func candidates() throws -> [Candidate] { try known.map { try $0.candidate() } }
}

private let table: [MatchCase] = [
  // Exact.
  MatchCase("exact", "The Paper Lantern", 2019, [Known(1, "The Paper Lantern", 2019)], 1),
  MatchCase("exact", "the paper LANTERN", 2019, [Known(1, "The Paper Lantern", 2019)], 1),
  MatchCase(
    "exact", "The Paper Lantern", 2019, [Known(1, "Paper Moon Lake", 2019), Known(2, "The Paper Lantern", 2019)], 2),
  MatchCase(
    "exact", "Harbour", 2001, [Known(1, "Harbour", 1958), Known(2, "Harbour", 2001), Known(3, "Harbour", 2020)], 2),
  MatchCase("exact", "Harbour", nil, [Known(1, "Harbour", 1958)], 1),
  MatchCase("exact", "Harbour", 1958, [Known(1, "Harbour")], 1),
  MatchCase("exact", "1984 Miles", 1999, [Known(1, "1984 Miles", 1999)], 1),
  // The year.
  MatchCase("one year off", "Glass River", 2010, [Known(1, "Glass River", 2011)], 1),
  MatchCase("one year off", "Glass River", 2010, [Known(1, "Glass River", 2009)], 1),
  MatchCase("one year off", "Glass River", 2010, [Known(1, "Glass River", 2011), Known(2, "Glass River", 2010)], 2),
  MatchCase("one year off", "Glass River", 2010, [Known(1, "Glass River", 2009), Known(2, "Glass River", 2011)], nil),
  MatchCase("one year off", "Glass River", 2010, [Known(1, "Glass River", 2011), Known(2, "Glass River", 1990)], 1),
  MatchCase("one year off", "Glass Rivers", 2010, [Known(1, "Glass River", 2011)], nil),
  MatchCase("wrong decade", "Glass River", 2010, [Known(1, "Glass River", 1990)], nil),
  MatchCase("wrong decade", "Glass River", 2010, [Known(1, "Glass River", 2012)], nil),
  MatchCase("wrong decade", "Glass River", 2010, [Known(1, "Glass River", 2008, score: 1)], nil),
  MatchCase("wrong decade", "Glass River", 2010, [Known(1, "Glass River", 1990), Known(2, "Glass Rover", 2010)], nil),
  // Several alike.
  MatchCase("ambiguous", "Glass River", nil, [Known(1, "Glass River", 1990), Known(2, "Glass River", 2010)], nil),
  MatchCase(
    "ambiguous", "Glass River", nil,
    [Known(1, "Glass River", 1990, score: 0.6), Known(2, "Glass River", 2010, score: 0.7)], nil),
  MatchCase(
    "ambiguous", "Glass River", nil,
    [Known(1, "Glass River", 1990, score: 0.2), Known(2, "Glass River", 2010, score: 0.9)], 2),
  MatchCase("ambiguous", "Glass River", 2010, [Known(1, "Glass River", 2010), Known(2, "Glass River", 2010)], nil),
  MatchCase("ambiguous", "Glass River", 2010, [Known(1, "Glass River"), Known(2, "Glass River")], nil),
  MatchCase("ambiguous", "Glass River", 2010, [Known(1, "Glass River"), Known(2, "Glass River", 2010)], 2),
  MatchCase("ambiguous", "Mist", nil, [Known(1, "The Mist", 2007), Known(2, "Mist", 2003)], 2),
  MatchCase(
    "ambiguous", "Glass River", nil,
    [Known(1, "Cold Water", 1999, aliases: ["Glass River"]), Known(2, "Glass River", 2003)], 2),
  MatchCase(
    "ambiguous", "Glass River", nil, [Known(1, "Glass River", 1990, score: .nan), Known(2, "Glass River", 2010)], nil),
  // Articles.
  MatchCase("article", "Paper Lantern", 2019, [Known(1, "The Paper Lantern", 2019)], 1),
  MatchCase("article", "The Paper Lantern", 2019, [Known(1, "Paper Lantern", 2019)], 1),
  MatchCase("article", "Paper Lantern, The", 2019, [Known(1, "The Paper Lantern", 2019)], 1),
  MatchCase("article", "Der Leuchtturm", 2015, [Known(1, "Leuchtturm", 2015)], 1),
  MatchCase("article", "Maison Rouge", 2003, [Known(1, "La Maison Rouge", 2003)], 1),
  MatchCase("article", "El Camino Viejo", 1977, [Known(1, "Camino Viejo", 1977)], 1),
  MatchCase("article", "Die Stadt am Meer", 2008, [Known(1, "Stadt am Meer", 2008)], 1, language: "de-DE"),
  MatchCase("article", "Slowly at Noon", 2008, [Known(1, "Die Slowly at Noon", 2008)], nil),
  MatchCase("article", "Hard", 1988, [Known(1, "Die Hard", 1988)], nil),
  MatchCase("article", "La", 1988, [Known(1, "La La", 1988)], nil),
  // Punctuation.
  MatchCase("punctuation", "Half Light A Story", 2012, [Known(1, "Half-Light: A Story", 2012)], 1),
  MatchCase("punctuation", "Millers Tale", 2012, [Known(1, "Miller's Tale", 2012)], 1),
  MatchCase("punctuation", "Wait... What", 2012, [Known(1, "Wait, What?!", 2012)], 1),
  MatchCase("punctuation", "S W A N", 2012, [Known(1, "S.W.A.N.", 2012)], 1),
  MatchCase("punctuation", "Moon-Walker", 2012, [Known(1, "Moonwalker", 2012)], 1),
  MatchCase("punctuation", "Now Here", 2012, [Known(1, "Nowhere", 2010)], nil),
  MatchCase("punctuation", "???", 2012, [Known(1, "???", 2012), Known(2, "!!!", 2012)], 1),
  // Other letters.
  MatchCase("non-ASCII", "Cafe Ubermut", 2006, [Known(1, "Café Übermut", 2006)], 1),
  MatchCase("non-ASCII", "Łódź Nights", 2006, [Known(1, "Lodz Nights", 2006)], 1),
  MatchCase("non-ASCII", "東京の灯", 2006, [Known(1, "東京の雨", 2006), Known(2, "東京の灯", 2006)], 2),
  MatchCase("non-ASCII", "Город у моря", 1979, [Known(1, "ГОРОД У МОРЯ", 1979)], 1),
  MatchCase("non-ASCII", "かき", 2006, [Known(1, "がき", 2006)], nil),
  MatchCase("non-ASCII", "Cafe\u{301} Noir", 2006, [Known(1, "Caf\u{E9} Noir", 2006)], 1),
  // Other names.
  MatchCase("alias", "Night Ferry", 2014, [Known(1, "The Last Crossing", 2014, aliases: ["Night Ferry", "Ferry"])], 1),
  MatchCase("alias", "Night Ferry", 2014, [Known(1, "The Last Crossing", 2004, aliases: ["Night Ferry"])], nil),
  MatchCase("alias", "Night Ferry", nil, [Known(1, "The Last Crossing", 2014, aliases: ["Night Ferry"])], 1),
  MatchCase(
    "translated", "Die weiße Brücke", 1962, [Known(1, "The White Bridge", 1962, original: "Die weisse Brücke")], 1),
  MatchCase("translated", "Le Pont Blanc", 1962, [Known(1, "The White Bridge", 1962, original: "Pont blanc")], 1),
  MatchCase(
    "translated", "The White Bridge", 1962, [Known(1, "Die weiße Brücke", 1962, original: "Die weiße Brücke")], nil),
  MatchCase("translated", "千の灯", 1962, [Known(1, "A Thousand Lights", 1962, original: "千の灯")], 1),
  // A year or country behind the name.
  MatchCase(
    "suffix", "Harbour Lights (2021)", nil, [Known(1, "Harbour Lights", 1999), Known(2, "Harbour Lights", 2021)], 2),
  MatchCase("suffix", "Harbour Lights (2021)", nil, [Known(1, "Harbour Lights", 1999)], nil),
  MatchCase("suffix", "Harbour Lights", 2021, [Known(1, "Harbour Lights (2021)", 2021)], 1),
  MatchCase("suffix", "Harbour Lights", 2021, [Known(1, "Harbour Lights (2021)")], 1),
  MatchCase("suffix", "Harbour Lights", 2021, [Known(1, "Harbour Lights (1999)")], nil),
  MatchCase("suffix", "Harbour Lights (2021)", 2021, [Known(1, "Harbour Lights (2021)", 2021)], 1),
  MatchCase(
    "suffix", "Harbour Lights (US)", nil, [Known(1, "Harbour Lights", 2001), Known(2, "Harbour Lights (US)", 2005)], 2),
  MatchCase("suffix", "Harbour Lights (US)", nil, [Known(1, "Harbour Lights (UK)", 2001)], nil),
  MatchCase("suffix", "Harbour Lights (US)", nil, [Known(1, "Harbour Lights", 2001)], nil),
  MatchCase("suffix", "Harbour Lights (US)", 2005, [Known(1, "Harbour Lights", 2005)], 1),
  MatchCase("suffix", "Harbour Lights (US)", 2005, [Known(1, "Harbour Lights (UK)", 2005)], nil),
  // And.
  MatchCase("and", "Salt & Pepper", 2011, [Known(1, "Salt and Pepper", 2011)], 1),
  MatchCase("and", "Salt and Pepper", 2011, [Known(1, "Salt & Pepper", 2011)], 1),
  MatchCase("and", "Salt Pepper", 2011, [Known(1, "Salt & Pepper", 2011)], nil),
  // Numbers.
  MatchCase("numeral", "Iron Tide II", 1990, [Known(1, "Iron Tide 2", 1990)], 1),
  MatchCase("numeral", "Iron Tide 4", 1990, [Known(1, "Iron Tide IV", 1990)], 1),
  MatchCase("numeral", "Iron Tide 2", 1990, [Known(1, "Iron Tide", 1990)], nil),
  MatchCase("numeral", "Iron Tide II", 1990, [Known(1, "Iron Tide III", 1990)], nil),
  MatchCase(
    "numeral", "Iron Tide 2", 1990,
    [Known(1, "Iron Tide", 1988), Known(2, "Iron Tide II", 1990), Known(3, "Iron Tide III", 1992)], 2),
  MatchCase("numeral", "X", 1990, [Known(1, "10", 1990)], nil),
  // Nearly the same.
  MatchCase("near", "Harbor Lights", 2021, [Known(1, "Harbour Lights", 2021)], 1),
  MatchCase("near", "Harbor Lights", nil, [Known(1, "Harbour Lights", 2021)], nil),
  MatchCase("near", "Harbor Lights", 2021, [Known(1, "Harbour Lights", 2020)], nil),
  MatchCase("near", "Harbor Lights", 2021, [Known(1, "Harbour Lights", 2021), Known(2, "Harbor Lights", 2020)], nil),
  MatchCase("near", "Harbour Lights", 2021, [Known(1, "Harbour Nights", 2021)], nil),
  MatchCase("near", "Old Harbour: East", 2021, [Known(1, "Old Harbour: West", 2021)], nil),
  MatchCase("near", "The Lover", 2021, [Known(1, "The Mover", 2021)], nil),
  MatchCase("near", "Harbour Lights", 2021, [Known(1, "Harbour Lights: The Making Of", 2021)], nil),
  // Nothing right there.
  MatchCase("nothing right", "Glass River", 2010, [], nil),
  MatchCase("nothing right", "Glass River", 2010, [Known(1, "Wooden Bridge", 2010, score: 1)], nil),
  MatchCase("nothing right", "Glass River", nil, [Known(1, "River", 2010), Known(2, "Glass", 2010)], nil),
  MatchCase("nothing right", "Glass River", 2010, [Known(1, "", 2010), Known(2, "   ", 2010)], nil),
  MatchCase("nothing right", "Glass River", .min, [Known(1, "Glass River", .max)], nil),
]

@Suite struct MatchTableTests {
  @Test("chooses the right item, or none", arguments: table)
  func automatic(_ entry: MatchCase) async throws {
    let candidates = try entry.candidates()
    let stage = Stage([FakeSource { $0.candidates = candidates }])
    var request = movie(entry.title, entry.year)
    request.language = entry.language
    let found = try await stage.match(request)
    #expect(found.map(\.id.value) == entry.expected.map { ["\($0)"] } ?? [])
    if let reason = found.first?.reason { #expect(!reason.isEmpty) }
  }

  @Test("the order of a source's candidates does not matter", arguments: table)
  func backwards(_ entry: MatchCase) async throws {
    let candidates = try entry.candidates()
    let stage = Stage([FakeSource { $0.candidates = candidates.reversed() }])
    var request = movie(entry.title, entry.year)
    request.language = entry.language
    #expect(try await stage.match(request).map(\.id.value) == entry.expected.map { ["\($0)"] } ?? [])
  }

  @Test("is a table of some size")
  func size() { #expect(table.count >= 60) }
}
