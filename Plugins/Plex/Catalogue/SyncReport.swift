/// What a sync of one library did.
public struct LibraryReport: Sendable, Hashable {
  public enum Outcome: String, Sendable, Codable {
    /// The server's counters say that nothing moved.
    case unchanged
    case done
    /// Everything new was taken in, but nothing was removed: too much would have gone.
    case held
    /// The walk failed; the catalogue is as it was.
    case failed
  }

  public var library: String
  public var type: String
  public var outcome = Outcome.done
  public var added = 0
  public var updated = 0
  public var removed = 0
  /// Not in this walk; removed when the next one misses them too.
  public var missing = 0
  public var unchanged = 0
  /// Requests that were needed.
  public var requests = 0
  /// Why it failed or was held.
  public var sentence: String?
  /// The walk went on where an earlier one was interrupted.
  public var resumed = false
  /// Every item was looked at, not only those that changed since last time.
  public var full = false

  public init(library: String, type: String) {
    self.library = library
    self.type = type
  }
}

/// How a sync is done.
public struct SyncOptions: Sendable {
  /// Walks every library wholly, whatever its counters say.
  public var isFull = false
  /// Removes even when more than a fifth would go.
  public var isConfirmed = false
  /// Takes the server's counters for granted: a library whose counters stand still is not asked.
  public var trustsCounters = true
  /// Rows to ask for at first and at most.
  public var pageSize = 200
  public var largestPage = 1000

  public init() {}
}

/// Where a sync is.
public struct SyncProgress: Sendable {
  public var library: String
  public var libraryIndex: Int
  public var libraries: Int
  public var done: Int
  /// Items of the library; nil while the server has not said.
  public var total: Int?
}
