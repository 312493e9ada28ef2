/// What is known of a file, a show or a season whose item is looked for. Missing means "not known".
public struct MatchRequest: Hashable, Sendable, Codable {
  public var kind: MediaKind
  /// Title of the movie, show or episode.
  public var title: String?
  /// Other titles that the file's name may mean, the likeliest first; of the show for a season or an episode.
  public var alternativeTitles: [String]?
  /// Title of the show, when a season or an episode is looked for.
  public var showTitle: String?
  public var year: Int?
  /// Season number, 0 for specials: of the season, or of the episode's season.
  public var season: Int?
  public var episode: Int?
  /// An episode's air date.
  public var date: CalendarDate?
  /// Path of the media file as the server tells it. A hint only: never open it.
  public var file: String?
  /// Where the file may lie on this machine, the likeliest first. For the host alone, which gives `oshash` instead.
  public var localFiles: [LocalFile]?
  /// What the name of that file says, read by the host.
  public var parsedName: ParsedName?
  /// OpenSubtitles hash of the file, 16 lower-case hex digits, when the host could reach it.
  public var oshash: String?
  /// An item known already: this one is wanted.
  public var id: ItemID?
  /// Ids of the work at other services.
  public var externalIDs: ExternalIDs?
  /// IETF tag as the server sends it ("de-DE"); nil for the source's own default.
  public var language: String?
  /// ISO 3166-1 alpha-2, upper-case.
  public var country: String?
  /// A `SeasonOrder.id`; nil for the aired order.
  public var order: String?
  /// A person chooses: several candidates are wanted, and weak ones are welcome.
  public var manual: Bool?
  public var includeAdult: Bool?

  public init(kind: MediaKind) { self.kind = kind }
}

/// A place on this machine where a media server's file may lie, by what the user said of the server's folders.
public struct LocalFile: Hashable, Sendable, Codable {
  /// The folder that the user named; what does not really lie below it is not read.
  public var folder: String
  /// Absolute.
  public var path: String

  public init(folder: String, path: String) {
    self.folder = folder
    self.path = path
  }
}

/// Asks for one item, its children or its artwork.
public struct ItemRequest: Hashable, Sendable, Codable {
  public var id: ItemID
  /// As in `MatchRequest`.
  public var language: String?
  public var country: String?
  public var order: String?

  public init(id: ItemID, language: String? = nil, country: String? = nil, order: String? = nil) {
    self.id = id
    self.language = language
    self.country = country
    self.order = order
  }
}
