/// Which episode is which number of which season, in one order.
///
/// TVmaze gives specials no number and the season in which they were shown. Media servers want them as season 0, so
/// they are counted by air date; the id decides between equal dates, and those without a date come last, so that the
/// numbers stay the same while specials are only added at the end.
struct TVmazeNumbering {
  /// An episode's place.
  struct Place {
    let season: Int
    let number: Int
    /// Nil where the episode's own name holds.
    var name: String?
    let episode: TVmazeEpisode
  }

  /// The id of the order of `dvd_release` lists.
  static let dvdOrder = "tvmazeDvd"
  /// Title of season 0.
  static let specialsTitle = "Specials"

  /// By season and number.
  let places: [Place]
  /// Ascending; also of seasons that are announced but have no episodes yet.
  let seasons: [Int]

  /// The order of broadcast.
  init(show: TVmazeShow, specials: [TVmazeEpisode]) {
    let numbered = (show.embedded?.episodes ?? []).compactMap { episode in
      episode.number.map { Place(season: episode.season, number: $0, episode: episode) }
    }
    let announced = (show.embedded?.seasons ?? []).map(\.number)
    self.init(numbered + Self.counted(specials), announced)
  }

  /// The order of an alternate list; specials that it does not place keep theirs in season 0.
  init(alternate entries: [TVmazeAlternateEpisode], specials: [TVmazeEpisode]) {
    let placed = entries.compactMap { entry in
      entry.embedded.episodes.first.map {
        Place(season: entry.season, number: entry.number, name: entry.name, episode: $0)
      }
    }
    let used = Set(entries.flatMap(\.embedded.episodes).map(\.id))
    let hasSpecials = placed.contains { $0.season == 0 }
    let rest = hasSpecials ? [] : Self.counted(specials).filter { !used.contains($0.episode.id) }
    self.init(placed + rest, [])
  }

  private init(_ places: [Place], _ announced: [Int]) {
    let usable = places.filter { $0.season >= 0 && $0.number >= 0 }
    self.places = usable.sorted { ($0.season, $0.number, $0.episode.id) < ($1.season, $1.number, $1.episode.id) }
    seasons = Set(usable.map(\.season) + announced.filter { $0 > 0 }).sorted()
  }

  private static func counted(_ specials: [TVmazeEpisode]) -> [Place] {
    specials.sorted { (date($0), $0.id) < (date($1), $1.id) }.enumerated().map { offset, episode in
      Place(season: 0, number: offset + 1, episode: episode)
    }
  }

  private static func date(_ episode: TVmazeEpisode) -> String {
    guard let date = episode.airdate, !date.isEmpty else { return "9999-99-99" }
    return date
  }
}
