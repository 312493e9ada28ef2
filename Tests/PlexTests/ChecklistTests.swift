import Foundation
import Testing

/// Where each of the 88 lines of the protocol page's checklist (§9) is tested.
@Suite struct ChecklistTests {
  enum Place {
    /// By a test of this folder whose name begins with the line's number.
    case here
    /// Here as far as the plugin goes; the rest by the end-to-end tests of the running program.
    case hereAndInTheProgram
    /// Is the host's alone: end-to-end tests.
    case inTheProgram
    /// Concerns hosts that serve pictures themselves; Usher hands out the sources' own URLs.
    case nowhere
  }

  /// Lines 33, 36 and 37 are tested here for what is handed to the library; which candidate wins is tested with the
  /// library and end to end. No line needs a live Plex server; what only one could show stands in the page's §8.
  static let places: [(lines: ClosedRange<Int>, place: Place)] = [
    (1...15, .here),  // root
    (16...17, .hereAndInTheProgram),  // content type, error pages
    (18...19, .inTheProgram),  // keep-alive, framing
    (20...21, .hereAndInTheProgram),  // no credentials, 32 at once
    (22...24, .inTheProgram),  // no rate limit, deadlines, logs
    (25...50, .here),  // match
    (51...71, .here),  // metadata
    (72...85, .here),  // lists
    (86...86, .here),  // image addresses
    (87...88, .nowhere),  // image serving
  ]

  @Test func everyLineHasItsPlace() {
    #expect(Self.places.flatMap { Array($0.lines) } == Array(1...88))
  }

  @Test func everyLineTestedHereHasATestOfItsNumber() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    var tested: Set<Int> = []
    for file in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for test in text.matches(of: /func line(\d\d)((?:And\d\d|To\d\d)*)/) {
        tested.formUnion(Self.numbers(String(test.output.1), String(test.output.2)))
      }
    }
    let wanted = Self.places.filter { $0.place == .here || $0.place == .hereAndInTheProgram }
    #expect(wanted.flatMap { Array($0.lines) }.filter { !tested.contains($0) } == [])
  }

  /// "52" with "To55And58" are 52, 53, 54, 55 and 58.
  private static func numbers(_ first: String, _ rest: String) -> Set<Int> {
    var last = Int(first) ?? 0
    var numbers: Set = [last]
    for part in rest.matches(of: /(And|To)(\d\d)/) {
      let number = Int(part.output.2) ?? 0
      numbers.formUnion(part.output.1 == "To" ? Set(last...number) : [number])
      last = number
    }
    return numbers
  }
}
