/// What API v4 answers to those who are logged in.
enum FakeTVDBv4 {
  private static let pictures = "https://artworks.thetvdb.com/banners"

  static func success(_ data: FakeJSON, links: FakeJSON? = nil) -> LoopbackReply {
    .json(FakeJSON.object([("status", "success"), ("data", data)] + (links.map { [("links", $0)] } ?? [])).text)
  }

  static func failure(_ status: Int, _ message: String) -> LoopbackReply {
    .json(FakeJSON.object([("status", "failure"), ("message", .string(message)), ("data", nil)]).text, status: status)
  }

  private static let missing = failure(404, "NotFoundException: record not found")

  static func answer(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    let id = path.count > 1 ? Int(path[1]) : nil
    switch (path.first, path.count) {
    case ("search", 1): return search(request)
    case ("search", 3) where path[1] == "remoteid": return remote(path[2])
    case ("series", 3...):
      guard let id else { return failure(400, "InvalidValueType: invalid path") }
      guard let show = FakeTVDBShow.catalogue.first(where: { $0.id == id }) else { return missing }
      if path.count == 3, path[2] == "extended" { return success(FakeTVDBv4Records.extended(show, request)) }
      if path[2] == "episodes", path.count == 4 || path.count == 5 { return episodes(show, path, request) }
      return failure(400, "InvalidValueType: invalid path")
    case ("movies", 3) where path[2] == "extended":
      guard let id else { return failure(400, "cannot make item path") }
      let movie = FakeTVDBMovie.catalogue.first { $0.id == id }
      return movie.map { success(FakeTVDBv4Records.extended($0, request)) } ?? missing
    case ("seasons", 4) where path[2] == "translations": return season(id, path[3])
    default: return failure(400, "InvalidValueType: invalid path")
    }
  }

  private static func season(_ id: Int?, _ language: String) -> LoopbackReply {
    for show in FakeTVDBShow.catalogue {
      for (number, texts) in show.seasonOverviews where show.seasonID("official", number) == id {
        guard let text = texts[language] else { return missing }
        return success(["name": "", "overview": .string(text), "language": .string(language)])
      }
    }
    return missing
  }

  /// `data.episodes` in both forms: beside the series, or inside its record with texts of one language.
  private static func episodes(_ show: FakeTVDBShow, _ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    guard let page = request.parameter("page").flatMap({ Int($0) }) else {
      return failure(400, "InvalidValueType: page is required")
    }
    let language = path.count == 5 ? path[4] : nil
    if let language, show.names[language] == nil, !show.episodes.contains(where: { $0.names[language] != nil }) {
      return missing
    }
    let places = show.places(path[3]) ?? []
    let shown = places.dropFirst(page * 500).prefix(500).map { place in
      FakeTVDBv4Records.episode(place, of: show, language)
    }
    let list: FakeJSON = shown.isEmpty && show.isBare ? nil : .list(Array(shown))
    // As the service does, with the query echoed raw.
    let address = "https://api4.thetvdb.com/v4/\(path.joined(separator: "/"))?note=raw space&page="
    let links: FakeJSON = [
      "prev": page > 0 ? .string("\(address)\(page - 1)") : nil, "self": .string("\(address)\(page)"),
      "next": places.count > (page + 1) * 500 ? .string("\(address)\(page + 1)") : nil,
      "total_items": .integer(places.count), "page_size": 500,
    ]
    let base = FakeTVDBv4Records.base(show)
    let data: FakeJSON =
      language == nil ? ["series": base, "episodes": list] : FakeTVDBv4Records.replacing(base, "episodes", list)
    return success(data, links: links)
  }

  private static func search(_ request: LoopbackRequest) -> LoopbackReply {
    guard let query = request.parameter("query"), !query.isEmpty else { return failure(400, "query is required") }
    let type = request.parameter("type")
    let year = request.parameter("year")
    func fits(_ names: [String: String], _ ownYear: String) -> Bool {
      names.values.contains { $0.lowercased().contains(query.lowercased()) } && (year == nil || year == ownYear)
    }
    let shows = type == "movie" ? [] : FakeTVDBShow.catalogue.filter { fits($0.names, String($0.firstAired.prefix(4))) }
    let movies = type == "series" ? [] : FakeTVDBMovie.catalogue.filter { fits($0.names, String($0.year)) }
    let hits = shows.map(hit) + movies.map(hit)
    let offset = request.parameter("offset").flatMap { Int($0) } ?? 0
    let limit = request.parameter("limit").flatMap { Int($0) } ?? 50
    return success(
      .list(Array(hits.dropFirst(offset).prefix(limit))),
      links: ["prev": nil, "self": "", "next": nil, "total_items": .integer(hits.count), "page_size": .integer(limit)])
  }

  private static func hit(_ show: FakeTVDBShow) -> FakeJSON {
    hit(
      "series", show.id, show.names, show.overviews, show.language, String(show.firstAired.prefix(4)),
      FakeTVDBv4Records.remoteIDs(show.imdb, show.tmdb, 12)
    ).adding([("first_air_time", .string(show.firstAired)), ("network", .string(show.network))])
  }

  private static func hit(_ movie: FakeTVDBMovie) -> FakeJSON {
    hit(
      "movie", movie.id, movie.names, movie.overviews, movie.language, String(movie.year),
      FakeTVDBv4Records.remoteIDs(movie.imdb, movie.tmdb, 10))
  }

  private static func hit(
    _ type: String, _ id: Int, _ names: [String: String], _ overviews: [String: String], _ language: String,
    _ year: String, _ remoteIDs: FakeJSON
  ) -> FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("objectID", .string("\(type)-\(id)")), ("id", .string("\(type)-\(id)")), ("tvdb_id", .string(String(id))),
      ("type", .string(type)), ("primary_type", .string(type)), ("name", FakeJSON(names[language])),
      ("image_url", .string("\(pictures)/\(type)/\(id)/poster.jpg")), ("primary_language", .string(language)),
      ("translations", FakeTVDBv4Records.object(names)), ("remote_ids", remoteIDs), ("status", "Ended"),
      ("year", .string(year)),
    ]
    if let overview = overviews[language] {
      members += [("overview", .string(overview)), ("overviews", FakeTVDBv4Records.object(overviews))]
    }
    return .object(members)
  }

  /// One number may be of several kinds: every number also finds a person.
  private static func remote(_ id: String) -> LoopbackReply {
    let shows = FakeTVDBShow.catalogue.filter { $0.imdb == id || $0.tmdb.map(String.init) == id }
    let movies = FakeTVDBMovie.catalogue.filter { $0.imdb == id || $0.tmdb.map(String.init) == id }
    let person: [FakeJSON] =
      Int(id) == nil ? [] : [["people": ["id": 5, "name": "Ada Quill", "image": "/banners/p.jpg"]]]
    let found =
      shows.map { ["series": FakeTVDBv4Records.base($0)] as FakeJSON }
      + movies.map { ["movie": FakeTVDBv4Records.base($0)] as FakeJSON }
    return success(.list(person + found))
  }
}
