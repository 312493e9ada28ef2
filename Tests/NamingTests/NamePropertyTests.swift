import Foundation
import MetadataModel
import Naming
import TestSupport
import Testing

/// Names put together from random parts give those parts back.
@Suite @OwnThread struct NamePropertyTests {
  /// 100,000 names a run without optimization, as many for each property with it.
  #if DEBUG
    private nonisolated static let count = 33_400
  #else
    private nonisolated static let count = 100_000
  #endif
  private nonisolated static let workers = 4

  private nonisolated static let words = [
    "Harbour", "Paper", "Lantern", "Storm", "Night", "River", "Stone", "Glass", "Winter", "Garden", "Clock", "Silver",
    "of",
    "and", "the", "Tower", "Märchen", "Été", "огни", "灯台", "Seven", "Hollow", "Lake", "Bridge", "Candle",
  ]
  private nonisolated static let tails = [
    "1080p.WEB-DL.DDP5.1.H.264-GRP", "720p.HDTV.x264-GRP", "2160p.UHD.BluRay.x265.10bit-GRP",
    "1080p.BluRay.REMUX.AVC-GRP",
    "PROPER.1080p.WEBRip.AAC2.0.x264-GRP", "FRENCH.720p.BluRay.x264-GRP", "",
  ]

  @Test func episodesComeBack() { #expect(Self.firstWrong(seed: 11, Self.wrongEpisode) == nil) }

  @Test func filmsComeBack() { #expect(Self.firstWrong(seed: 12, Self.wrongFilm) == nil) }

  @Test func scenesComeBack() { #expect(Self.firstWrong(seed: 13, Self.wrongScene) == nil) }

  /// What the first wrong name was read as; nil when all are right. The names are spread over all cores.
  private nonisolated static func firstWrong(
    seed: UInt64, _ wrong: @Sendable (inout Seeded) -> String?
  ) -> String? {
    let found = FirstFinding()
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      var random = Seeded(state: seed << 32 + UInt64(worker))
      for _ in 0..<(count / workers) {
        guard let finding = wrong(&random) else { continue }
        found.keep(finding)
        return
      }
    }
    return found.text
  }

  private nonisolated static func wrongEpisode(_ random: inout Seeded) -> String? {
    let title = title(&random)
    let season = Int.random(in: 0...40, using: &random)
    let first = Int.random(in: 1...99, using: &random)
    let numbers = Bool.random(using: &random) ? [first] : [first, first + 1]
    let tail = tails.randomElement(using: &random) ?? ""
    let name = [title.joined(separator: "."), numbering(season, numbers, &random), tail].joined(separator: ".")
    let parsed = NameParser().parse(name, kind: .show)
    let isRight =
      parsed.title == title.joined(separator: " ") && parsed.season == season && parsed.episodes == numbers
      && parsed.year == nil && parsed.absolute == nil && parsed.resolution == resolution(of: tail)
    return isRight ? nil : "\(name): \(parsed)"
  }

  private nonisolated static func wrongFilm(_ random: inout Seeded) -> String? {
    let title = title(&random)
    let year = Int.random(in: 1920...2025, using: &random)
    let tail = tails.randomElement(using: &random) ?? ""
    let name =
      Bool.random(using: &random)
      ? title.joined(separator: " ") + " (\(year)) [\(tail)].mkv" : title.joined(separator: ".") + ".\(year).\(tail)"
    let parsed = NameParser().parse(name, kind: .movie)
    let isRight =
      parsed.title == title.joined(separator: " ") && parsed.year == year && parsed.edition == nil
      && parsed.resolution == resolution(of: tail)
    return isRight ? nil : "\(name): \(parsed)"
  }

  private nonisolated static func wrongScene(_ random: inout Seeded) -> String? {
    let title = title(&random).joined(separator: " ")
    let site = Self.title(&random).joined()
    let performers = (0..<Int.random(in: 1...3, using: &random)).map { "Jane \(["Doe", "Roe", "Poe"][$0])" }
    let date = CalendarDate(
      year: Int.random(in: 2001...2030, using: &random), month: Int.random(in: 1...12, using: &random),
      day: Int.random(in: 1...28, using: &random))
    let name = "\(site) - \(date?.description ?? "") - \(performers.joined(separator: ", ")) - \(title) - 1080p.mp4"
    let parsed = NameParser().parse(name, kind: .scene)
    let isRight =
      parsed.title == title && parsed.site == site && parsed.performers == performers && parsed.date == date
      && parsed.resolution == "1080p"
    return isRight ? nil : "\(name): \(parsed)"
  }

  private nonisolated static func title(_ random: inout Seeded) -> [String] {
    let count = Int.random(in: 1...5, using: &random)
    var title = (0..<count).compactMap { _ in words.randomElement(using: &random) }
    // An article alone is no title, and one at the end belongs to what follows.
    title.append(["Harbour", "Lantern", "Tower"].randomElement(using: &random) ?? "Harbour")
    return title
  }

  private nonisolated static func numbering(_ season: Int, _ numbers: [Int], _ random: inout Seeded) -> String {
    let short = "\(season)"
    let long = season < 10 ? "0" + short : short
    let episodes = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "S\(long)E" + episodes.joined(separator: "E")
    case 1: return "s\(long)e" + episodes.joined(separator: "-e")
    case 2: return "S\(long)E" + episodes.joined(separator: "-E")
    case 3: return "\(short)x" + episodes.joined(separator: "x")
    case 4: return "Season.\(short).Episode." + episodes.joined(separator: "-")
    default: return "S\(long).E" + episodes.joined(separator: ".E")
    }
  }

  private nonisolated static func resolution(of tail: String) -> String? {
    ["1080p", "720p", "2160p"].first { tail.contains($0) }
  }
}

/// Keeps the first text that any thread brings.
private final class FirstFinding: @unchecked Sendable {
  // Sendable is right because `lock` is held for every use of `kept`.
  private let lock = NSLock()
  private var kept: String?

  var text: String? { lock.withLock { kept } }

  func keep(_ text: String) { lock.withLock { kept = kept ?? text } }
}

/// A generator that gives the same numbers in each run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
