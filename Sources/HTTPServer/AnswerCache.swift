import Support
import Synchronization

/// Ready answers by request, each until it is no longer fresh.
///
/// A hit costs: one hash over the key's bytes (target, keyed headers, body; about 100), one short lock on one of the
/// cache's parts, one comparison of the bytes, one retain. Nothing is allocated or copied.
final class AnswerCache: Sendable {
  private let answers: BoundedCache<CacheKey, ReadyAnswer>
  private let expired = Counter()
  private let forgotten = Atomic<Int>(0)

  init(maximumBytes: Int) { answers = BoundedCache(maximumBytes: maximumBytes, parts: 16) }

  /// Grows with every `forgetAll`: an answer that was begun in an earlier generation is not kept.
  var generation: Int { forgotten.load(ordering: .acquiring) }

  /// The answer kept for `key`, nil when there is none or it is fresh no longer. `now` is monotonic.
  func answer(for key: CacheKey, now: Int64) -> ReadyAnswer? {
    guard let answer = answers.value(for: key) else { return nil }
    if answer.freshUntil > now { return answer }
    expired.add()
    answers.remove(key)
    return nil
  }

  /// Keeps `answer`, begun in `generation`. `key` must have bytes of its own.
  func keep(_ answer: ReadyAnswer, for key: CacheKey, generation: Int) {
    guard generation == self.generation else { return }
    answers.insert(answer, for: key, bytes: answer.memoryBytes + key.storage.count + 256)
  }

  func forgetAll() {
    forgotten.add(1, ordering: .acquiringAndReleasing)
    answers.removeAll()
  }

  /// An expired answer counts as a miss.
  var statistics: BoundedCache<CacheKey, ReadyAnswer>.Statistics {
    var sum = answers.statistics
    let late = expired.value
    sum.hits -= late
    sum.misses += late
    return sum
  }
}
