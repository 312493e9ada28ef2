/// The shapes in which TMDB writes its records, in one language.
struct FakeTMDBShapes {
  let work: FakeTMDBWork
  /// "de-DE" or "de".
  let language: String
  /// "de", "en", "null"; nil when all are wanted.
  let imageLanguages: [String]?

  var code: String { String(language.prefix(2)) }

  var translation: FakeTMDBWork.Translation? {
    let spoken = work.translations.filter { $0.language == code }
    return spoken.first { language.hasSuffix("-" + $0.region) } ?? spoken.first
  }

  /// The original title where there is no translation.
  var title: String { translation.flatMap { $0.title.isEmpty ? nil : $0.title } ?? work.originalTitle }

  /// The work in a list of hits.
  func listItem(withMediaType: Bool) -> FakeJSON {
    var members: [(String, FakeJSON)] = [
      ("adult", .boolean(work.isAdult)), ("backdrop_path", path(work.backdrops)), ("id", .integer(work.id)),
      ("original_language", .string(work.originalLanguage)), ("overview", .string(translation?.overview ?? "")),
      ("popularity", .number(work.popularity)), ("poster_path", path(work.posters)), ("genre_ids", [18]),
      ("vote_average", vote), ("vote_count", .integer(work.votes)),
    ]
    if work.isMovie {
      members += [
        ("title", .string(title)), ("original_title", .string(work.originalTitle)),
        ("release_date", .string(work.date)), ("video", false),
      ]
    } else {
      members += [
        ("name", .string(title)), ("original_name", .string(work.originalTitle)), ("origin_country", ["US"]),
        ("first_air_date", .string(work.date)),
      ]
    }
    return .object(members + (withMediaType ? [("media_type", work.isMovie ? "movie" : "tv")] : []))
  }

  /// The details without appended parts.
  var record: FakeJSON {
    let alike: [(String, FakeJSON)] = [
      ("adult", .boolean(work.isAdult)), ("backdrop_path", path(work.backdrops)), ("id", .integer(work.id)),
      ("genres", named(work.genres)), ("homepage", ""), ("original_language", .string(work.originalLanguage)),
      ("overview", .string(translation?.overview ?? "")), ("popularity", .number(work.popularity)),
      ("poster_path", path(work.posters)), ("production_companies", named(work.companies)),
      ("production_countries", .list(work.countries.map { ["iso_3166_1": "XX", "name": .string($0)] })),
      ("spoken_languages", []), ("tagline", .string(translation?.tagline ?? "")), ("vote_average", vote),
      ("vote_count", .integer(work.votes)),
    ]
    return .object(alike + (work.isMovie ? movieMembers : showMembers))
  }

  private var movieMembers: [(String, FakeJSON)] {
    let collection: FakeJSON =
      work.collection.map {
        ["id": .integer($0.id), "name": .string($0.name), "poster_path": "/collection.jpg", "backdrop_path": nil]
      } ?? .null
    return [
      ("belongs_to_collection", collection), ("budget", 0), ("imdb_id", FakeJSON(work.imdb)), ("revenue", 0),
      ("title", .string(title)), ("original_title", .string(work.originalTitle)), ("release_date", .string(work.date)),
      ("runtime", .integer(work.runtime)), ("status", "Released"), ("video", false),
    ]
  }

  private var showMembers: [(String, FakeJSON)] {
    let last = work.seasons.last { !$0.episodes.isEmpty }
    return [
      ("created_by", .list(work.creators.map { person($0) })), ("episode_run_time", []),
      ("first_air_date", .string(work.date)), ("in_production", false), ("last_air_date", FakeJSON(work.lastDate)),
      (
        "last_episode_to_air",
        last.flatMap { season in season.episodes.last.map { episode($0, season.number) } } ?? .null
      ),
      ("next_episode_to_air", nil), ("name", .string(title)), ("original_name", .string(work.originalTitle)),
      ("networks", named(work.networks)), ("number_of_seasons", .integer(work.seasons.count { $0.number > 0 })),
      ("number_of_episodes", .integer(work.seasons.filter { $0.number > 0 }.reduce(0) { $0 + $1.episodes.count })),
      ("origin_country", ["US"]), ("seasons", .list(work.seasons.map(seasonEntry))), ("status", .string(work.status)),
      ("type", "Scripted"),
    ]
  }

  /// What `append_to_response` or the path of that name gives; nil for a name that TMDB does not know.
  func part(_ name: String) -> FakeJSON? {
    switch name {
    case "alternative_titles":
      let titles: FakeJSON = .list(
        work.alternativeTitles.map { ["iso_3166_1": .string($0.country), "title": .string($0.title), "type": ""] })
      return [work.isMovie ? "titles" : "results": titles]
    case "external_ids":
      return [
        "imdb_id": FakeJSON(work.imdb), "tvdb_id": FakeJSON(work.tvdb), "wikidata_id": nil, "facebook_id": "",
      ]
    case "images":
      return ["posters": pictures(work.posters), "backdrops": pictures(work.backdrops), "logos": pictures(work.logos)]
    case "keywords": return [work.isMovie ? "keywords" : "results": named(work.keywords)]
    case "recommendations":
      let works = work.recommendations.compactMap { id in FakeTMDBWork.catalogue.first { $0.id == id } }
      let items = works.map {
        FakeTMDBShapes(work: $0, language: language, imageLanguages: nil).listItem(withMediaType: true)
      }
      return ["page": 1, "results": .list(items), "total_pages": 1, "total_results": .integer(items.count)]
    case "translations": return ["translations": .list(work.translations.map(translationRecord))]
    case "videos": return ["results": []]
    default: return work.isMovie ? moviePart(name) : showPart(name)
    }
  }

  private func moviePart(_ name: String) -> FakeJSON? {
    switch name {
    case "credits":
      let cast = work.cast.enumerated().map { offset, member in
        person(member, [("character", FakeJSON(member.parts.first)), ("cast_id", 1), ("order", .integer(offset))])
      }
      let crew = work.crew.map { person($0, [("department", "Crew"), ("job", FakeJSON($0.parts.first))]) }
      return ["cast": .list(cast), "crew": .list(crew)]
    case "release_dates":
      let countries = work.releases.map(\.country).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return [
        "results": .list(
          countries.map { country in
            [
              "iso_3166_1": .string(country),
              "release_dates": .list(work.releases.filter { $0.country == country }.map(release)),
            ]
          })
      ]
    default: return nil
    }
  }

  private func showPart(_ name: String) -> FakeJSON? {
    switch name {
    case "aggregate_credits":
      let cast = work.cast.enumerated().map { offset, member in
        person(
          member,
          [
            ("roles", parts(member, "character")), ("total_episode_count", .integer(member.episodes)),
            ("order", .integer(offset)),
          ])
      }
      let crew = work.crew.map {
        person(
          $0, [("jobs", parts($0, "job")), ("department", "Crew"), ("total_episode_count", .integer($0.episodes))])
      }
      return ["cast": .list(cast), "crew": .list(crew)]
    case "content_ratings":
      return [
        "results": .list(
          work.ratings.map { ["descriptors": [], "iso_3166_1": .string($0.country), "rating": .string($0.rating)] })
      ]
    case "episode_groups":
      return [
        "results": .list(
          work.groups.map {
            [
              "id": .string($0.id), "name": .string($0.name), "type": .integer($0.type), "network": nil,
              "group_count": 1,
            ]
          })
      ]
    default:
      guard name.hasPrefix("season/"), let number = Int(name.dropFirst("season/".count)) else { return nil }
      return work.seasons.first { $0.number == number }.map(season)
    }
  }
}
