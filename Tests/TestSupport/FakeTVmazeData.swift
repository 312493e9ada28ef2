/// A show of the fake catalogue. All of it is invented.
struct FakeTVmazeShow: Sendable {
  struct Season: Sendable {
    var number: Int
    var name = ""
    var premiere: String?
  }

  struct Episode: Sendable {
    var id: Int
    var season: Int
    /// Nil for a special.
    var number: Int?
    var name: String
    var airdate: String
  }

  struct Person: Sendable {
    var id: Int
    var name: String
    /// The character, or the job in the crew.
    var part: String
    var hasPicture = true
  }

  struct DVD: Sendable {
    var season: Int
    var number: Int
    var name: String
    var episodes: [Int]
  }

  var id: Int
  var name: String
  var type = "Scripted"
  var language: String? = "English"
  var genres: [String] = []
  var status = "Ended"
  var runtime: Int?
  var averageRuntime: Int?
  var premiered: String?
  var ended: String?
  var rating: Double?
  var weight = 50
  var network: String?
  var webChannel: String?
  var imdb: String?
  var tvdb: Int?
  var hasImage = true
  var summary: String?
  var akas: [(name: String, country: String?)] = []
  var cast: [Person] = []
  var crew: [Person] = []
  /// Type (nil: unsorted), main, and the name in the picture's address.
  var images: [(type: String?, main: Bool, name: String)] = []
  var seasons: [Season] = []
  var episodes: [Episode] = []
  var dvd: [DVD] = []
  /// A record from before 2020: fewer members, pictures on http.
  var isOld = false

  /// Adds seasons with so many episodes each, a week apart, and their ids from `first` on.
  mutating func addSeasons(_ counts: [(number: Int, episodes: Int)], firstID first: Int, year: Int) {
    var id = first
    for (offset, season) in counts.enumerated() {
      seasons.append(Season(number: season.number, premiere: "\(year + offset)-01-05"))
      for number in 1...max(1, season.episodes) where season.episodes > 0 {
        let month = 1 + (number - 1) / 4
        let day = 5 + 7 * ((number - 1) % 4)
        let date = "\(year + offset)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        episodes.append(
          Episode(id: id, season: season.number, number: number, name: "Part \(season.number).\(number)", airdate: date)
        )
        id += 1
      }
    }
  }
}

extension FakeTVmazeShow {
  /// The whole catalogue, by id.
  static let catalogue: [FakeTVmazeShow] = [
    harborLights, olderHarborLights, skerry, signal, saltAndInk, ferries, eightBells, morningTable,
  ]

