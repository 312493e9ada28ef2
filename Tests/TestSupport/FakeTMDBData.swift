/// A movie or show of the fake catalogue. All of it is invented.
struct FakeTMDBWork: Sendable {
  struct Translation: Sendable {
    var language: String
    var region: String
    var title = ""
    var overview = ""
    var tagline = ""
  }

  struct Person: Sendable {
    var id: Int
    var name: String
    /// Characters, or jobs in the crew.
    var parts: [String]
    var episodes = 1
    var hasPicture = true
  }

  struct Picture: Sendable {
    var path: String
    var language: String?
    var score = 5.0
    var votes = 10
    var width = 1000
  }

  struct Release: Sendable {
    var country: String
    var type: Int
    var date: String
    var certification = ""
  }

  struct Episode: Sendable {
    var id: Int
    var number: Int
    var name: String?
    var airdate: String?
    var runtime: Int? = 45
  }

  struct Season: Sendable {
    var number: Int
    var name: String?
    var episodes: [Episode]
  }

  struct Group: Sendable {
    var id: String
    var name: String
    var type: Int
    var seasons: [(order: Int, name: String, episodes: [Int])]
  }

  var id: Int
  var isMovie: Bool
  var originalTitle: String
  var originalLanguage = "en"
  var translations: [Translation] = []
  var alternativeTitles: [(country: String, title: String)] = []
  /// Empty when not known.
  var date = ""
  var isAdult = false
  var popularity = 10.0
  var vote = 0.0
  var votes = 0
  var imdb: String?
  var tvdb: Int?
  var genres: [String] = ["Drama"]
  var keywords: [String] = []
  var companies: [String] = []
  var networks: [String] = []
  var countries: [String] = []
  var cast: [Person] = []
  var crew: [Person] = []
  var creators: [Person] = []
  var posters: [Picture] = []
  var backdrops: [Picture] = []
  var logos: [Picture] = []
  var recommendations: [Int] = []
  // Of movies.
  var runtime = 0
  var collection: (id: Int, name: String)?
  var releases: [Release] = []
  // Of shows.
  var status = "Ended"
  var lastDate: String?
  var ratings: [(country: String, rating: String)] = []
  var seasons: [Season] = []
  var groups: [Group] = []

  /// Adds a season with ids counted from the show's and the season's number.
  mutating func addSeason(_ number: Int, episodes: Int, year: Int, name: String? = nil) {
    let list = (0..<episodes).map { offset in
      let month = 1 + offset / 4 % 12
      let day = 1 + 7 * (offset % 4)
      let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
      return Episode(
        id: id * 10_000 + number % 100 * 100 + offset + 1, number: offset + 1, name: "Part \(number).\(offset + 1)",
        airdate: date)
    }
    seasons.append(Season(number: number, name: name, episodes: list))
  }
}

extension FakeTMDBWork {
  /// The whole catalogue.
  static let catalogue: [FakeTMDBWork] = [
    harborWatch, tenWinters, longRoad, morningTable, eightBells, lighthouseTown, lateStudy, olderHarborWatch,
    glassOrchard, olderGlassOrchard, streamed, closedDoors, bare, secondOrchard,
  ]

