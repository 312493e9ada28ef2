/// A show of the fake catalogue, in all orders. All of it is invented.
struct FakeTVDBShow: Sendable {
  struct Episode: Sendable {
    var id: Int
    var season: Int
    var number: Int
    /// Nil where the disc has it not.
    var dvd: (season: Int, number: Int)?
    var absolute: Int?
    /// By language, the original one among them.
    var names: [String: String]
    var overviews: [String: String] = [:]
    var aired: String?
  }

  var id: Int
  /// By language, the original one among them.
  var names: [String: String]
  var overviews: [String: String] = [:]
  var language: String
  var country: String
  var firstAired: String
  var lastAired: String
  var network: String
  var imdb: String?
  var tmdb: Int?
  var genres: [String] = []
  var rating: (country: String, name: String)?
  var seasonOverviews: [Int: [String: String]] = [:]
  var episodes: [Episode]
  /// Every list that may be null is null.
  var isBare = false

  var name: String { names[language] ?? "" }

  /// Orders in which it has episodes, by the service's id, word and name.
  var orders: [(id: Int, word: String, name: String)] {
    var orders = [(1, "official", "Aired Order")]
    if episodes.contains(where: { $0.dvd != nil }) { orders.append((2, "dvd", "DVD Order")) }
    if episodes.contains(where: { $0.absolute != nil }) { orders.append((3, "absolute", "Absolute Order")) }
    return orders
  }

  /// Episodes with their numbers in an order; nil for one that the show has not.
  func places(_ order: String) -> [(season: Int, number: Int, episode: Episode)]? {
    guard order == "default" || orders.contains(where: { $0.word == order }) else { return nil }
    let places = episodes.compactMap { episode -> (season: Int, number: Int, episode: Episode)? in
      switch order {
      case "dvd": episode.dvd.map { ($0.season, $0.number, episode) } ?? special(episode)
      case "absolute": episode.absolute.map { (1, $0, episode) } ?? special(episode)
      default: (episode.season, episode.number, episode)
      }
    }
    return places.sorted { ($0.season, $0.number) < ($1.season, $1.number) }
  }

  private func special(_ episode: Episode) -> (season: Int, number: Int, episode: Episode)? {
    episode.season == 0 ? (0, episode.number, episode) : nil
  }

  /// The id of a season's row.
  func seasonID(_ order: String, _ number: Int) -> Int {
    id * 1000 + (orders.first { $0.word == order }?.id ?? 9) * 100 + number
  }

  static let catalogue = [harbor, lantern, daily, namesake, pier]

  /// Eight seasons of twenty, two specials; the disc swaps the first two episodes and has six seasons only.
  private static let harbor: FakeTVDBShow = {
    var episodes = [
      Episode(id: 700_001, season: 0, number: 1, names: ["eng": "Behind the Lamp"], aired: "2014-12-24"),
      Episode(id: 700_002, season: 0, number: 2, names: ["eng": "TBA"], aired: nil),
    ]
    for season in 1...8 {
      for number in 1...20 {
        let isFirst = season == 1 && number <= 2
        var episode = Episode(
          id: 700_000 + season * 100 + number, season: season, number: number,
          dvd: season <= 6 ? (season, isFirst ? 3 - number : number) : nil, absolute: (season - 1) * 20 + number,
          names: ["eng": "Part \(season).\(number)"], overviews: ["eng": "About part \(season).\(number)."],
          aired: "20\(13 + season)-01-\(number < 10 ? "0" : "")\(number)")
        if season <= 2 { episode.names["deu"] = "Teil \(season).\(number)" }
        episodes.append(episode)
      }
    }
    return FakeTVDBShow(
      id: 81001,
      names: ["eng": "Harbor Lights", "deu": "Hafenlichter", "por": "Luzes do Porto", "pt": "Luzes da Enseada"],
      overviews: ["eng": "A lighthouse keeper and her brother.", "deu": "Eine Leuchtturmwärterin und ihr Bruder."],
      language: "eng", country: "usa", firstAired: "2014-01-01", lastAired: "2021-01-20", network: "Channel Nine",
      imdb: "tt99081001", tmdb: 5501, genres: ["Drama", "Family"], rating: ("usa", "TV-14"),
      seasonOverviews: [1: ["eng": "The first year.", "deu": "Das erste Jahr."]], episodes: episodes)
  }()

