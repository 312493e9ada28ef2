/// Folders of shows and films as a media server finds them, of any number. All of it is invented; no two titles are the
/// same, but each shares a word with others, so that services find several for each.
public struct ScanLibrary: Sendable {
  public struct Show: Sendable {
    public let number: Int
    public let title: String
    public let year: Int
    /// How many episodes each season has, from season 1.
    public let episodes: [Int]
  }

  public struct Film: Sendable {
    public let number: Int
    public let title: String
    public let year: Int
  }

  public let shows: [Show]
  public let films: [Film]

  /// Shows have one to four seasons, which share `episodesEach`.
  public init(shows: Int, episodesEach: Int, films: Int) {
    self.shows = (0..<shows).map { number in
      let seasons = min(1 + number % 4, max(1, episodesEach))
      let counts = (0..<seasons).map { episodesEach / seasons + ($0 < episodesEach % seasons ? 1 : 0) }
      return Show(
        number: number, title: Self.title(number, Self.adjectives), year: 1960 + number % 60, episodes: counts)
    }
    self.films = (0..<films).map { number in
      Film(number: number, title: Self.title(number, Self.nouns), year: 1930 + number % 90)
    }
  }

  public var episodeCount: Int { shows.reduce(0) { $0 + $1.episodes.reduce(0, +) } }

  /// A word that others have too, and one that nothing else has.
  private static func title(_ number: Int, _ words: [String]) -> String {
    var (rest, name) = (number + syllables.count, "")
    while rest > 0 {
      name = syllables[rest % syllables.count] + name
      rest /= syllables.count
    }
    return "\(words[number % words.count]) \(name.prefix(1).uppercased() + name.dropFirst())"
  }

  private static let syllables = [
    "ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "bren", "dol", "fyr",
    "gam",
    "lun", "mar", "nep", "quil", "rost", "tav",
  ]
  private static let adjectives =
    words("Amber Brittle Copper Distant Early Frozen Gentle Hollow Idle Jagged")
    + words("Kindly Lonely Misty Narrow Open Pale Quiet Restless Silver Tidal Upper Velvet Winding Young")
  private static let nouns =
    words("Anchor Bridge Cellar Delta Engine Ferry Garden Harvest Island Journey")
    + words("Kettle Lantern Meadow Needle Orchard Parlor Quarry River Signal Tower Umbrella Valley Window")

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
