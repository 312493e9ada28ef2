/// The shapes in which TVmaze writes its records.
struct FakeTVmazeShapes {
  let show: FakeTVmazeShow

  private var scheme: String { show.isOld ? "http" : "https" }

  /// The show without embedded parts.
  var record: FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("id", .integer(show.id)), ("url", .string("\(scheme)://www.tvmaze.com/shows/\(show.id)/show-\(show.id)")),
      ("name", .string(show.name)), ("type", .string(show.type)), ("language", FakeJSON(show.language)),
      ("genres", .list(show.genres.map { .string($0) })), ("status", .string(show.status)),
      ("runtime", FakeJSON(show.runtime)), ("premiered", FakeJSON(show.premiered)), ("officialSite", nil),
      ("schedule", ["time": "", "days": []]), ("rating", ["average": FakeJSON(show.rating)]),
      ("weight", .integer(show.weight)), ("network", Self.network(show.network, country: true)),
      ("webChannel", Self.network(show.webChannel, country: false)),
      ("externals", ["tvrage": nil, "thetvdb": FakeJSON(show.tvdb), "imdb": FakeJSON(show.imdb)]),
      ("image", show.hasImage ? image("poster-\(show.id)", folder: "medium_portrait") : nil),
      ("summary", FakeJSON(show.summary)), ("updated", 1_700_000_000),
      ("_links", ["self": ["href": .string("https://api.tvmaze.com/shows/\(show.id)")]]),
    ]
    if !show.isOld {
      members += [
        ("averageRuntime", FakeJSON(show.averageRuntime)), ("ended", FakeJSON(show.ended)), ("dvdCountry", nil),
      ]
    }
    return .object(members)
  }

  /// What `embed` or the path of that name gives; nil for a name that TVmaze does not know.
  func part(_ name: String) -> FakeJSON? {
    switch name {
    case "episodes": .list(episodes(withSpecials: false))
    case "seasons": .list(show.seasons.map(season))
    case "cast": .list(show.cast.map(castMember))
    case "crew": .list(show.crew.map { ["type": .string($0.part), "person": person($0)] })
    case "akas": .list(show.akas.map { ["name": .string($0.name), "country": Self.country($0.country)] })
    // Without images the embedded part was seen to be no list.
    case "images": show.images.isEmpty ? [:] : .list(show.images.enumerated().map { picture($0.offset, $0.element) })
    default: nil
    }
  }

  /// Episodes in the order of broadcast; specials carry the season in which they were shown.
  func episodes(withSpecials: Bool) -> [FakeJSON] {
    let shown = show.episodes.filter { withSpecials || $0.number != nil }
    return shown.sorted { ($0.season, $0.airdate, $0.id) < ($1.season, $1.airdate, $1.id) }.map(episode)
  }

  func episode(_ episode: FakeTVmazeShow.Episode) -> FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("id", .integer(episode.id)), ("url", .string("https://www.tvmaze.com/episodes/\(episode.id)/episode")),
      ("name", .string(episode.name)), ("season", .integer(episode.season)), ("number", FakeJSON(episode.number)),
      ("airdate", .string(episode.airdate)), ("airtime", episode.airdate.isEmpty ? "" : "20:00"),
      ("airstamp", episode.airdate.isEmpty ? nil : .string("\(episode.airdate)T20:00:00+00:00")),
      ("runtime", FakeJSON(show.runtime)),
      ("image", episode.number == 1 ? image("still-\(episode.id)", folder: "medium_landscape") : nil),
      ("summary", .string("<p>About \(episode.name).</p>")),
      ("_links", ["self": ["href": .string("https://api.tvmaze.com/episodes/\(episode.id)")]]),
    ]
    if !show.isOld {
      members += [
        ("type", episode.number == nil ? "significant_special" : "regular"), ("rating", ["average": FakeJSON(7.5)]),
      ]
    }
    return .object(members)
  }

  var alternateLists: FakeJSON {
    guard !show.dvd.isEmpty else { return [] }
    return [
      [
        "id": .integer(show.id * 10), "url": "https://www.tvmaze.com/alternatelists/1", "name": nil,
        "dvd_release": false, "verbatim_order": false, "streaming_premiere": true,
      ],
      [
        "id": .integer(show.id * 10 + 1), "url": "https://www.tvmaze.com/alternatelists/2", "name": nil,
        "dvd_release": true, "verbatim_order": false, "streaming_premiere": false,
      ],
    ]
  }

  /// Entries of the DVD list, with the episodes they stand for when embedded.
  func alternateEpisodes(embedded: Bool) -> FakeJSON {
    .list(
      show.dvd.enumerated().map { offset, entry in
        let record: FakeJSON = [
          "id": .integer(show.id * 1000 + offset), "url": "https://www.tvmaze.com/", "name": .string(entry.name),
          "season": .integer(entry.season), "number": .integer(entry.number),
        ]
        guard embedded else { return record }
        let originals = entry.episodes.compactMap { id in show.episodes.first { $0.id == id } }
        return record.adding([("_embedded", ["episodes": .list(originals.map(episode))])])
      })
  }

  private func season(_ season: FakeTVmazeShow.Season) -> FakeJSON {
    let count = show.episodes.count { $0.season == season.number && $0.number != nil }
    return [
      "id": .integer(show.id * 100 + season.number % 100), "number": .integer(season.number),
      "url": .string("https://www.tvmaze.com/seasons/\(show.id)/season-\(season.number)"),
      "name": .string(season.name), "episodeOrder": FakeJSON(count == 0 ? nil : count),
      "premiereDate": FakeJSON(season.premiere), "endDate": nil,
      "network": Self.network(show.network, country: true), "webChannel": nil,
      "image": season.number == 1 ? image("season-\(show.id)-1", folder: "medium_portrait") : .null,
      "summary": .string(season.number == 1 ? "<p>The first year.</p>" : ""), "_links": [:],
    ]
  }

  private func castMember(_ member: FakeTVmazeShow.Person) -> FakeJSON {
    let character: FakeJSON = [
      "id": .integer(member.id + 500), "url": "https://www.tvmaze.com/characters/\(member.id)",
      "name": .string(member.part), "image": image("character-\(member.id)", folder: "medium_portrait"), "_links": [:],
    ]
    return ["person": person(member), "character": character, "self": false, "voice": false]
  }

  private func person(_ person: FakeTVmazeShow.Person) -> FakeJSON {
    [
      "id": .integer(person.id), "url": .string("https://www.tvmaze.com/people/\(person.id)"),
      "name": .string(person.name), "country": nil, "birthday": nil, "deathday": nil, "gender": nil,
      "image": person.hasPicture ? image("person-\(person.id)", folder: "medium_portrait") : .null, "_links": [:],
    ]
  }

  private func picture(_ id: Int, _ picture: (type: String?, main: Bool, name: String)) -> FakeJSON {
    let url = "\(scheme)://static.tvmaze.com/uploads/images/original_untouched/\(picture.name).jpg"
    return [
      "id": .integer(id), "type": FakeJSON(picture.type), "main": .boolean(picture.main),
      "resolutions": ["original": ["url": .string(url), "width": 1000, "height": 1500]],
    ]
  }

  private func image(_ name: String, folder: String) -> FakeJSON {
    let base = "\(scheme)://static.tvmaze.com/uploads/images"
    return [
      "medium": .string("\(base)/\(folder)/\(name).jpg"),
      "original": .string("\(base)/original_untouched/\(name).jpg"),
    ]
  }

  private static func network(_ name: String?, country hasCountry: Bool) -> FakeJSON {
    guard let name else { return nil }
    return [
      "id": 1, "name": .string(name), "country": country(hasCountry ? "United States" : nil), "officialSite": nil,
    ]
  }

  private static func country(_ name: String?) -> FakeJSON {
    guard let name else { return nil }
    let code = ["Germany": "DE", "France": "FR", "United Kingdom": "GB"][name] ?? "US"
    return ["name": .string(name), "code": .string(code), "timezone": "Etc/UTC"]
  }
}