  /// In Japanese, hardly translated, and with null wherever a list may be missing.
  private static let lantern = FakeTVDBShow(
    id: 81002, names: ["jpn": "灯の人", "eng": "The Lantern Man"], overviews: ["jpn": "灯台の話。"], language: "jpn",
    country: "jpn", firstAired: "1998-04-04", lastAired: "1998-04-18", network: "Kanal 5",
    episodes: [
      Episode(id: 710_001, season: 1, number: 1, names: ["jpn": "一", "eng": "One"], aired: "1998-04-04"),
      Episode(id: 710_002, season: 1, number: 2, names: ["jpn": "二"], aired: "1998-04-11"),
      Episode(
        id: 710_003, season: 1, number: 3, names: ["jpn": "三", "eng": "Three", "deu": "Drei"], aired: "1998-04-18"),
    ], isBare: true)

  /// More episodes than stand on one page.
  private static let daily = FakeTVDBShow(
    id: 81003, names: ["eng": "The Morning Table"], language: "eng", country: "gbr", firstAired: "2015-01-01",
    lastAired: "", network: "Channel Nine", tmdb: 31,
    episodes: (1...1210).map { number in
      Episode(
        id: 720_000 + number, season: 2015 + number / 400, number: number % 400 + 1, names: ["eng": "Table \(number)"])
    })

  private static let namesake = FakeTVDBShow(
    id: 81004, names: ["eng": "Harbor Lights"], language: "eng", country: "aus", firstAired: "1998-02-02",
    lastAired: "1998-03-03", network: "Channel Two", imdb: "tt99081004",
    episodes: [Episode(id: 730_001, season: 1, number: 1, names: ["eng": "Alone"], aired: "1998-02-02")])

  /// Specials and three seasons, of which the first is long.
  private static let pier: FakeTVDBShow = {
    let episodes = [(0, 2), (1, 30), (2, 8), (3, 4)].flatMap { season, count in
      (1...count).map { number in
        let day = (number - 1) % 28 + 1
        return Episode(
          id: 740_000 + season * 100 + number, season: season, number: number,
          names: ["eng": "Plank \(season).\(number)"], overviews: ["eng": "About plank \(season).\(number)."],
          aired: "20\(13 + season)-02-\(day < 10 ? "0" : "")\(day)")
      }
    }
    return FakeTVDBShow(
      id: 81005, names: ["eng": "North Pier"], overviews: ["eng": "A pier is built."], language: "eng",
      country: "usa", firstAired: "2014-02-02", lastAired: "2016-02-05", network: "Channel Two", genres: ["Drama"],
      rating: ("usa", "TV-G"), episodes: episodes)
  }()
}

/// A movie of the fake catalogue.
struct FakeTVDBMovie: Sendable {
  var id: Int
  var names: [String: String]
  var overviews: [String: String] = [:]
  var language: String
  var country: String
  var year: Int
  var releases: [(country: String, date: String)] = []
  var runtime: Int?
  var imdb: String?
  var tmdb: Int?
  var isBare = false

  var name: String { names[language] ?? "" }

  static let catalogue = [
    FakeTVDBMovie(
      id: 31, names: ["eng": "The Long Ferry", "deu": "Die lange Fähre"],
      overviews: ["eng": "A ferry does not arrive.", "deu": "Eine Fähre kommt nicht an."], language: "eng",
      country: "gbr",
      year: 2009, releases: [("global", "2009-05-01"), ("deu", "2009-06-12"), ("gbr", "2009-05-08")], runtime: 101,
      imdb: "tt99000031", tmdb: 31),
    FakeTVDBMovie(id: 32, names: ["fra": "Le Phare"], language: "fra", country: "fra", year: 1957, isBare: true),
  ]
}
