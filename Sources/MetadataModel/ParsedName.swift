/// What the name of a file or folder says of the work in it. Missing means that the name does not say it.
public struct ParsedName: Hashable, Sendable, Codable {
  /// Title of the movie or show, or of a scene; spaces as they would be written.
  public var title: String?
  public var year: Int?
  /// Season number, 0 for specials; a year for shows that count in years.
  public var season: Int?
  /// Numbers inside the season, ascending.
  public var episodes: [Int]?
  /// Numbers counted through all seasons, ascending.
  public var absolute: [Int]?
  public var date: CalendarDate?
  /// Ids that stand in the name: imdb, tmdb, tvdb.
  public var ids: ExternalIDs?
  /// "Director's Cut", "Extended", …
  public var edition: String?
  /// "1080p", "2160p", …
  public var resolution: String?
  /// A scene's site, as written.
  public var site: String?
  /// Where the name separates them from the title.
  public var performers: [String]?
  /// Catalogue number of a film.
  public var code: String?
  /// 0 to 1: how sure the reading is.
  public var confidence: Double?

  public init() {}

  /// True when the name says nothing.
  public var isEmpty: Bool {
    var rest = self
    rest.confidence = nil
    return rest == ParsedName()
  }
}
