import MetadataModel
import Testing

@testable import OMDb

@Suite struct OMDbTextTests {
  @Test(arguments: [
    ("2019", 2019), ("2011–2016", 2011), ("2021–", 2021), ("2011-2016", 2011), ("2011â€“2016", 2011), ("", nil),
    ("–2016", nil), ("201", nil), ("20190", nil), ("0000", nil), ("soon", nil),
  ])
  func readsTheFirstYear(text: String, year: Int?) {
    #expect(OMDbText.year(text) == year)
  }

  @Test(arguments: [
    ("05 Apr 1923", "1923-04-05"), ("5 apr 1923", "1923-04-05"), ("31 December 2020", "2020-12-31"),
    ("2021-03-04", "2021-03-04"), ("30 Feb 2020", nil), ("05 Foo 1923", nil), ("Apr 1923", nil), ("", nil),
    ("-5 Apr 1923", nil), ("05 Apr 99999", nil),
  ])
  func readsDates(text: String, date: String?) {
    #expect(OMDbText.date(text) == date.flatMap { CalendarDate($0) })
  }

  @Test(arguments: [
    ("81 min", 81), ("1 h 30 min", 90), ("2 h", 120), ("1,440 min", 1440), ("S81 min", nil), ("81", nil),
    ("0 min", nil),
    ("-81 min", nil), ("999999999999999999999 min", nil), ("99999 h", nil), ("min 81", nil), ("", nil),
  ])
  func readsLengths(text: String, minutes: Int?) {
    #expect(OMDbText.duration(text) == minutes.map { $0 * 60_000 })
  }

  @Test(
    arguments: [
      ("6.4", 10, 6.4), ("6.4/10", 10, 6.4), ("61%", 100, 6.1), ("48/100", 100, 4.8), ("48", 100, 4.8),
      ("100%", 100, 10),
      ("0%", 100, 0), ("61/50", 10, nil), ("-1", 10, nil), ("11", 10, nil), ("101%", 100, nil), ("nan", 10, nil),
      ("inf", 10, nil), ("", 10, nil), ("%", 100, nil), ("6/10/10", 10, nil), ("1e400", 10, nil),
    ] as [(String, Double, Double?)])
  func bringsRatingsToTheScaleOfTen(text: String, bareScale: Double, rating: Double?) {
    #expect(OMDbText.rating(text, bareScale: bareScale) == rating)
  }

  @Test(arguments: [("1,234", 1234), ("0", 0), ("12,345,678", 12_345_678), ("-5", nil), ("many", nil), ("", nil)])
  func readsCounts(text: String, count: Int?) {
    #expect(OMDbText.count(text) == count)
  }

  @Test(arguments: [
    ("A, B", ["A", "B"]), ("A", ["A"]), ("A,B,, A", ["A", "B"]), ("A (x, y), B", ["A (x, y)", "B"]),
    ("A (x, B", ["A (x, B"]), ("A), B", ["A)", "B"]), ("N/A, B", ["B"]), ("", []),
  ])
  func splitsListsAtCommasOutsideOfNotes(text: String, entries: [String]) {
    #expect(OMDbText.list(text) == entries)
  }

  @Test(
    arguments: [
      ("https://a.example.org/p.jpg", "https://a.example.org/p.jpg"),
      ("http://a.example.org/p.jpg", "https://a.example.org/p.jpg"), ("p.jpg", nil), ("ftp://a.example.org/p.jpg", nil),
      ("https://a.example.org/a b.jpg", nil), ("https://img.omdbapi.com/?apikey=k&i=tt1", nil), (nil, nil),
    ] as [(String?, String?)])
  func takesPicturesThatAnyoneMaySee(text: String?, url: String?) {
    #expect(OMDbText.picture(text) == url)
  }
}