  /// Three seasons, one long; specials before, between and without a date; every kind of picture; a DVD order.
  private static let harborLights: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 82, name: "Harbor Lights")
    show.genres = ["Drama", "Mystery"]
    show.runtime = 60
    show.averageRuntime = 61
    show.premiered = "2014-01-05"
    show.ended = "2016-02-23"
    show.rating = 8.4
    show.weight = 90
    show.network = "North Coast Television"
    show.imdb = "tt99000082"
    show.tvdb = 990_082
    show.summary = "<p>A lighthouse keeper and her brother run the last <b>harbor office</b> of a small town.</p>"
    show.akas = [("Harbour Lights", nil), ("Hafenlichter", "Germany"), ("Les Feux du port", "France")]
    show.cast = [
      Person(id: 1, name: "Ada Quill", part: "Nora Penrose"), Person(id: 2, name: "Ben Marlow", part: "Tom Penrose"),
      Person(id: 1, name: "Ada Quill", part: "Young Edith"),
      Person(id: 3, name: "Cleo Ash", part: "The Pilot", hasPicture: false),
    ]
    show.crew = [
      Person(id: 10, name: "Dora Finch", part: "Creator"),
      Person(id: 11, name: "Egon Vale", part: "Executive Producer"),
      Person(id: 12, name: "Fay Wren", part: "Director"), Person(id: 13, name: "Gus Holm", part: "Music Supervisor"),
    ]
    show.images = [
      ("poster", false, "second-poster"), ("poster", true, "main-poster"), ("background", true, "wide"),
      ("banner", false, "strip"), ("typography", true, "letters"), (nil, false, "unsorted"),
    ]
    show.addSeasons([(1, 24), (2, 10), (3, 8)], firstID: 4952, year: 2014)
    show.episodes += [
      Episode(id: 9003, season: 3, number: nil, name: "Without a Date", airdate: ""),
      Episode(id: 9002, season: 1, number: nil, name: "Behind the Lamp", airdate: "2014-12-20"),
      Episode(id: 9004, season: 2, number: nil, name: "The Storm, Part Two", airdate: "2015-12-24"),
      Episode(id: 9001, season: 2, number: nil, name: "The Storm, Part One", airdate: "2015-12-24"),
    ]
    show.dvd = [
      DVD(season: 1, number: 1, name: "Part 1.2", episodes: [4953]),
      DVD(season: 1, number: 2, name: "Part 1.1", episodes: [4952]),
      DVD(season: 1, number: 3, name: "The Long Part", episodes: [4954, 4955]),
      DVD(season: 2, number: 1, name: "The Storm", episodes: [9001, 9004]),
    ]
    return show
  }()

  /// Eight seasons of twenty episodes.
  private static let eightBells: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 815, name: "Eight Bells")
    show.premiered = "1995-01-05"
    show.ended = "2002-05-24"
    show.network = "Channel Nine"
    show.addSeasons((1...8).map { ($0, 20) }, firstID: 8500, year: 1995)
    return show
  }()

  /// The same title, another year; a record of the early days.
  private static let olderHarborLights: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 83, name: "Harbor Lights")
    show.genres = ["Comedy"]
    show.runtime = 30
    show.premiered = "1998-01-05"
    show.weight = 20
    show.network = "Channel Nine"
    show.tvdb = 990_083
    show.summary = "<p>Two ferrymen share one boat.</p>"
    show.addSeasons([(1, 6)], firstID: 6000, year: 1998)
    show.isOld = true
    return show
  }()

  /// Not English, not on television, no fixed length, no ids elsewhere.
  private static let skerry: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 310, name: "Året på skäret")
    show.type = "Documentary"
    show.language = "Swedish"
    show.averageRuntime = 48
    show.premiered = "2021-01-05"
    show.webChannel = "Worldstream"
    show.akas = [("A Year on the Skerry", "United Kingdom"), ("Året på skäret – en film i delar", nil)]
    show.images = [("background", true, "sea")]
    show.addSeasons([(1, 4)], firstID: 7000, year: 2021)
    return show
  }()

  /// Carries its year in its name.
  private static let signal: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 411, name: "Signal (2013)")
    show.runtime = 45
    show.premiered = "2013-01-05"
    show.network = "North Coast Television"
    show.imdb = "tt99000411"
    show.hasImage = false
    show.addSeasons([(1, 3)], firstID: 7100, year: 2013)
    return show
  }()

  private static let saltAndInk: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 512, name: "Salt & Ink")
    show.type = "Reality"
    show.genres = ["Food"]
    show.runtime = 30
    show.premiered = "2018-01-05"
    show.network = "Channel Nine"
    show.imdb = "tt99000512"
    show.tvdb = 990_512
    show.summary =
      "<p>Cooks &amp; printers say &quot;d&eacute;j&agrave; vu&quot; &#8211; it&#39;s&nbsp;fun.</p><p>Part two.</p>"
    show.addSeasons([(1, 5)], firstID: 7200, year: 2018)
    return show
  }()

  /// A season that is only announced, one that the list of seasons forgets, and a special.
  private static let ferries: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 613, name: "Northern Ferries")
    show.status = "Running"
    show.runtime = 50
    show.premiered = "2022-01-05"
    show.network = "North Coast Television"
    show.addSeasons([(1, 2)], firstID: 7300, year: 2022)
    show.episodes.append(Episode(id: 7310, season: 2, number: 1, name: "Unlisted", airdate: ""))
    show.seasons.append(Season(number: 3, name: "The Last Crossing"))
    return show
  }()

  /// A daily show: its seasons are years.
  private static let morningTable: FakeTVmazeShow = {
    var show = FakeTVmazeShow(id: 1205, name: "The Morning Table")
    show.type = "Talk Show"
    show.status = "Running"
    show.runtime = 60
    show.premiered = "2015-01-05"
    show.network = "Channel Nine"
    show.webChannel = "Worldstream"
    show.addSeasons([(2015, 30), (2016, 12)], firstID: 8000, year: 2015)
    return show
  }()
}
