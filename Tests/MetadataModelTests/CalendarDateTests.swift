import MetadataModel
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("2021-03-14", 2021, 3, 14), ("2024-02-29", 2024, 2, 29), ("2000-02-29", 2000, 2, 29), ("0001-01-01", 1, 1, 1),
    ("9999-12-31", 9999, 12, 31), ("2021-03-14T20:00:00Z", 2021, 3, 14), ("2021-03-14 20:00", 2021, 3, 14),
  ])
  func readsDays(text: String, year: Int, month: Int, day: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect([date.year, date.month, date.day] == [year, month, day])
    #expect(date.description == text.prefix(10))
    #expect(CalendarDate(date.description) == date)
  }

  @Test(arguments: [
    "", "2021", "2021-03", "2021-3-14", "21-03-14", "2021-13-01", "2021-00-01", "2021-01-00", "2021-04-31",
    "2023-02-29", "1900-02-29", "0000-01-01", "2021/03/14", "2021-03-14-", "-2021-03-14", "+021-03-14", "２０２１-03-14",
    "2021-03-1x", "2021-03-14X", " 2021-03-14", "T",
  ])
  func refusesEverythingElse(text: String) { #expect(CalendarDate(text) == nil) }

  @Test func sortsByDay() {
    let sorted = ["2020-12-31", "2021-01-01", "2021-01-02", "2021-02-01"].compactMap { CalendarDate($0) }
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func jsonThatIsNoDayIsNamed() throws {
    let date = try JSONCoding.decode([CalendarDate].self, from: Array(#"["2021-03-14"]"#.utf8))
    #expect(try JSONCoding.encode(date) == Array(#"["2021-03-14"]"#.utf8))
    let error = #expect(throws: DecodingError.self) {
      try JSONCoding.decode([CalendarDate].self, from: Array(#"["2021-02-30"]"#.utf8))
    }
    #expect(error.map { JSONCoding.path(of: $0) } == "[0]: '2021-02-30' is not a date YYYY-MM-DD")
  }
}
