public import MetadataModel

/// A part of an item that can be weighed, chosen and explained by itself: "summary", "artwork.coverPoster".
public struct Field: Hashable, Sendable, Comparable {
  /// As plugins.json and `--explain` write it.
  public let name: String

  /// Nil for a name that no item has.
  public init?(_ name: String) {
    guard Self.names.contains(name) else { return nil }
    self.name = name
  }

  private init(known name: String) { self.name = name }

  public static let title = Field(known: "title")
  public static let originalTitle = Field(known: "originalTitle")
  public static let sortTitle = Field(known: "sortTitle")
  public static let alternativeTitles = Field(known: "alternativeTitles")
  public static let summary = Field(known: "summary")
  public static let tagline = Field(known: "tagline")
  public static let released = Field(known: "released")
  public static let ended = Field(known: "ended")
  public static let year = Field(known: "year")
  public static let duration = Field(known: "duration")
  public static let contentRatings = Field(known: "contentRatings")
  public static let genres = Field(known: "genres")
  public static let credits = Field(known: "credits")
  public static let studios = Field(known: "studios")
  public static let networks = Field(known: "networks")
  public static let countries = Field(known: "countries")
  public static let ratings = Field(known: "ratings")
  public static let theme = Field(known: "theme")
  public static let collections = Field(known: "collections")
  public static let seasonOrders = Field(known: "seasonOrders")
  public static let similar = Field(known: "similar")
  public static let externalIDs = Field(known: "externalIDs")
  public static let page = Field(known: "page")
  public static let absoluteIndex = Field(known: "absoluteIndex")
  /// That there is something below: a show with at least one season.
  public static let episodes = Field(known: "episodes")

  public static func artwork(_ form: Artwork.Form) -> Field { Field(known: "artwork." + form.rawValue) }

  /// The form of an artwork field.
  public var artworkForm: Artwork.Form? {
    name.hasPrefix("artwork.") ? Artwork.Form(rawValue: String(name.dropFirst("artwork.".count))) : nil
  }

  /// Those whose text is written in a language.
  public static let texts: [Field] = [.title, .summary, .tagline]

  /// Everything that is merged, in the order in which it is shown.
  public static let merged: [Field] =
    [
      .title, .originalTitle, .sortTitle, .alternativeTitles, .summary, .tagline, .released, .ended, .year, .duration,
      .contentRatings, .genres, .credits, .studios, .networks, .countries, .ratings,
    ] + artworks + [
      .theme, .collections, .seasonOrders, .similar, .externalIDs, .page, .absoluteIndex,
    ]

  public static let artworks: [Field] = [
    Artwork.Form.coverPoster, .background, .backgroundSquare, .clearLogo, .snapshot, .banner,
  ].map(artwork)

  /// Every name, for suggestions.
  public static let names: [String] = merged.map(\.name) + [episodes.name]

  public static func < (left: Field, right: Field) -> Bool { left.name < right.name }
}

/// A field at one level, or at all: `season.artwork.coverPoster`, `summary`.
public struct FieldScope: Hashable, Sendable {
  /// Nil for every kind.
  public let kind: MediaKind?
  public let field: Field

  public init(kind: MediaKind? = nil, _ field: Field) {
    self.kind = kind
    self.field = field
  }

  /// Nil when no item has such a field. A kind may stand in front: `episode.summary`.
  public init?(_ name: String) {
    if let field = Field(name) {
      self.init(field)
      return
    }
    let parts = name.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let kind = Self.kinds.first(where: { $0.rawValue == parts[0] }),
      let field = Field(String(parts[1]))
    else { return nil }
    self.init(kind: kind, field)
  }

  public static let kinds: [MediaKind] = [.movie, .show, .season, .episode]
}
