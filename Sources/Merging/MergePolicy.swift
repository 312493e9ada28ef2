public import MetadataModel

/// How a provider makes one item of what several sources know.
public struct MergePolicy: Hashable, Sendable {
  /// What a good record has, by kind. A kind without a rule is good as it is.
  public var quality: [MediaKind: QualityRule] = QualityRule.standard
  /// True: every source of the chain is asked, however good the first one's record is.
  public var asksAll = false
  /// What is said of single fields; the rest follows `FieldRule.standard(for:)` and the chain's order.
  public var fields: [FieldScope: FieldRule] = [:]
  /// Languages of texts (IETF or ISO 639-1), after the one that the media server asks for.
  public var languages: [String] = []
  /// True: the wanted language from a later source goes before another language from an earlier one.
  public var prefersLanguage = false
  /// Order of the languages of pictures; nil stands for pictures without text. By form, for one kind or for all.
  public var images: [ImageScope: [String?]] = [:]
  /// How episodes are numbered when the media server does not say.
  public var order = EpisodeOrder.aired

  public init() {}

  /// The rule for a field of an item of `kind`: the one for that kind before the one for all.
  public func rule(for field: Field, of kind: MediaKind) -> FieldRule {
    fields[FieldScope(kind: kind, field)] ?? fields[FieldScope(field)] ?? FieldRule()
  }
}

/// What is said of one field.
public struct FieldRule: Hashable, Sendable {
  /// Sources that go first, in this order; the others follow in the chain's. Nil for the chain's order alone.
  public var sources: [String]?
  /// Languages, instead of the provider's. Nil for those.
  public var languages: [String]?
  /// Nil for the field's usual one.
  public var strategy: Strategy?

  public enum Strategy: String, Hashable, Sendable, CaseIterable {
    /// The first source that has it.
    case first
    /// All that the sources have, each once, in order.
    case merge
    /// The longest text.
    case longest
    /// The highest score, or the most votes.
    case best
  }

  public init(sources: [String]? = nil, languages: [String]? = nil, strategy: Strategy? = nil) {
    self.sources = sources
    self.languages = languages
    self.strategy = strategy
  }
}

/// What makes a record good enough that the next source need not be asked.
public struct QualityRule: Hashable, Sendable {
  /// How much each field counts; a field that is not named does not count.
  public var weights: [Field: Double]
  /// Share of the weights, 0 to 1, that must be there.
  public var threshold: Double

  public init(weights: [Field: Double], threshold: Double) {
    self.weights = weights
    self.threshold = threshold
  }

  public static let standard: [MediaKind: QualityRule] = [
    .movie: QualityRule(weights: [.artwork(.coverPoster): 1, .summary: 1, .year: 1], threshold: 1),
    .show: QualityRule(
      weights: [.artwork(.coverPoster): 1, .artwork(.clearLogo): 1, .summary: 1, .episodes: 1], threshold: 1),
    .episode: QualityRule(weights: [.title: 1, .summary: 1], threshold: 0.5),
  ]
}

/// A form of pictures at one level, or at all: `season.coverPoster`, `background`.
public struct ImageScope: Hashable, Sendable {
  public let kind: MediaKind?
  public let form: Artwork.Form

  public init(kind: MediaKind? = nil, _ form: Artwork.Form) {
    self.kind = kind
    self.form = form
  }

  /// Nil when no item has such pictures.
  public init?(_ name: String) {
    guard let scope = FieldScope("artwork." + name) ?? Self.levelled(name), let form = scope.field.artworkForm else {
      return nil
    }
    self.init(kind: scope.kind, form)
  }

  private static func levelled(_ name: String) -> FieldScope? {
    let parts = name.split(separator: ".", maxSplits: 1)
    return parts.count == 2 ? FieldScope("\(parts[0]).artwork.\(parts[1])") : nil
  }
}

/// The ways in which a show's episodes can be numbered.
public enum EpisodeOrder: String, Hashable, Sendable, CaseIterable {
  case aired, dvd, absolute, alternate
}
