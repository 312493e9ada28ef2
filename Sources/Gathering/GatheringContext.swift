package import Answers
import MetadataModel
import PluginCalls
package import Support
package import Works

/// What every gathering works with: kept answers and known works, how long they hold, the clock and the log.
package struct GatheringContext: Sendable {
  package let works: WorkStore
  package let cache: AnswerCache
  package let freshness: Freshness
  package let time: any TimeSource
  package let log: Log

  package init(works: WorkStore, cache: AnswerCache, freshness: Freshness, time: any TimeSource, log: Log) {
    self.works = works
    self.cache = cache
    self.freshness = freshness
    self.time = time
    self.log = log
  }

  /// How long an answer waits for sources that only fill gaps, where no request says until when.
  private static let softMilliseconds: Int64 = 10_000

  /// Until when an answer waits for them: as long as the request at its root does, which may have had others made before.
  /// Where nobody waits yet somebody may join, so that time begins now.
  func softDeadline(of call: CallInfo) -> Deadline {
    min(call.deadline, call.softDeadline ?? .after(milliseconds: Self.softMilliseconds, time))
  }

  /// What `work` gives, but no longer waited for than `soft`: it goes on then, and the next answer has it. Throws
  /// `.unavailable` when it is late, else what the work throws.
  func soon<Value: Sendable>(
    _ soft: Deadline, _ source: any Source, _ work: @escaping @Sendable () async -> Result<Value, PluginError>
  ) async throws(PluginError) -> Value {
    do throws(PluginError) {
      return try await waiting(until: soft, time, work)
    } catch  where error.kind == .cancelled {
      throw PluginError(.unavailable, "\(source.id): too slow for this answer; a later one has it")
    }
  }
}
