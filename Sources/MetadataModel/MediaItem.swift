/// All that is known about one work. A nil, an empty list or a missing JSON member means "not known", never "none".
///
/// Text is plain (no HTML). Lists are in the source's order, the most important first.
public struct MediaItem: Hashable, Sendable {
  public var id: ItemID
  public var kind: MediaKind { id.kind }
  /// In the language asked for, where the source has it. A season's is "Season 2", season 0's "Specials".
  public var title: String
  /// Title in the work's own language.
  public var originalTitle: String?
  /// Only when it must sort in another way than its title says.
  public var sortTitle: String?
  /// Other names of the work, for matching.
  public var alternativeTitles: [String] = []
  public var summary: String?
  public var tagline: String?
  /// First shown: cinema, first episode, air date.
  public var released: CalendarDate?
  /// A show's last episode, once it has ended.
  public var ended: CalendarDate?
  /// Kept apart from `released`, because many sources know only the year.
  public var year: Int?
  /// Milliseconds; for a show or season the usual length of an episode.
  public var duration: Int?
  /// Language of the texts, ISO 639-1.
  public var language: String?
  public var contentRatings: [ContentRating] = []
  /// Explicit content: reaches only providers declared adult.
  public var isAdult = false
  public var genres: [String] = []
  public var credits: [Credit] = []
  /// Production companies, the main one first.
  public var studios: [String] = []
  /// Broadcasters or streaming services of a show, the main one first.
  public var networks: [String] = []
  /// Full English names, the main one first.
  public var countries: [String] = []
  public var ratings: [Rating] = []
  /// Every picture known, the best of each form first.
  public var artwork: [Artwork] = []
  /// Absolute URL of an MP3 of about 30 seconds.
  public var theme: String?
  public var collections: [CollectionReference] = []
  /// A show's other numberings; empty when it has only the aired one.
  public var seasonOrders: [SeasonOrder] = []
  public var similar: [SimilarItem] = []
  /// Season or episode number; 0 is the season of specials.
  public var index: Int?
  /// Number of an episode counted through all seasons.
  public var absoluteIndex: Int?
  /// The show of a season, the season of an episode.
  public var parent: Ancestor?
  /// The show of an episode.
  public var grandparent: Ancestor?
  public var externalIDs = ExternalIDs()
  /// The item's page at the source, for people and for the credit that licences ask for.
  public var page: String?
  /// Where each field came from, by the field's name. Set by the library; what a source says of it is dropped.
  public var provenance: [String: [Origin]]?

  public init(id: ItemID, title: String) {
    self.id = id
    self.title = title
  }

  /// The first picture of a form, nil when there is none.
  public func firstArtwork(_ form: Artwork.Form) -> String? { artwork.first { $0.form == form }?.url }
}
