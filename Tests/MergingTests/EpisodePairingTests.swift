import MetadataModel
import Testing

@testable import Merging

@Suite struct EpisodePairingTests {
  private func episode(
    _ source: String, _ season: Int, _ number: Int, _ title: String, _ date: String? = nil, ids: ExternalIDs = [:]
  ) throws -> MediaItem {
    let id = try #require(ItemID("\(source)-episode-\(season)_\(number)"))
    var item = MediaItem(id: id, title: title)
    item.index = number
    item.released = date.flatMap { CalendarDate($0) }
    item.externalIDs = ids
    item.parent = Ancestor(id: try #require(ItemID("\(source)-season-\(season)")), title: "Season", index: season)
    return item
  }

  @Test func theSameNumberIsTheSameEpisode() throws {
    let base = [try episode("alpha", 1, 1, "Dawn"), try episode("alpha", 1, 2, "Noon")]
    let other = [try episode("beta", 1, 2, "Midday"), try episode("beta", 1, 1, "Sunrise")]
    #expect(EpisodePairing(base: base, other: other).places == [1, 0])
  }

  @Test func aSharedIdGoesBeforeTheNumber() throws {
    let base = [try episode("alpha", 1, 1, "Dawn", ids: ["imdb": "tt1"]), try episode("alpha", 1, 2, "Noon")]
    let other = [try episode("beta", 1, 2, "Dawn", ids: ["imdb": "tt1"])]
    #expect(EpisodePairing(base: base, other: other).places == [0])
  }

  @Test func anotherWayOfCountingIsSeenByDateAndTitle() throws {
    let base = [
      try episode("alpha", 1, 1, "Dawn", "2014-01-01"), try episode("alpha", 1, 2, "Noon", "2014-02-01"),
      try episode("alpha", 1, 3, "Dusk", "2014-03-01"),
    ]
    // Beta counts a pilot in front.
    let other = [
      try episode("beta", 1, 2, "Dawn", "2014-01-01"), try episode("beta", 1, 3, "Noon", "2014-02-01"),
      try episode("beta", 1, 4, "Dusk"),
    ]
    let pairing = EpisodePairing(base: base, other: other)
    #expect(pairing.places == [0, 1, 2])
    #expect(pairing.missing == [])
  }

  @Test func whatTheBaseLacksIsNamedWhenItCanBeNothingElse() throws {
    let base = [try episode("alpha", 1, 1, "Dawn", "2014-01-01")]
    let other = [
      try episode("beta", 1, 1, "Dawn", "2014-01-01"), try episode("beta", 1, 2, "Noon", "2014-02-01"),
      try episode("beta", 1, 3, "Undated"),
    ]
    #expect(EpisodePairing(base: base, other: other).missing == [1])
  }

  @Test func aSeasonSplitInTwoElsewhereDoublesNothing() throws {
    let base = try (1...4).map { try episode("alpha", 1, $0, "Part \($0) of it", "2014-01-0\($0)") }
    let other =
      try (1...2).map { try episode("beta", 1, $0, "Part \($0) of it", "2014-01-0\($0)") }
      + (3...4).map { try episode("beta", 2, $0 - 2, "Part \($0) of it", "2014-01-0\($0)") }
    let pairing = EpisodePairing(base: base, other: other)
    #expect(pairing.places == [0, 1, 2, 3])
    #expect(pairing.missing == [])
  }

  @Test func severalOnOneDayArePairedByNumberOnly() throws {
    let base = [try episode("alpha", 1, 1, "Dawn", "2014-01-01"), try episode("alpha", 1, 2, "Noon", "2014-01-01")]
    let other = [try episode("beta", 1, 3, "Night", "2014-01-01")]
    #expect(EpisodePairing(base: base, other: other).places == [nil])
  }
}
