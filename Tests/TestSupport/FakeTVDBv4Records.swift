/// The shapes in which API v4 writes its records.
enum FakeTVDBv4Records {
  private static let pictures = "https://artworks.thetvdb.com/banners"

  static func object(_ texts: [String: String]) -> FakeJSON {
    .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  private static func languages(_ texts: [String: String]) -> FakeJSON {
    .list(texts.keys.sorted().map { .string($0) })
  }

  /// As in lists: a relative image, and a status of nulls.
  static func base(_ show: FakeTVDBShow) -> FakeJSON {
    [
      "id": .integer(show.id), "name": .string(show.name), "slug": .string("show-\(show.id)"),
      "image": .string("/banners/series/\(show.id)/poster.jpg"), "nameTranslations": languages(show.names),
      "overviewTranslations": languages(show.overviews), "aliases": show.isBare ? nil : [],
      "firstAired": .string(show.firstAired), "lastAired": .string(show.lastAired), "nextAired": "", "score": 1200,
      "status": ["id": nil, "name": nil, "recordType": "", "keepUpdated": false],
      "originalCountry": .string(show.country), "originalLanguage": .string(show.language), "defaultSeasonType": 1,
      "isOrderRandomized": false, "lastUpdated": "2024-01-01 10:00:00", "averageRuntime": show.isBare ? nil : 45,
      "episodes": nil, "overview": FakeJSON(show.overviews[show.language]),
      "year": .string(String(show.firstAired.prefix(4))),
    ]
  }

  static func base(_ movie: FakeTVDBMovie) -> FakeJSON {
    [
      "id": .integer(movie.id), "name": .string(movie.name), "slug": .string("movie-\(movie.id)"),
      "image": .string("/banners/movies/\(movie.id)/poster.jpg"), "nameTranslations": languages(movie.names),
      "overviewTranslations": languages(movie.overviews), "aliases": movie.isBare ? nil : [], "score": 12,
      "runtime": FakeJSON(movie.runtime), "lastUpdated": "2024-01-01 10:00:00", "year": .string(String(movie.year)),
    ]
  }

  static func extended(_ show: FakeTVDBShow, _ request: LoopbackRequest) -> FakeJSON {
    let isShort = request.parameter("short") == "true"
    var record = replacing(
      base(show), "status", ["id": 2, "name": "Ended", "recordType": "series", "keepUpdated": false])
    record = replacing(record, "image", .string("\(pictures)/series/\(show.id)/poster.jpg"))
    let seasons = show.orders.flatMap { order in
      Set((show.places(order.word) ?? []).map(\.season)).sorted().map { season(show, order, $0) }
    }
    let bare: FakeJSON? = show.isBare ? .null : nil
    var members: [(String, FakeJSON)] = [
      ("artworks", bare ?? (isShort ? nil : artworks(show))), ("characters", bare ?? (isShort ? nil : characters)),
      ("companies", bare ?? companies(show.network)), ("originalNetwork", company(show.network, 1, "Network")),
      ("latestNetwork", nil), ("lists", bare ?? []), ("trailers", bare ?? []), ("tags", nil),
      ("genres", bare ?? .list(show.genres.map { ["id": 1, "name": .string($0), "slug": "g"] })),
      ("remoteIds", bare ?? remoteIDs(show.imdb, show.tmdb, 12)), ("seasons", .list(seasons)),
      ("seasonTypes", bare ?? .list(show.orders.map(type))), ("contentRatings", bare ?? ratings(show.rating)),
      ("airsDays", ["monday": true]), ("airsTime", "20:00"),
    ]
    if request.parameter("meta") == "translations" {
      members.append(("translations", translations(show.names, show.overviews)))
    }
    return record.adding(members)
  }

  static func extended(_ movie: FakeTVDBMovie, _ request: LoopbackRequest) -> FakeJSON {
    let bare: FakeJSON? = movie.isBare ? .null : nil
    let releases = movie.releases.map { ["country": .string($0.country), "date": .string($0.date)] as FakeJSON }
    var members: [(String, FakeJSON)] = [
      (
        "artworks",
        bare ?? [artwork(14, "poster-m", "eng", 5), artwork(15, "back-m", nil, 3), artwork(25, "logo-m", "deu", 1)]
      ),
      ("releases", bare ?? .list(releases)), ("first_release", releases.first ?? nil),
      ("characters", bare ?? characters),
      ("remoteIds", bare ?? remoteIDs(movie.imdb, movie.tmdb, 10)),
      ("genres", bare ?? [["id": 2, "name": "Thriller"]]),
      ("budget", "100"), ("originalCountry", .string(movie.country)), ("originalLanguage", .string(movie.language)),
      ("contentRatings", bare ?? ratings(("deu", "12"))), ("status", ["id": 5, "name": "Released"]),
      (
        "companies",
        bare ?? [
          "studio": [company("Quay Studios", 2, "Studio")], "network": nil,
          "production": [company("Slow Boat Films", 3, "Production Company")], "distributor": [],
          "special_effects": nil,
        ]
      ),
      (
        "lists",
        bare ?? [
          [
            "id": 900, "name": "The Ferry Films", "overview": "All of them.", "isOfficial": true,
            "image": "/banners/l.jpg",
          ],
          ["id": 901, "name": "Best with ships", "isOfficial": false],
        ]
      ),
      ("production_countries", bare ?? [["id": 1, "country": .string(movie.country), "name": "x"]]),
    ]
    if request.parameter("meta") == "translations" {
      members.append(("translations", translations(movie.names, movie.overviews)))
    }
    return base(movie).adding(members)
  }

  static func episode(
    _ place: (season: Int, number: Int, episode: FakeTVDBShow.Episode), of show: FakeTVDBShow, _ language: String?
  ) -> FakeJSON {
    let episode = place.episode
    let code = language ?? show.language
    return [
      "id": .integer(episode.id), "seriesId": .integer(show.id), "name": FakeJSON(episode.names[code]),
      "aired": FakeJSON(episode.aired), "runtime": show.isBare ? nil : 44,
      "nameTranslations": language == nil ? languages(episode.names) : nil,
      "overview": FakeJSON(episode.overviews[code]),
      "overviewTranslations": language == nil ? languages(episode.overviews) : nil,
      "image": episode.number == 1 ? .string("/banners/episodes/\(episode.id).jpg") : nil, "imageType": 11,
      "isMovie": 0,
      "seasons": nil, "number": .integer(place.number), "seasonNumber": .integer(place.season),
      "absoluteNumber": FakeJSON(show.isBare ? nil : episode.absolute ?? 0), "lastUpdated": "2024-01-01 10:00:00",
      "finaleType": nil, "year": .string(String((episode.aired ?? "").prefix(4))),
    ]
  }

  static func remoteIDs(_ imdb: String?, _ tmdb: Int?, _ type: Int) -> FakeJSON {
    var ids: [FakeJSON] = [["id": "https://example.org/", "type": 4, "sourceName": "Official Website"]]
    if let imdb { ids.append(["id": .string(imdb), "type": 2, "sourceName": "IMDB"]) }
    if let tmdb { ids.append(["id": .string(String(tmdb)), "type": .integer(type), "sourceName": "TheMovieDB.com"]) }
    return .list(ids)
  }

  private static func season(_ show: FakeTVDBShow, _ order: (id: Int, word: String, name: String), _ number: Int)
    -> FakeJSON
  {
    let texts = order.word == "official" ? show.seasonOverviews[number] ?? [:] : [:]
    return [
      "id": .integer(show.seasonID(order.word, number)), "seriesId": .integer(show.id), "type": type(order),
      "number": .integer(number), "name": nil, "nameTranslations": [],
      "overviewTranslations": show.isBare ? nil : languages(texts),
      "image": show.isBare ? nil : .string("/banners/seasons/\(show.id)-\(number).jpg"), "imageType": 7,
      "companies": ["studio": nil, "network": nil], "lastUpdated": "2024-01-01 10:00:00",
    ]
  }

  private static func type(_ order: (id: Int, word: String, name: String)) -> FakeJSON {
    ["id": .integer(order.id), "name": .string(order.name), "type": .string(order.word), "alternateName": nil]
  }

  private static func translations(_ names: [String: String], _ overviews: [String: String]) -> FakeJSON {
    let listed = names.sorted { $0.key < $1.key }.map { code, name in
      ["name": .string(name), "language": .string(code), "tagline": code == "deu" ? "Licht an." : ""] as FakeJSON
    }
    let aliases: [FakeJSON] = [["name": "Alias in German", "language": "deu", "isAlias": true]]
    return [
      "nameTranslations": .list(aliases + listed), "aliases": nil,
      "overviewTranslations": .list(
        overviews.sorted { $0.key < $1.key }.map {
          ["overview": .string($0.value), "language": .string($0.key)]
        }),
    ]
  }

  private static func ratings(_ rating: (country: String, name: String)?) -> FakeJSON {
    guard let rating else { return [] }
    return [
      ["id": 1, "name": .string(rating.name), "country": .string(rating.country), "contentType": "", "order": 1],
      ["id": 2, "name": "M", "country": "aus", "contentType": "", "order": 2],
      ["id": 3, "name": "X", "country": "nowhere", "contentType": "", "order": 3],
    ]
  }

  private static func company(_ name: String, _ id: Int, _ type: String) -> FakeJSON {
    [
      "id": 1, "name": .string(name), "country": "usa", "primaryCompanyType": .integer(id),
      "companyType": ["companyTypeId": .integer(id), "companyTypeName": .string(type)],
    ]
  }

  private static func companies(_ network: String) -> FakeJSON {
    [company(network, 1, "Network"), company("Breakwater Pictures", 3, "Production Company")]
  }

  private static func artworks(_ show: FakeTVDBShow) -> FakeJSON {
    [
      artwork(2, "poster-plain", nil, 900), artwork(2, "poster-eng", "eng", 50), artwork(2, "poster-deu", "deu", 10),
      artwork(2, "poster-deu2", "deu", 30), artwork(3, "back", nil, 5), artwork(23, "logo", "eng", 5),
      artwork(1, "banner", "eng", 5), artwork(5, "icon", nil, 5), artwork(20, "moving", nil, 5),
      artwork(7, "season", "eng", 5).adding([("seasonId", .integer(show.seasonID("official", 1)))]),
    ]
  }

  private static func artwork(_ type: Int, _ name: String, _ language: String?, _ score: Int) -> FakeJSON {
    [
      "id": 1, "image": .string("\(pictures)/\(name).jpg"), "thumbnail": .string("\(pictures)/\(name)_t.jpg"),
      "language": FakeJSON(language), "type": .integer(type), "score": .integer(score), "width": 680, "height": 1000,
      "includesText": .boolean(language != nil),
    ]
  }

  private static let characters: FakeJSON = [
    character(2, "Ben Quill", "Actor", "Tom", sort: 2), character(1, "Ada Quill", "Actor", "Nora", sort: 1),
    character(1, "Ada Quill", "Actor", "Nora's Twin", sort: 3), character(3, "Cy Dow", "Guest Star", nil, sort: 0),
    character(4, "Di Ross", "Director", nil, sort: 4), character(5, "Eli Fox", "Creator", nil, sort: 5),
    character(6, "Flo Gray", "Executive Producer", nil, sort: 6), character(7, "Gus Hill", "Editor", nil, sort: 7),
  ]

  private static func character(_ id: Int, _ name: String, _ type: String, _ role: String?, sort: Int) -> FakeJSON {
    [
      "id": .integer(id * 10), "name": FakeJSON(role), "peopleId": .integer(id), "type": 3, "peopleType": .string(type),
      "personName": .string(name), "personImgURL": id == 1 ? .string("\(pictures)/person/1.jpg") : "", "image": nil,
      "sort": .integer(sort), "isFeatured": false, "seriesId": nil,
    ]
  }

  static func replacing(_ record: FakeJSON, _ name: String, _ value: FakeJSON) -> FakeJSON {
    guard case .object(let members) = record else { return record }
    return .object(members.map { $0.0 == name ? (name, value) : $0 })
  }
}
