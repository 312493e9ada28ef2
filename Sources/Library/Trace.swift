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
  }

  /// Everything collected so far, in order.
  public struct Snapshot: Sendable, Encodable {
    /// What the file's name was read as.
    public var name: ParsedName?
    public var steps: [Step] = []
    public var candidates: [Judged] = []
  }

  private let collected = Lock(Snapshot())

  public init() {}

  public var snapshot: Snapshot { collected.withLock { $0 } }

  func add(_ step: Step) { collected.withLock { $0.steps.append(step) } }

  func add(_ name: ParsedName) { collected.withLock { $0.name = name } }

  func add(_ judged: Judged) { collected.withLock { $0.candidates.append(judged) } }
}
