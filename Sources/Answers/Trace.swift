public import MetadataModel
import Support

/// Collects how an answer came about, for `--explain`. From every thread.
///
/// A match with a trace is decided anew: remembered decisions are neither used nor kept, so that scores can be shown.
public final class Trace: Sendable {
  /// One question to a source or to the cache in front of it.
  public struct Step: Sendable, Encodable, Equatable {
    public var source: String
    /// "match", "fetch", "children", "grandchildren" or "images".
    public var operation: String
    /// "answered", or why not, as a sentence.
    public var outcome: String
    public var milliseconds: Double
    /// "source" when it was asked, "memory" or "store" when the answer was kept, "stale" when an old one had to do.
    public var origin: String

    package init(source: String, operation: String, outcome: String, milliseconds: Double, origin: String) {
      self.source = source
      self.operation = operation
      self.outcome = outcome
      self.milliseconds = milliseconds
      self.origin = origin
    }
  }

  /// How a candidate was judged.
  public struct Judged: Sendable, Encodable, Equatable {
    public var id: ItemID
    public var title: String
    public var year: Int?
    /// The parts of `score`, each 0 to 1.
    public var titleScore: Double
    public var yearScore: Double
    public var sourceScore: Double
    public var score: Double
    /// The rule that let it in, or kept it out.
    public var rule: String

    package init(
      id: ItemID, title: String, year: Int?, titleScore: Double, yearScore: Double, sourceScore: Double, score: Double,
      rule: String
    ) {
      self.id = id
      self.title = title
      self.year = year
      self.titleScore = titleScore
      self.yearScore = yearScore
      self.sourceScore = sourceScore
      self.score = score
      self.rule = rule
    }
  }

  /// A record that was taken for the same work, or kept apart from it.
  public struct Link: Sendable, Encodable, Equatable {
    public var id: ItemID
    /// The rule that proves it, or the reason against it.
    public var rule: String
    public var isSame: Bool

    package init(id: ItemID, rule: String, isSame: Bool) {
      self.id = id
      self.rule = rule
      self.isSame = isSame
    }
  }

  /// How good one source's record is by the provider's rule.
  public struct Quality: Sendable, Encodable, Equatable {
    public var source: String
    /// 0 to 1; below `threshold` the next source is asked.
    public var score: Double
    public var threshold: Double
    public var missing: [String]

    package init(source: String, score: Double, threshold: Double, missing: [String]) {
      self.source = source
      self.score = score
      self.threshold = threshold
      self.missing = missing
    }
  }

  /// Everything collected so far, in order.
  public struct Snapshot: Sendable, Encodable {
    /// What the file's name was read as.
    public var name: ParsedName?
    public var steps: [Step] = []
    public var candidates: [Judged] = []
    /// The rule that decided a match, as a sentence.
    public var decision: String?
    public var links: [Link] = []
    public var quality: [Quality] = []
  }

  private let collected = Lock(Snapshot())

  public init() {}

  public var snapshot: Snapshot { collected.withLock { $0 } }

  package func add(_ step: Step) { collected.withLock { $0.steps.append(step) } }

  package func add(_ name: ParsedName) { collected.withLock { $0.name = name } }

  package func add(_ link: Link) { collected.withLock { $0.links.append(link) } }

  package func add(_ quality: Quality) { collected.withLock { $0.quality.append(quality) } }

  package func decide(_ rule: String) { collected.withLock { $0.decision = rule } }

  package func add(_ judged: Judged) { collected.withLock { $0.candidates.append(judged) } }
}
