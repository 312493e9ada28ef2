package import Answers
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
}
