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
      let role = person.name?.trimmed ?? ""
      let key = person.peopleId.map(String.init) ?? person.personName
      if let place = places[key] {
        let roles = [credits[place].role, role.isEmpty ? nil : role].compactMap { $0 }
        credits[place].role = roles.isEmpty ? nil : roles.joined(separator: " / ")
        continue
      }
      places[key] = credits.count
      credits.append(
        Credit(
          name: person.personName, job: .actor, role: role.isEmpty ? nil : role, picture: Self.picture(of: person),
          order: credits.count))
    }
    return credits + people.compactMap(Self.crew)
  }

  private static let guests: Set = ["Guest Star", "Host"]

  private static func crew(_ person: TVDBCharacter) -> Credit? {
    guard let type = person.peopleType, !person.personName.isEmpty else { return nil }
    let job: Credit.Job
    switch type {
    case "Director": job = .director
    case "Writer", "Creator": job = .writer
    case "Producer", "Executive Producer", "Showrunner": job = .producer
    default: return nil
    }
    return Credit(name: person.personName, job: job, role: type, picture: picture(of: person))
  }

  private static func picture(of person: TVDBCharacter) -> String? {
    TVDBText.picture(person.personImgURL) ?? TVDBText.picture(person.image)
  }

  /// Pictures of the work itself, ordered for the language asked for.
  var artwork: [Artwork] {
    var pictures = work.artworks.compactMap { picture in Self.forms[picture.type].flatMap { artwork(picture, $0) } }
    // The record's own image is a poster that the service's editors chose.
    if let url = TVDBText.picture(work.image), !pictures.contains(where: { $0.artwork.url == url }) {
      pictures.append((Artwork(form: .coverPoster, url: url), nil))
    }
    return ordered(pictures)
  }

  /// Posters of a season: its own image, and those that stand in the series' list.
  func posters(ofSeason season: TVDBSeason) -> [Artwork] {
    var pictures = work.artworks.filter { $0.type == Self.seasonPoster && $0.seasonId == season.id }.compactMap {
      artwork($0, .coverPoster)
    }
    if let url = TVDBText.picture(season.image), !pictures.contains(where: { $0.artwork.url == url }) {
      pictures.append((Artwork(form: .coverPoster, url: url), nil))
    }
    return ordered(pictures)
  }

  private func artwork(_ picture: TVDBArtwork, _ form: Artwork.Form) -> (artwork: Artwork, language: String?)? {
    guard let url = TVDBText.picture(picture.image) else { return nil }
    let artwork = Artwork(
      form: form, url: url, language: TVDBLanguage.twoLetters(picture.language),
      width: picture.width.flatMap { $0 > 0 ? $0 : nil }, height: picture.height.flatMap { $0 > 0 ? $0 : nil },
      score: picture.score)
    return (artwork, picture.language)
  }

  /// By form, then the languages asked for, English, without text, all others; the best liked first.
  private func ordered(_ pictures: [(artwork: Artwork, language: String?)]) -> [Artwork] {
    let order = Dictionary(
      wish.languages.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    func rank(_ language: String?) -> Int {
      guard let language else { return wish.languages.count }
      return order[language] ?? wish.languages.count + 1
    }
    return pictures.enumerated().sorted { one, other in
      let (left, right) = (one.element, other.element)
      if left.artwork.form != right.artwork.form {
        return left.artwork.form.rawValue < right.artwork.form.rawValue
      }
      if rank(left.language) != rank(right.language) { return rank(left.language) < rank(right.language) }
      let scores = (left.artwork.score ?? 0, right.artwork.score ?? 0)
      return scores.0 != scores.1 ? scores.0 > scores.1 : one.offset < other.offset
    }.map(\.element.artwork)
  }

  private static let seasonPoster = 7

  /// `/artwork/types` by its ids, which do not change: icons, clear art and moving pictures have no form here.
  private static let forms: [Int: Artwork.Form] = [
    1: .banner, 2: .coverPoster, 3: .background, 23: .clearLogo,
    14: .coverPoster, 15: .background, 16: .banner, 25: .clearLogo,
  ]
}
