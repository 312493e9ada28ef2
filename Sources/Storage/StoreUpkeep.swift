public import Support
import Synchronization

/// How much a store may keep, and for how long.
public struct StoreLimits: Sendable {
  /// Bytes of the database's file; up to 64 MiB of journal come beside it for a while.
  public var diskBytes: Int
  /// What has been stale for longer is removed. An answer is fresh for a week at most unless plugins.json says
  /// otherwise: together half a year, the longest that any service's terms allow.
  public var staleMilliseconds: Int64 = 173 * 86_400_000

  public init(diskBytes: Int) { self.diskBytes = diskBytes }
}

/// Looks after a store on a thread of its own: removes what is too old, keeps the file within its size, and writes down
/// how lookups went. In steps of a few milliseconds with a pause as long after each, so that others' writes go in
/// between; readers never wait for it.
public final class StoreUpkeep: Sendable {
  /// Part of the limit that is in use after entries had to go.
  private static let target = 0.95
  /// Milliseconds from one look to the next when nothing calls for it earlier.
  private static let interval: Int64 = 60_000

  private let store: KeyValueStore
  private let limits: StoreLimits
  private let log: Log
  private let expired: Counter
  private let evicted: Counter
  private let usedBytes = Lock(0)
  private let stopping = Atomic<Bool>(false)
  private let isRunning = Lock(false)
  private let ended = Semaphore()

  public init(_ store: KeyValueStore, limits: StoreLimits, metrics: Metrics, log: Log) {
    self.store = store
    self.limits = limits
    self.log = log
    let help = "Entries removed from the store, by reason."
    expired = metrics.counter("usher_store_removed_total", help: help, labels: ["reason": "expired"])
    evicted = metrics.counter("usher_store_removed_total", help: help, labels: ["reason": "evicted"])
    metrics.gauge("usher_store_used_bytes", help: "Bytes of the store's file that were in use at the last look.") {
      [usedBytes] in Double(usedBytes.withLock { $0 })
    }
    metrics.gauge("usher_store_limit_bytes", help: "Most bytes that the store's file may take.") {
      Double(limits.diskBytes)
    }
  }

  /// Looks after the store from now on, at once for the first time.
  public func start() {
    isRunning.withLock { isRunning in
      isRunning = Thread.start("store upkeep") {
        while !self.isStopping {
          self.round()
          self.store.activity.ring(afterBytes: max(1 << 20, self.limits.diskBytes / 64))
          if !self.isStopping { self.store.activity.wait(milliseconds: Self.interval) }
        }
        self.writeDownLookups()
        self.ended.signal()
      }
    }
  }

  /// Ends after the step under way; before the database is closed. Blocks.
  public func stop() {
    stopping.store(true, ordering: .relaxed)
    store.activity.ring()
    let wasRunning = isRunning.withLock { isRunning in
      defer { isRunning = false }
      return isRunning
    }
    if wasRunning { ended.wait() }
  }

  /// Everything that is due, once. Blocks.
  func round() {
    writeDownLookups()
    let limit = store.time.wallMilliseconds - limits.staleMilliseconds
    let old = inSteps { try self.store.removeStep(.staleBefore(limit)) }
    expired.add(old)
    let gone = makeRoom()
    evicted.add(gone)
    shrink()
    if let space = try? store.space() { usedBytes.withLock { $0 = space.usedBytes } }
    guard old + gone > 0 else { return }
    log.info("entries removed", ("expired", "\(old)"), ("evicted", "\(gone)"))
  }

  /// Removes what has been stale longest, or will be first, when more is in use than the limit allows.
  private func makeRoom() -> Int {
    guard let space = try? store.space(), space.usedBytes > limits.diskBytes else { return 0 }
    let wanted = Int(Double(limits.diskBytes) * Self.target)
    return inSteps {
      guard try self.store.space().usedBytes > wanted else { return 0 }
      return try self.store.removeStep(.firstToBeStale)
    }
  }

  /// Gives pages back to the disk while the file is larger than its limit, or mostly empty.
  private func shrink() {
    _ = inSteps {
      let space = try self.store.space()
      guard space.fileBytes > self.limits.diskBytes || space.usedBytes < space.fileBytes / 2 else { return 0 }
      return space.usedBytes < space.fileBytes ? try self.store.shrinkStep() : 0
    }
  }

  private func writeDownLookups() {
    let counts = store.activity.lookups.take()
    if !counts.isEmpty { try? store.writeDown(counts) }
  }

  /// The sum of what `step` gives until that is nothing; ends early at a failure, which is tried again next time.
  private func inSteps(_ step: () throws -> Int) -> Int {
    var total = 0
    while !isStopping {
      let start = store.time.monotonicNanoseconds
      guard let count = try? step(), count > 0 else { return total }
      total += count
      let milliseconds = (store.time.monotonicNanoseconds - start) / 1_000_000
      if milliseconds > 0 { store.activity.wait(milliseconds: min(milliseconds, 100)) }
    }
    return total
  }

  private var isStopping: Bool { stopping.load(ordering: .relaxed) }
}
