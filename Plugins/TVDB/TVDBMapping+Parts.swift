import UsherKit

extension TVDBMapping {
  /// Actors in the order of the service, guests after them, then the people behind the camera. Somebody with two
  /// characters is one credit with both.
  var credits: [Credit] {
    let people = work.characters.enumerated().sorted {
      ($0.element.sort ?? .max, $0.offset) < ($1.element.sort ?? .max, $1.offset)
    }.map(\.element)
    let cast = people.filter { $0.peopleType == "Actor" } + people.filter { Self.guests.contains($0.peopleType ?? "") }
    var credits: [Credit] = []
    var places: [String: Int] = [:]
    for person in cast where !person.personName.isEmpty {
      let role = TVDBText.name(person.name)
      let key = person.peopleId.map(String.init) ?? person.personName
      if let place = places[key] {
        if let role { credits[place].role = credits[place].role.map { "\($0) / \(role)" } ?? role }
        continue
      }
      places[key] = credits.count
      credits.append(
        Credit(
          name: person.personName, job: .actor, role: role, picture: Self.picture(of: person), order: credits.count))
    }
    return credits + people.compactMap(Self.crew)
  }

  private static let guests: Set = ["Guest Star", "Host"]
  private static let jobs: [String: Credit.Job] = [
    "Director": .director, "Writer": .writer, "Creator": .writer, "Producer": .producer,
    "Executive Producer": .producer, "Showrunner": .producer,
  ]

  private static func crew(_ person: TVDBCharacter) -> Credit? {
    guard let type = person.peopleType, let job = jobs[type], !person.personName.isEmpty else { return nil }
    return Credit(name: person.personName, job: job, role: type, picture: picture(of: person))
  }

  private static func picture(of person: TVDBCharacter) -> String? {
    TVDBText.picture(person.personImgURL) ?? TVDBText.picture(person.image)
  }

  /// Pictures of the work itself, ordered for the language asked for.
  var artwork: [Artwork] { ordered(work.artworks.filter { $0.type != Self.seasonPoster }, chosen: work.image) }

  /// Posters of a season: its own image, and those that stand in the series' list.
  func posters(ofSeason season: TVDBSeason) -> [Artwork] {
    let listed = work.artworks.filter { $0.type == Self.seasonPoster && $0.seasonId == season.id }
    return ordered(listed, chosen: season.image)
  }

  /// By form, then the languages asked for, English, without text, all others; the best liked first. `chosen` is the
  /// poster that the service's editors chose for the record.
  private func ordered(_ listed: [TVDBArtwork], chosen: String?) -> [Artwork] {
    let all = listed + (chosen.map { [TVDBArtwork(image: $0, type: Self.seasonPoster)] } ?? [])
    var urls: Set<String> = []
    let ranked = all.enumerated().compactMap {
      offset, picture -> (artwork: Artwork, rank: (String, Int, Double, Int))? in
      guard let form = Self.forms[picture.type], let url = TVDBText.picture(picture.image), urls.insert(url).inserted
      else { return nil }
      let place = picture.language.map { wish.languages.firstIndex(of: $0) ?? .max } ?? wish.languages.count
      let artwork = Artwork(
        form: form, url: url, language: TVDBLanguage.twoLetters(picture.language), width: Self.size(picture.width),
        height: Self.size(picture.height), score: picture.score)
      return (artwork, (form.rawValue, place, -(picture.score ?? 0), offset))
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.artwork)
  }

  private static func size(_ pixels: Int?) -> Int? { pixels.flatMap { $0 > 0 ? $0 : nil } }

  private static let seasonPoster = 7

  /// `/artwork/types` by its ids, which do not change: icons, clear art and moving pictures have no form here.
  private static let forms: [Int: Artwork.Form] = [
    1: .banner, 2: .coverPoster, 3: .background, seasonPoster: .coverPoster, 23: .clearLogo,
    14: .coverPoster, 15: .background, 16: .banner, 25: .clearLogo,
  ]
}
