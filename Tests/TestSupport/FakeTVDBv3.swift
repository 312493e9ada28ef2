/// What the legacy API v3 answers to those who are logged in. It has no movies, and says 404 where there is nothing.
struct FakeTVDBv3 {
  /// ISO 639-1.
  let language: String

  static func failure(_ status: Int, _ text: String) -> LoopbackReply {
    .json(FakeJSON.object([("Error", .string(text))]).text, status: status)
  }

  static let refusal = LoopbackReply.json(
    #"{"Error": "Not authorized", "authorizer": "cloudfront"}"#, status: 401)

  private static let headers = [("X-Thetvdb-Api-Version", "3.0.0"), ("Cache-Control", "private, max-age=86400")]

  private static func success(_ data: FakeJSON, _ more: [(String, FakeJSON)] = []) -> LoopbackReply {
    .json(FakeJSON.object([("data", data)] + more).text, headers: headers)
  }

  func answer(_ path: [String], _ request: LoopbackRequest) -> LoopbackReply {
    if path == ["search", "series"] { return search(request) }
    guard path.first == "series", path.count > 1 else { return Self.failure(404, "Resource not found") }
    guard let show = FakeTVDBShow.catalogue.first(where: { String($0.id) == path[1] }) else {
      return Self.failure(404, "ID: \(path[1]) not found")
    }
    switch Array(path.dropFirst(2)) {
    case []: return series(show)
    case ["actors"]: return actors(show)
    case ["episodes"]: return episodes(show, request)
    case ["images", "query"]: return images(show, request.parameter("keyType") ?? "")
    default: return Self.failure(404, "Resource not found")
    }
  }

  private var code: String { ["en": "eng", "de": "deu", "ja": "jpn"][language] ?? language }

  private func search(_ request: LoopbackRequest) -> LoopbackReply {
    let name = request.parameter("name")?.lowercased()
    let imdb = request.parameter("imdbId")
    guard (name == nil) != (imdb == nil) else { return Self.failure(405, "Only one of name, imdbId, zap2itId, slug") }
    let found = FakeTVDBShow.catalogue.filter { show in
      name.map { name in show.names.values.contains { $0.lowercased().contains(name) } } ?? (show.imdb == imdb)
    }
    guard !found.isEmpty else { return Self.failure(404, "Resource not found") }
    return Self.success(
      .list(
        found.map { show in
          var members: [(String, FakeJSON)] = [
            ("aliases", []), ("banner", ""), ("firstAired", .string(show.firstAired)), ("id", .integer(show.id)),
            ("image", .string("/banners/posters/\(show.id)-1.jpg")), ("network", .string(show.network)),
            ("poster", .string("/banners/posters/\(show.id)-1.jpg")), ("slug", .string("show-\(show.id)")),
            ("seriesName", FakeJSON(show.names[code])), ("status", "Ended"),
          ]
          if let overview = show.overviews[code] { members.append(("overview", .string(overview))) }
          return .object(members)
        }))
  }

  private func series(_ show: FakeTVDBShow) -> LoopbackReply {
    let record: FakeJSON = [
      "id": .integer(show.id), "seriesId": "", "seriesName": FakeJSON(show.names[code]), "aliases": ["Harbour Lights"],
      "season": "8", "poster": .string("posters/\(show.id)-1.jpg"), "banner": .string("graphical/\(show.id).jpg"),
      "fanart": .string("fanart/original/\(show.id)-1.jpg"), "status": "Ended", "firstAired": .string(show.firstAired),
      "network": .string(show.network), "networkId": "", "runtime": "45", "language": .string(language),
      "genre": .list(show.genres.map { .string($0) }), "overview": FakeJSON(show.overviews[code]),
      "lastUpdated": 1_700_000_000, "airsDayOfWeek": "Monday", "airsTime": "", "rating": FakeJSON(show.rating?.name),
      "imdbId": .string(show.imdb ?? ""), "zap2itId": "", "added": "", "addedBy": 1, "siteRating": .number(8.1),
      "siteRatingCount": 12, "slug": .string("show-\(show.id)"),
    ]
    let errors: [(String, FakeJSON)] =
      show.names[code] == nil ? [("errors", ["invalidLanguage": "no such translation"])] : []
    return Self.success(record, errors)
  }

  private func actors(_ show: FakeTVDBShow) -> LoopbackReply {
    // Without actors: 404 in older days, an empty list today.
    if show.isBare { return Self.failure(404, "No results for your query: map[id:\(show.id)]") }
    func actor(_ id: Int, _ name: String, _ role: String, _ order: Int, _ image: String) -> FakeJSON {
      [
        "id": .integer(id), "seriesId": .integer(show.id), "name": .string(name), "role": .string(role),
        "sortOrder": .integer(order), "image": .string(image), "lastUpdated": "2020-01-01 00:00:00",
      ]
    }
    return Self.success([
      actor(2, "Ben Quill", "", 1, ""), actor(1, "Ada Quill", "Nora|Twin", 0, "actors/1.jpg"), ["id": 3, "name": nil],
    ])
  }

  private func episodes(_ show: FakeTVDBShow, _ request: LoopbackRequest) -> LoopbackReply {
    let page = request.parameter("page").flatMap { Int($0) } ?? 1
    let last = (show.episodes.count + 99) / 100
    guard (1...last).contains(page) else { return Self.failure(404, "No results for your query: map[page:\(page)]") }
    let shown = show.episodes.dropFirst((page - 1) * 100).prefix(100).map { episode($0, show) }
    return Self.success(
      .list(Array(shown)),
      [
        (
          "links",
          [
            "first": 1, "last": .integer(last), "next": page < last ? .integer(page + 1) : nil,
            "prev": page > 1 ? .integer(page - 1) : nil,
          ]
        )
      ])
  }

  private func episode(_ episode: FakeTVDBShow.Episode, _ show: FakeTVDBShow) -> FakeJSON {
    [
      "id": .integer(episode.id), "airedSeason": .integer(episode.season), "airedSeasonID": 1,
      "airedEpisodeNumber": .integer(episode.number), "episodeName": FakeJSON(episode.names[code]),
      "firstAired": .string(episode.aired ?? ""), "guestStars": ["Cy Dow"], "directors": ["Di Ross"], "writers": [],
      "overview": FakeJSON(episode.overviews[code]), "language": ["episodeName": .string(language), "overview": ""],
      "showUrl": "", "dvdDiscid": "", "dvdSeason": FakeJSON(episode.dvd?.season),
      "dvdEpisodeNumber": FakeJSON(episode.dvd.map { Double($0.number) }), "dvdChapter": nil,
      "absoluteNumber": FakeJSON(episode.absolute), "filename": .string("episodes/\(show.id)/\(episode.id).jpg"),
      "seriesId": .integer(show.id), "imdbId": "", "contentRating": nil, "thumbWidth": "400",
      "siteRating": .number(7.5),
      "siteRatingCount": 3, "isMovie": 0,
    ]
  }

  private func images(_ show: FakeTVDBShow, _ keyType: String) -> LoopbackReply {
    let hasImages = !show.isBare && ["poster", "fanart", "season"].contains(keyType)
    guard hasImages, language == "en" else {
      return Self.failure(404, "No results for your query: map[keyType:\(keyType)]")
    }
    func image(_ number: Int, _ average: Double) -> FakeJSON {
      [
        "id": .integer(number), "keyType": .string(keyType),
        "subKey": keyType == "season" ? .string(String(number)) : "",
        "fileName": .string("\(keyType)s/\(show.id)-\(number).jpg"), "languageId": 7, "language": .string(language),
        "resolution": keyType == "poster" ? "680x1000" : "", "ratingsInfo": ["average": .number(average), "count": 3],
        "thumbnail": "_cache/x.jpg",
      ]
    }
    return Self.success([image(1, 6.5), image(2, 9)])
  }
}
