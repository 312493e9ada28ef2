import MetadataModel
import Testing

@testable import Gathering

@Suite struct FreshnessTests {
  /// 2024-06-15, noon.
  private let now: Int64 = 1_718_452_800_000
  private let freshness = Freshness(
    show: 1, season: 2, episode: 3, endedShow: 10, pastEpisode: 20, children: 4)

  private func item(
    _ kind: MediaKind, released: String? = nil, ended: String? = nil
  ) throws -> MediaItem {
    var item = MediaItem(id: try #require(ItemID(source: "alpha", kind: kind, value: "1")), title: "x")
    item.released = released.flatMap { CalendarDate($0) }
    item.ended = ended.flatMap { CalendarDate($0) }
    return item
  }

  @Test func whatIsOverHoldsLonger() throws {
    #expect(try freshness.seconds(for: item(.show), now: now) == 1)
    #expect(try freshness.seconds(for: item(.show, released: "1999-01-01"), now: now) == 1)
    #expect(try freshness.seconds(for: item(.show, ended: "2020-01-01"), now: now) == 10)
    // The last episode was last week: somebody is still at work on it.
    #expect(try freshness.seconds(for: item(.show, ended: "2024-06-10"), now: now) == 1)
    #expect(try freshness.seconds(for: item(.season, released: "1999-01-01"), now: now) == 2)
    #expect(try freshness.seconds(for: item(.episode), now: now) == 3)
    #expect(try freshness.seconds(for: item(.episode, released: "2024-05-17"), now: now) == 3)
    #expect(try freshness.seconds(for: item(.episode, released: "2024-05-16"), now: now) == 20)
    #expect(try freshness.seconds(for: item(.episode, released: "2030-01-01"), now: now) == 3)
  }

  @Test func aListHoldsLongerWhenAllOfItIsPast() throws {
    let past = try item(.episode, released: "2020-01-01")
    #expect(freshness.seconds(forList: [past, past], now: now) == 20)
    #expect(try freshness.seconds(forList: [past, item(.episode, released: "2024-06-14")], now: now) == 4)
    #expect(try freshness.seconds(forList: [past, item(.episode)], now: now) == 4)
    #expect(freshness.seconds(forList: [], now: now) == 4)
    #expect(try freshness.seconds(forList: [item(.season, released: "2020-01-01")], now: now) == 4)
  }
}