  /// Three seasons and specials, one season long; texts in German too; every kind of picture; four groups.
  private static let harborWatch: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4100, isMovie: false, originalTitle: "Harbor Watch")
    show.translations = [
      Translation(
        language: "en", region: "US", title: "Harbor Watch", overview: "A harbor office keeps the lamps burning.",
        tagline: "Somebody has to stay awake."),
      Translation(
        language: "de", region: "DE", title: "Die Hafenwache", overview: "Ein Hafenamt hält die Lampen in Gang."),
      Translation(language: "fr", region: "FR", title: "La Garde du port"),
    ]
    show.alternativeTitles = [("GB", "Harbour Watch"), ("US", "HW")]
    show.date = "2014-01-05"
    show.lastDate = "2016-02-23"
    show.popularity = 40.5
    show.vote = 8
    show.votes = 321
    show.imdb = "tt99004100"
    show.tvdb = 994_100
    show.genres = ["Drama", "Mystery"]
    show.companies = ["Lamp Pictures", "North Coast"]
    show.networks = ["North Coast Television"]
    show.countries = ["United States of America"]
    show.cast = [
      Person(id: 2, name: "Ben Marlow", parts: ["Tom Penrose"], episodes: 40),
      Person(id: 1, name: "Ada Quill", parts: ["Young Edith", "Nora Penrose"], episodes: 30),
      Person(id: 3, name: "Cleo Ash", parts: [""], hasPicture: false),
    ]
    show.crew = [
      Person(id: 12, name: "Fay Wren", parts: ["Director"], episodes: 2),
      Person(id: 13, name: "Gus Holm", parts: ["Music Supervisor"], episodes: 40),
      Person(id: 14, name: "Ida Lund", parts: ["Director", "Writer"], episodes: 9),
      Person(id: 11, name: "Egon Vale", parts: ["Executive Producer"], episodes: 40),
    ]
    show.creators = [Person(id: 10, name: "Dora Finch", parts: [])]
    show.posters = [
      Picture(path: "/en-weak.jpg", language: "en", score: 9.9, votes: 1),
      Picture(path: "/none.jpg", score: 9, votes: 50),
      Picture(path: "/en-strong.jpg", language: "en", score: 8, votes: 40),
      Picture(path: "/de.jpg", language: "de", score: 4, votes: 3), Picture(path: "/fr.jpg", language: "fr", score: 10),
    ]
    show.backdrops = [
      Picture(path: "/wide-en.jpg", language: "en", score: 9, votes: 90),
      Picture(path: "/wide.jpg", score: 7, width: 3840),
    ]
    show.logos = [
      Picture(path: "/logo.svg", language: "en", score: 9, votes: 90), Picture(path: "/logo.png", language: "en"),
    ]
    show.ratings = [("US", "TV-14"), ("DE", "12"), ("FR", "")]
    show.recommendations = [4200, 4600, 4400]
    show.addSeason(0, episodes: 2, year: 2014, name: "Specials")
    show.addSeason(1, episodes: 30, year: 2014, name: "Season 1")
    show.addSeason(2, episodes: 8, year: 2015, name: "Season 2")
    show.addSeason(3, episodes: 4, year: 2016, name: "The Last Light")
    show.groups = [
      Group(id: "5b0000000000000000000002", name: "Second Box", type: 3, seasons: []),
      Group(
        id: "5a0000000000000000000001", name: "Box", type: 3,
        seasons: [(0, "Extras", [41_000_001]), (1, "Disc One", [41_000_102, 41_000_101]), (2, "", [41_000_201])]),
      Group(
        id: "5c0000000000000000000003", name: "All", type: 2,
        seasons: [(1, "All", [41_000_101, 41_000_102, 41_000_103])]),
      Group(id: "5d0000000000000000000004", name: "Odd", type: 99, seasons: []),
    ]
    return show
  }()

  private static let olderHarborWatch: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4101, isMovie: false, originalTitle: "Harbor Watch")
    show.translations = [Translation(language: "en", region: "US", title: "Harbor Watch")]
    show.date = "1988-09-01"
    show.popularity = 2
    return show
  }()

  /// As many seasons as come with the show, and specials.
  private static let tenWinters: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4200, isMovie: false, originalTitle: "Ten Winters")
    show.translations = [Translation(language: "en", region: "US", title: "Ten Winters", overview: "Snow.")]
    show.date = "2001-11-01"
    show.tvdb = 994_200
    for number in 0...10 { show.addSeason(number, episodes: 3, year: 2000 + number) }
    return show
  }()

  /// More seasons than come with the show.
  private static let longRoad: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4300, isMovie: false, originalTitle: "The Long Road")
    show.translations = [Translation(language: "en", region: "US", title: "The Long Road")]
    show.date = "1980-01-01"
    for number in 1...33 { show.addSeason(number, episodes: 2, year: 1979 + number) }
    return show
  }()

  /// Seasons that are years, one of them only announced; no picture, no network, no country.
  private static let morningTable: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4400, isMovie: false, originalTitle: "The Morning Table")
    show.translations = [Translation(language: "en", region: "GB", title: "The Morning Table")]
    show.status = "Returning Series"
    show.date = "2015-03-02"
    show.lastDate = "2018-03-09"
    for year in [2015, 2016, 2018] { show.addSeason(year, episodes: 2, year: year) }
    show.seasons.append(Season(number: 2019, name: nil, episodes: []))
    show.seasons[0].episodes[1].name = nil
    show.seasons[0].episodes[1].airdate = nil
    show.seasons[0].episodes[1].runtime = nil
    return show
  }()

  /// Eight seasons of twenty episodes.
  private static let eightBells: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4500, isMovie: false, originalTitle: "Eight Bells")
    show.translations = [Translation(language: "en", region: "US", title: "Eight Bells", overview: "At sea.")]
    show.date = "1995-01-01"
    for number in 1...8 { show.addSeason(number, episodes: 20, year: 1994 + number) }
    return show
  }()

  /// Known by other names than its title.
  private static let lighthouseTown: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4600, isMovie: false, originalTitle: "灯台の町", originalLanguage: "ja")
    show.translations = [
      Translation(language: "ja", region: "JP", title: "灯台の町", overview: "港の話。"),
      Translation(language: "en", region: "US", title: "Lighthouse Town", overview: "A story of a port."),
    ]
    show.alternativeTitles = [("JP", "Toudai no Machi")]
    show.date = "2019-04-06"
    show.genres = ["Animation"]
    show.keywords = ["port", "anime"]
    show.addSeason(1, episodes: 2, year: 2019)
    return show
  }()

  private static let lateStudy: FakeTMDBWork = {
    var show = FakeTMDBWork(id: 4700, isMovie: false, originalTitle: "Late Study")
    show.translations = [Translation(language: "en", region: "US", title: "Late Study")]
    show.isAdult = true
    show.date = "2012-01-01"
    show.addSeason(1, episodes: 1, year: 2012)
    return show
  }()
}
