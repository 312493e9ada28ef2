extension FakeTMDBShapes {
  /// A season with its episodes, crew and guests.
  func season(_ season: FakeTMDBWork.Season) -> FakeJSON {
    [
      "_id": "52542273760ee31328001af1", "air_date": FakeJSON(season.episodes.first?.airdate),
      "episodes": .list(season.episodes.map { episode($0, season.number) }), "name": .string(seasonName(season)),
      "overview": "", "id": .integer(work.id * 100 + season.number % 100), "poster_path": nil,
      "season_number": .integer(season.number), "vote_average": .number(7),
    ]
  }

  func episode(_ episode: FakeTMDBWork.Episode, _ season: Int) -> FakeJSON {
    let name = episode.name ?? (code == "de" ? "Folge \(episode.number)" : "Episode \(episode.number)")
    let director = FakeTMDBWork.Person(id: 12, name: "Fay Wren", parts: [])
    let guest = FakeTMDBWork.Person(id: 30, name: "Rolf Stern", parts: [])
    return [
      "air_date": FakeJSON(episode.airdate), "episode_number": .integer(episode.number), "episode_type": "standard",
      "id": .integer(episode.id), "name": .string(name),
      "overview": .string(translation?.overview.isEmpty == false ? "About \(name)." : ""), "production_code": "",
      "runtime": FakeJSON(episode.runtime), "season_number": .integer(season), "show_id": .integer(work.id),
      "still_path": episode.number == 1 ? .string("/still-\(episode.id).jpg") : .null,
      "vote_average": episode.number == 1 ? 8 : 0, "vote_count": episode.number == 1 ? 12 : 0,
      "crew": [person(director, [("job", "Director"), ("department", "Directing")])],
      "guest_stars": [person(guest, [("character", "The Stranger"), ("order", 500)])],
    ]
  }

  /// A group's episodes come without people.
  func group(_ group: FakeTMDBWork.Group) -> FakeJSON {
    let all = work.seasons.flatMap { season in season.episodes.map { ($0, season.number) } }
    let groups = group.seasons.map { season -> FakeJSON in
      let episodes = season.episodes.enumerated().compactMap { offset, id -> FakeJSON? in
        guard let (found, number) = all.first(where: { $0.0.id == id }),
          case .object(let members) = episode(found, number)
        else { return nil }
        return .object(members.filter { !["crew", "guest_stars"].contains($0.0) } + [("order", .integer(offset))])
      }
      return [
        "id": "5f0000000000000000000000", "name": .string(season.name), "order": .integer(season.order), "locked": true,
        "episodes": .list(episodes),
      ]
    }
    return [
      "id": .string(group.id), "name": .string(group.name), "type": .integer(group.type), "description": "",
      "group_count": .integer(groups.count), "episode_count": 0, "network": nil, "groups": .list(groups),
    ]
  }

  func seasonEntry(_ season: FakeTMDBWork.Season) -> FakeJSON {
    [
      "air_date": FakeJSON(season.episodes.first?.airdate), "episode_count": .integer(season.episodes.count),
      "id": .integer(work.id * 100 + season.number % 100), "name": .string(seasonName(season)),
      "overview": season.number == 1 ? "The first year." : "",
      "poster_path": season.number == 1 ? .string("/season-\(work.id)-1.jpg") : .null,
      "season_number": .integer(season.number), "vote_average": season.number == 1 ? .number(7.5) : 0,
    ]
  }

  func seasonName(_ season: FakeTMDBWork.Season) -> String {
    season.name ?? (code == "de" ? "Staffel \(season.number)" : "Season \(season.number)")
  }

  var vote: FakeJSON {
    // Whole values are written without a fraction.
    work.vote == work.vote.rounded() ? .integer(Int(work.vote)) : .number(work.vote)
  }

  func path(_ pictures: [FakeTMDBWork.Picture]) -> FakeJSON { FakeJSON(pictures.first?.path) }

  func named(_ names: [String]) -> FakeJSON {
    .list(names.enumerated().map { ["id": .integer($0.offset + 1), "name": .string($0.element), "logo_path": nil] })
  }

  func person(_ person: FakeTMDBWork.Person, _ more: [(String, FakeJSON)] = []) -> FakeJSON {
    let record: FakeJSON = [
      "adult": false, "gender": 0, "id": .integer(person.id), "name": .string(person.name), "credit_id": "52fe",
      "known_for_department": "Acting", "profile_path": person.hasPicture ? .string("/person-\(person.id).jpg") : .null,
    ]
    return record.adding(more)
  }

  func parts(_ person: FakeTMDBWork.Person, _ name: String) -> FakeJSON {
    .list(
      person.parts.enumerated().map { offset, part in
        .object([("credit_id", "52fe"), (name, .string(part)), ("episode_count", .integer(offset + 1))])
      })
  }

  func pictures(_ pictures: [FakeTMDBWork.Picture]) -> FakeJSON {
    let wanted = pictures.filter { imageLanguages?.contains($0.language ?? "null") ?? ($0.language == code) }
    return .list(
      wanted.map {
        [
          "aspect_ratio": .number(0.667), "height": 1500, "iso_639_1": FakeJSON($0.language),
          "file_path": .string($0.path),
          "vote_average": .number($0.score), "vote_count": .integer($0.votes), "width": .integer($0.width),
        ]
      })
  }

  func release(_ release: FakeTMDBWork.Release) -> FakeJSON {
    [
      "certification": .string(release.certification), "descriptors": [], "iso_639_1": "", "note": "",
      "release_date": .string(release.date + "T00:00:00.000Z"), "type": .integer(release.type),
    ]
  }

  func translationRecord(_ translation: FakeTMDBWork.Translation) -> FakeJSON {
    let data: FakeJSON = [
      work.isMovie ? "title" : "name": .string(translation.title), "overview": .string(translation.overview),
      "tagline": .string(translation.tagline), "homepage": "",
    ]
    return [
      "iso_3166_1": .string(translation.region), "iso_639_1": .string(translation.language), "name": "",
      "english_name": "",
      "data": data,
    ]
  }
}
