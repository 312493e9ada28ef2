import MetadataModel
import Testing

@testable import TitleMatching

@Suite struct TitleReadingTests {
  private func request(_ title: String?, _ year: Int?) -> MatchRequest {
    var request = MatchRequest(kind: .movie)
    request.title = title
    request.year = year
    return request
  }

  @Test("titles from the file's name come second, with the year from there")
  func fileName() {
    var asked = request("Sample Reel", 1990)
    asked.alternativeTitles = ["Glass River"]
    asked.parsedName = ParsedName()
    asked.parsedName?.year = 2010
    #expect(asked.titleReadings.map(\.title) == ["Sample Reel", "Glass River"])
    #expect(asked.titleReadings.map(\.year) == [1990, 2010])
  }

  @Test(
    "a year behind the title is read last, unless another year is asked for",
    arguments: [
      ("Glass River 2010", nil, "Glass River"), ("Glass River 2010", 2010, "Glass River"),
      ("Glass River 2010", 2017, nil), ("2012", nil, nil), ("Glass River 12", nil, nil), ("1984 2010", nil, nil),
    ] as [(String, Int?, String?)])
  func bareYear(title: String, year: Int?, second: String?) {
    let readings = request(title, year).titleReadings
    #expect(readings.first?.title == title)
    #expect(readings.dropFirst().first?.title == second)
    #expect(readings.count == (second == nil ? 1 : 2))
  }

  @Test("sources are asked without the year in brackets and without ids")
  func question() throws {
    var asked = request("Harbour (2005) (US)", nil)
    asked.externalIDs = ["imdb": "tt1"]
    let (wanted, question) = try #require(asked.titleQuestion)
    #expect(question.title == "Harbour (US)")
    #expect(question.year == 2005)
    #expect(question.externalIDs == nil)
    #expect(wanted.externalIDs["imdb"] == "tt1")
    #expect(request("  ", nil).titleQuestion == nil)
  }
}
