/// A site of the fake catalogue. All of it is invented.
struct FakeTPDBSite: Sendable {
  var id: Int
  var name: String
  var shortName: String
  var parent: Int?
  var network: Int?
  var description = ""
  /// Old records name what is above them by number only.
  var isOld = false

  var uuid: String { FakeTPDBItem.uuid("5", id) }

  static let catalogue = [
    FakeTPDBSite(id: 90, name: "North Light Network", shortName: "northlightnetwork"),
    FakeTPDBSite(id: 100, name: "Lantern Group", shortName: "lanterngroup", network: 90),
    FakeTPDBSite(
      id: 101, name: "LanternWorks", shortName: "lanternworks", parent: 100, network: 90,
      description: "<p>Short films by lamp &amp; candle light.</p>"),
    FakeTPDBSite(id: 102, name: "Quiet Harbor", shortName: "quiet.harbor"),
    FakeTPDBSite(id: 103, name: "Paper Boats", shortName: "paper-boats", network: 90, isOld: true),
    FakeTPDBSite(id: 104, name: "Empty Room", shortName: "empty-room"),
    FakeTPDBSite(id: 105, name: "Lantern Works Classics", shortName: "lanternworksclassics", parent: 100),
    FakeTPDBSite(id: 106, name: "Slow Tide", shortName: "slow-tide"),
    FakeTPDBSite(id: 110, name: "Grey Gull Pictures", shortName: "grey-gull-pictures", network: 90),
  ]

  static func withID(_ id: Int?) -> FakeTPDBSite? { catalogue.first { $0.id == id } }
}

/// A scene or a movie of the fake catalogue. All of it is invented.
struct FakeTPDBItem: Sendable {
  /// In which way the record's types drift from what is usual.
  enum Drift: Sendable, CaseIterable { case none, texts, lists, nulls, bare }

  var number: Int
  var site: Int
  var date: String
  var title: String
  var isMovie = false
  var drift = Drift.none
  var duration = 1500
  var sku: String?
  var oshash: String?
  var directors: [String] = []
  /// Position in the list of performers.
  var performers = [0, 1]

  var id: String { Self.uuid(isMovie ? "2" : "1", number) }
  var slug: String { title.lowercased().split(separator: " ").joined(separator: "-") }

  /// `00000001-0000-4000-8000-000000000042` and the like: the first part says what sort of record it is.
  static func uuid(_ sort: String, _ number: Int) -> String {
    let digits = String(number)
    return "\(sort)0000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// Name of the person, the name in the credits, gender.
  static let people: [(name: String, credited: String, gender: String)] = [
    ("Ada Quill", "Ada Q.", "Female"), ("Ben Marlow", "Ben Marlow", "Male"), ("Cleo Ash", "Cleo", "Non Binary"),
  ]

  static let scenes: [FakeTPDBItem] = {
    var scenes: [FakeTPDBItem] = []
    // Three years, one of them longer than two pages.
    scenes += year(2021, of: 101, count: 12, from: 1000, word: "Wick")
    scenes += year(2022, of: 101, count: 230, from: 2000, word: "Flame")
    scenes += year(2023, of: 101, count: 40, from: 3000, word: "Ember")
    for each in 2010...2017 { scenes += year(each, of: 106, count: 20, from: 100 * each, word: "Wave") }
    // A first year of more than one page, then years without anything.
    scenes += year(2015, of: 102, count: 105, from: 4000, word: "Tide")
    scenes += year(2018, of: 102, count: 3, from: 5000, word: "Pier")
    scenes += year(2019, of: 103, count: 5, from: 6000, word: "Fold")
    scenes += year(2020, of: 103, count: 2, from: 6100, word: "Crease")
    for index in scenes.indices where scenes[index].site == 103 {
      scenes[index].drift = Drift.allCases[index % Drift.allCases.count]
    }
    scenes.append(FakeTPDBItem(number: 6200, site: 103, date: "0000-00-00", title: "Undated Sheet"))
    if let first = scenes.indices.first {
      scenes[first].oshash = "00a1b2c3d4e5f607"
      scenes[first].directors = ["Dora Finch"]
    }
    return scenes
  }()

  static let movies: [FakeTPDBItem] = [
    FakeTPDBItem(
      number: 700, site: 110, date: "2019-03-14", title: "The Glass Orchard", isMovie: true, duration: 5400,
      sku: "GGP-014", oshash: "0123456789abcdef", directors: ["Dora Finch", "Egon Vale"], performers: [0, 1, 2]),
    FakeTPDBItem(number: 701, site: 110, date: "2004-06-01", title: "The Glass Orchard", isMovie: true, drift: .nulls),
    FakeTPDBItem(number: 702, site: 103, date: "2010-10-10", title: "Seven Ferries", isMovie: true, drift: .lists),
    FakeTPDBItem(number: 703, site: 101, date: "2011-11-11", title: "Winter Ledger", isMovie: true, drift: .texts),
  ]

  /// Scenes spread over a year, three on one day here and there, the later record of a day first.
  private static func year(_ year: Int, of site: Int, count: Int, from number: Int, word: String) -> [FakeTPDBItem] {
    (0..<count).map { position in
      let day = position * 330 / count
      return FakeTPDBItem(
        number: number + position, site: site, date: date(year, day), title: "\(word) \(position + 1)",
        performers: [position % 3])
    }.reversed()
  }

  /// Months of 28 days.
  static func date(_ year: Int, _ day: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(day / 28 + 1))-\(two(day % 28 + 1))"
  }
}
