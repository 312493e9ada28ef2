/// A work of the fake catalogue. All of it is invented.
struct FakeOMDbWork: Sendable {
  struct Episode: Sendable {
    var number: Int
    var season: Int
    var id: String
    var title: String
    var released = "N/A"
    var rating = "N/A"
  }

  var id: String
  var title: String
  var type = "movie"
  var year: String
  /// Members beside those, instead of `N/A`.
  var facts: [String: String] = [:]
  var ratings: [(source: String, value: String)] = []
  var seasons: [Int: [Episode]] = [:]
  var totalSeasons = "N/A"

  private static let members = [
    "Rated", "Released", "Runtime", "Genre", "Director", "Writer", "Actors", "Plot", "Language", "Country", "Awards",
    "Poster",
  ]

  /// The work as the service writes it: texts throughout, `N/A` for what it does not know.
  var record: FakeJSON {
    var members: [(String, FakeJSON)] = [("Title", .string(title)), ("Year", .string(year))]
    members += Self.members.map { ($0, .string(facts[$0] ?? "N/A")) }
    members.append(
      ("Ratings", .list(ratings.map { ["Source": .string($0.source), "Value": .string($0.value)] })))
    members += ["Metascore", "imdbRating", "imdbVotes"].map { ($0, .string(facts[$0] ?? "N/A")) }
    members += [("imdbID", .string(id)), ("Type", .string(type))]
    if type == "series" {
      members.append(("totalSeasons", .string(totalSeasons)))
    } else {
      members += ["DVD", "BoxOffice", "Production", "Website"].map { ($0, .string(facts[$0] ?? "N/A")) }
    }
    return .object(members)
  }

  var hit: FakeJSON {
    [
      "Title": .string(title), "Year": .string(year), "imdbID": .string(id), "Type": .string(type),
      "Poster": .string(facts["Poster"] ?? "N/A"),
    ]
  }

  func list(_ season: Int) -> FakeJSON {
    let entries = (seasons[season] ?? []).map { episode -> FakeJSON in
      [
        "Title": .string(episode.title), "Released": .string(episode.released),
        "Episode": .string(String(episode.number)), "imdbRating": .string(episode.rating),
        "imdbID": .string(episode.id),
      ]
    }
    return [
      "Title": .string(title), "Season": .string(String(season)), "totalSeasons": .string(totalSeasons),
      "Episodes": .list(entries),
    ]
  }

  /// An episode's own record.
  func record(_ episode: Episode) -> FakeJSON {
    var work = FakeOMDbWork(id: episode.id, title: episode.title, type: "episode", year: "2014")
    work.facts = [
      "Released": "05 Jan 2014", "Runtime": "44 min", "Plot": "About \(episode.title).", "Director": "Fay Wren",
      "Poster": "https://m.media-amazon.example.org/images/still.jpg", "imdbRating": episode.rating,
      "imdbVotes": "1,024",
    ]
    return work.record.adding([
      ("Season", .string(String(episode.season))), ("Episode", .string(String(episode.number))),
      ("seriesID", .string(id)),
    ])
  }

  static let catalogue: [FakeOMDbWork] = [paperHarbor, unknown, short, game, adult] + lanterns + [lights, announced]

  /// Every episode that has an id, with its show.
  static let episodes = catalogue.flatMap { work in work.seasons.values.joined().map { (work, $0) } }

  private static let paperHarbor = FakeOMDbWork(
    id: "tt99000301", title: "The Paper Harbor", year: "1923",
    facts: [
      "Rated": "PG-13", "Released": "05 Apr 1923", "Runtime": "81 min", "Genre": "Drama, Mystery, Sci-Fi",
      "Director": "Ada Quill", "Writer": "Ben Marlow (story), Cleo Ash (novel, 1920), Ben Marlow (screenplay)",
      "Actors": "Dora Finch, Egon Vale, Fay Wren", "Plot": "A town folds itself out of paper.",
      "Language": "English, German", "Country": "USA, Germany",
      "Poster": "http://m.media-amazon.example.org/images/harbor._V1_SX300.jpg", "Metascore": "48",
      "imdbRating": "6.4", "imdbVotes": "12,345", "Production": "North Coast Pictures", "BoxOffice": "$1,234,567",
    ],
    ratings: [
      ("Internet Movie Database", "6.4/10"), ("Rotten Tomatoes", "61%"), ("Metacritic", "48/100"),
      ("Some Other Site", "9/10"),
    ])
  private static let unknown = FakeOMDbWork(id: "tt99000302", title: "Blank Page", year: "N/A")
  private static let short = FakeOMDbWork(
    id: "tt99000303", title: "Up", year: "2009", facts: ["Runtime": "1 h 30 min", "Rated": "Not Rated"])
  private static let game = FakeOMDbWork(id: "tt99000304", title: "The Paper Harbor Game", type: "game", year: "2001")
  private static let adult = FakeOMDbWork(
    id: "tt99000305", title: "Closed Doors", year: "1990", facts: ["Genre": "Adult"])

  /// More than two pages of a search.
  private static let lanterns = (1...23).map { number in
    FakeOMDbWork(id: "tt9900\(1000 + number)", title: "Lantern Story \(number)", year: String(1980 + number))
  }

  private static let lights = FakeOMDbWork(
    id: "tt99000082", title: "Harbor Lights", type: "series", year: "2014–2016",
    facts: [
      "Rated": "TV-14", "Released": "05 Jan 2014", "Runtime": "60 min", "Genre": "Drama", "Country": "UK",
      "Poster": "https://m.media-amazon.example.org/images/lights.jpg", "imdbRating": "8.4", "imdbVotes": "2,001",
    ],
    seasons: Dictionary(
      uniqueKeysWithValues: (1...8).map { season in
        (season, (1...20).map { lightsEpisode($0, of: season) })
      }),
    totalSeasons: "8")

  private static func lightsEpisode(_ number: Int, of season: Int) -> Episode {
    Episode(
      number: number, season: season,
      // One that the service has no id for.
      id: season == 1 && number == 2 ? "N/A" : "tt9908\(1000 + season * 100 + number)",
      title: "Part \(season).\(number)", released: number == 3 ? "N/A" : "\(2013 + season)-01-0\(number % 9 + 1)",
      rating: number == 1 ? "7.5" : "N/A")
  }

  /// Still running, with a season that has no list yet.
  private static let announced = FakeOMDbWork(
    id: "tt99000083", title: "Harbor Nights", type: "series", year: "2021–",
    seasons: [1: [Episode(number: 1, season: 1, id: "tt99080001", title: "First Night", released: "2021-03-04")]],
    totalSeasons: "2")
}
