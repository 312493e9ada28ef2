import MetadataModel
import NameReadings
import TestSupport
import Testing

@testable import Naming

/// Any bytes of any length: no crash, and work in proportion to the length.
@Suite @OwnThread struct HostileNameTests {
  nonisolated static let patterns = [
    "S01E01", "S01E01-", "1x02-", "1x01x", "01-", "01 - ", "(", "[", "[(", ")", "].", ".", " - ", "a.", "A.B.", "e1",
    "season 1 ", "2nd season ",
    "第1季", "第", "1080p.", "x264", "2010.", "(2010)", "tt1234567", "{tmdb-", "{imdb-tt", "Director's Cut ", "ABC-123-",
    "fc2-ppv-", "24.01.15.",
    "2024-01-15 - ", "part ", "v2", "5.1.", "www.", "a@", "/", " / ", "\\", "+e", "&", "\u{FEFF}", "\u{3010}", "é", "🎞",
    "_-_", "aka ", "~", "~01", "the ",
    "extended ", "unrated.", "FRENCH.", "H.", "[Group]", "s1", "sssss", "99999999", "0", "Jane Doe, ", "a and ",
  ]

  @Test(arguments: patterns) func workGrowsNoFasterThanTheName(_ pattern: String) {
    // Without a kind a name is read as a show's and a film's.
    for kind in [NameKind.scene, nil] {
      let short = steps(pattern, 8 << 10, kind)
      let long = steps(pattern, 64 << 10, kind)
      // Eight times the length: eight times the work, and a little for what is done once.
      #expect(long <= short * 9 + 10_000, "\(pattern) as \(kind?.rawValue ?? "any"): \(short) then \(long)")
      #expect(long <= (64 << 10) * 400)
    }
  }

  private func steps(_ pattern: String, _ count: Int, _ kind: NameKind?) -> Int {
    let unit = Array(pattern.utf8)
    let name = (0..<count).map { unit[$0 % unit.count] }
    var steps = 0
    _ = NameParser().read(name, kind: kind, steps: &steps)
    return steps
  }

  @Test func anyBytesAreRead() {
    var random = Seeded(state: 99)
    let pieces = Self.patterns.map { Array($0.utf8) }
    for _ in 0..<3_000 {
      var name: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        if Bool.random(using: &random) {
          name += pieces.randomElement(using: &random) ?? []
        } else {
          name += (0..<Int.random(in: 1...6, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
      }
      for kind in [NameKind.movie, .show, .scene, nil] {
        let parsed = NameParser().parse(name, kind: kind)
        #expect(parsed.title?.isEmpty != true)
        #expect((parsed.confidence ?? 0) <= 1)
      }
    }
  }

  @Test func invalidTextBecomesReplacementCharacters() {
    let name = Array("Harbour".utf8) + [0xFF, 0xC3] + Array(".S01E02.mkv".utf8)
    let parsed = NameParser().parse(name, kind: .show)
    #expect(parsed.episodes == [2])
    #expect(parsed.title?.hasPrefix("Harbour") == true)
  }

  @Test(arguments: ["", ".", "..", "/", "\\", "   ", "---", "[]", "()", "(((", "...mkv", ".mkv", "\u{0}"])
  func namesOfNothingSayNothing(_ name: String) {
    for kind in [NameKind.movie, .show, .scene, nil] {
      #expect(NameParser().parse(name, kind: kind).season == nil)
      #expect(NameParser().parse(name, kind: kind).year == nil)
    }
  }
}
