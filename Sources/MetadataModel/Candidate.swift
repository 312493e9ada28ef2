/// A possible match: enough to judge it and to show it in a list.
public struct Candidate: Hashable, Sendable, Codable {
  public var id: ItemID
  public var title: String
  public var originalTitle: String?
  /// Other names of the work; a match on one of them counts like one on the title.
  public var alternativeTitles: [String]?
  public var year: Int?
  public var released: CalendarDate?
  public var summary: String?
  /// Absolute URL.
  public var poster: String?
  public var externalIDs: ExternalIDs?
  public var isAdult: Bool?
  /// 0 to 1. From a source: its own opinion, a tie-break at most. From the library: how sure the match is.
  public var score: Double?
  /// Season or episode number.
  public var index: Int?
  /// The rule that decided, for `--explain`: "external id imdb", "title and year". Set by the library.
  public var reason: String?

  public init(id: ItemID, title: String, year: Int? = nil) {
    self.id = id
    self.title = title
    self.year = year
  }

  /// The item as a match of itself.
  public init(_ item: MediaItem, score: Double? = nil) {
    self.init(id: item.id, title: item.title, year: item.year)
    originalTitle = item.originalTitle
    alternativeTitles = item.alternativeTitles
    released = item.released
    summary = item.summary
    poster = item.firstArtwork(.coverPoster)
    externalIDs = item.externalIDs
    isAdult = item.isAdult
    index = item.index
    self.score = score
  }
}

/// Candidates, best first. No candidate is an answer: the source has no such item.
public struct MatchReply: Hashable, Sendable, Codable {
  public var candidates: [Candidate]
  public init(candidates: [Candidate]) { self.candidates = candidates }
}

/// Items in order: seasons by number, episodes by season and number.
public struct ItemList: Hashable, Sendable, Codable {
  public var items: [MediaItem]
  public init(items: [MediaItem]) { self.items = items }
}

/// Pictures, the best of each form first.
public struct ArtworkList: Hashable, Sendable, Codable {
  public var artwork: [Artwork]
  public init(artwork: [Artwork]) { self.artwork = artwork }
}
