import Gathering
import MetadataModel
import Support
import Testing
import TitleMatching

@testable import Library

/// A text by name, so that test reports stay short.
struct HostileText: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String

  init(_ name: String, _ text: String) {
    testDescription = name
    self.text = text
  }

  static let all = [
    HostileText("empty", ""),
    HostileText("blank", " \u{3000}\t\n"),
    HostileText("100 KB of words", String(repeating: "Glass ", count: 17_000)),
    HostileText("100 KB of marks", "e" + String(repeating: "\u{301}", count: 50_000)),
    HostileText("100 KB of brackets", String(repeating: "(", count: 100_000)),
    HostileText("letters that decompose to eighteen", String(repeating: "\u{FDFA}", count: 33_000)),
    HostileText("years without end", "Glass" + String(repeating: " (2010)", count: 14_000)),
    HostileText("control characters", "\u{0}\u{FFFF}\u{202E}|\"\\"),
  ]
}

@Suite struct HostileRequestTests {
  @Test("a hostile title costs little, even against a source that sends it back", arguments: HostileText.all)
  func title(_ hostile: HostileText) async throws {
    let many = try (0..<30).map { number in
      try candidate("alpha-movie-\(number)", hostile.text, 2010) {
        $0.alternativeTitles = (0..<50).map { "\($0) " + hostile.text }
      }
    }
    let source = FakeSource { $0.candidates = many }
    let clock = SystemTime()
    let start = clock.monotonicNanoseconds
    let found = try await Stage([source]).match(movie(hostile.text, 2010))
    #expect(found.isEmpty)
    #expect(clock.monotonicNanoseconds - start < 20_000_000_000)
    #expect((source.matchRequests.first?.title?.unicodeScalars.count ?? 0) <= 500)
    if hostile.text.allSatisfy(\.isWhitespace) { #expect(source.calls.isEmpty) }
  }

  @Test("the time to fold grows with what is looked at, not with what is sent")
  func folding() {
    func nanoseconds(_ title: String) -> Int64 {
      let clock = SystemTime()
      let start = clock.monotonicNanoseconds
      for _ in 0..<20 { _ = FoldedTitle(title) }
      return clock.monotonicNanoseconds - start
    }
    let short = nanoseconds(String(repeating: "Glass ", count: 84))
    let long = nanoseconds(String(repeating: "Glass ", count: 170_000))
    #expect(long < short * 10 + 50_000_000)
  }

  @Test("texts too long to be a language, a country or an order are not kept")
  func tags() throws {
    let long = String(repeating: "x", count: 65)
    let request = ItemRequest(id: try item("alpha-show-1"), language: long, country: "US", order: long).bounded
    #expect(request == ItemRequest(id: try item("alpha-show-1"), country: "US"))
    var match = movie("A")
    match.file = String(repeating: "é", count: 100_000)
    match.externalIDs = ExternalIDs(Dictionary(uniqueKeysWithValues: (0..<100).map { ("n\($0)", "1") }))
    match.language = long
    #expect(match.bounded.file?.count == 1000)
    #expect(match.bounded.externalIDs?.sorted.count == 20)
    #expect(match.bounded.language == nil)
  }

  @Test(
    "no two questions share a place in the cache",
    arguments: [
      (("a|b", "c"), ("a", "b|c")), (("", "a"), ("a", "")), (("a|", ""), ("a", "|")),
    ])
  func names(one: (String, String), other: (String, String)) throws {
    let id = try item("alpha-show-1")
    let first = ItemRequest(id: id, language: one.0, country: one.1).cacheName(.children)
    #expect(first != ItemRequest(id: id, language: other.0, country: other.1).cacheName(.children))
    #expect(first != ItemRequest(id: id, language: one.0, country: one.1).cacheName(.fetch))
    #expect(ItemRequest(id: id, language: "de-DE", country: "DE").cacheName(.fetch) == "fetch|alpha-show-1|de-DE|DE|")
  }
}
