public import MetadataModel

/// What one source says of a work.
public struct Record: Hashable, Sendable {
  /// The source's id.
  public let source: String
  public let item: MediaItem
  /// How many seasons are below it; nil when nobody looked.
  public let seasonCount: Int?
  /// The language that it was asked in: that of its texts when it does not say.
  public let askedLanguage: String?

  public init(_ item: MediaItem, source: String, seasonCount: Int? = nil, askedLanguage: String? = nil) {
    self.source = source
    self.item = item
    self.seasonCount = seasonCount
    self.askedLanguage = askedLanguage
  }

  /// The same record, once somebody has looked what is below it.
  public func with(seasonCount: Int?) -> Record {
    Record(item, source: source, seasonCount: seasonCount, askedLanguage: askedLanguage)
  }

  /// Language of the texts, ISO 639-1; nil when nobody knows.
  var language: String? { (item.language ?? askedLanguage).map(LanguageOrder.primary) }

  /// Whether the source was asked in `language` (ISO 639-1): asking again brings nothing new.
  func wasAsked(in language: String) -> Bool { askedLanguage.map(LanguageOrder.primary) == language }

  /// Whether `field` is known. A title that is only a number ("Episode 7") says nothing.
  public func has(_ field: Field) -> Bool {
    if let form = field.artworkForm { return item.artwork.contains { $0.form == form } }
    switch field {
    case .title: return !item.title.isEmpty && !PlaceholderTitle.isOne(item.title)
    case .originalTitle: return item.originalTitle?.isEmpty == false
    case .sortTitle: return item.sortTitle?.isEmpty == false
    case .alternativeTitles: return !item.alternativeTitles.isEmpty
    case .summary: return item.summary?.isEmpty == false
    case .tagline: return item.tagline?.isEmpty == false
    case .released: return item.released != nil
    case .ended: return item.ended != nil
    case .year: return item.year != nil || item.released != nil
    case .duration: return item.duration != nil
    case .contentRatings: return !item.contentRatings.isEmpty
    case .genres: return !item.genres.isEmpty
    case .credits: return !item.credits.isEmpty
    case .studios: return !item.studios.isEmpty
    case .networks: return !item.networks.isEmpty
    case .countries: return !item.countries.isEmpty
    case .ratings: return !item.ratings.isEmpty
    case .theme: return item.theme != nil
    case .collections: return !item.collections.isEmpty
    case .seasonOrders: return !item.seasonOrders.isEmpty
    case .similar: return !item.similar.isEmpty
    case .externalIDs: return !item.externalIDs.isEmpty
    case .page: return item.page != nil
    case .absoluteIndex: return item.absoluteIndex != nil
    case .episodes: return seasonCount.map { $0 > 0 } ?? true
    default: return false
    }
  }
}

/// Titles that sources fill in when they know none.
public enum PlaceholderTitle {
  /// True for "Episode 7", "Folge 7", "TBA" and the like.
  public static func isOne(_ title: String) -> Bool {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    switch words.count {
    case 1: return words[0] == "tba" || words[0] == "tbd" || Int(words[0]) != nil && title.utf8.count <= 3
    case 2: return kinds.contains(String(words[0])) && Int(words[1]) != nil
    default: return false
    }
  }

  private static let kinds: Set<String> = [
    "episode", "folge", "épisode", "episodio", "episódio", "aflevering", "avsnitt", "afsnit", "jakso", "odcinek",
    "díl", "epizoda", "серия", "эпизод", "bölüm", "chapter", "capítulo", "part",
  ]
}
