package import MetadataModel
package import PluginCalls
package import Support

/// Keeps answers as JSON bytes: in memory, and behind that in a store that outlives the process.
///
/// Bytes rather than decoded values: the bound is exact, they are a third of the size, and what a media server's front
/// asks for is handed on as it is. A cached answer costs one lookup under a short lock (with its request's JSON about
/// 10 µs, against 250 µs for decoding an item); the first use after a restart costs a read of the store and one decoding
/// that proves the bytes sound.
///
/// An asker leaves by its deadline or by the cancellation of its Task. Work whose last asker was cancelled is cancelled;
/// after a deadline it goes on, because its answer is kept for the next one.
package final class AnswerCache: Sendable {
  /// How long an old answer may stand in for a source that fails.
  package static let staleMilliseconds: Int64 = 180 * 86_400_000

  private let memory: BoundedCache<CacheKey, KeptAnswer>
  private let store: any ByteStore
  let time: any TimeSource
  /// Nil where nobody is there to do it: old answers are then made anew at once.
  let renewal: Renewal?
  private let counters: CacheCounters
  private let flights = SingleFlight<CacheKey, Answer>()

  package init(
    store: any ByteStore, memoryBytes: Int, time: any TimeSource, metrics: Metrics, renewal: Renewal? = nil
  ) {
    self.renewal = renewal
    memory = BoundedCache(maximumBytes: memoryBytes)
    self.store = store
    self.time = time
    counters = CacheCounters(metrics)
  }

  /// The kept answer while it is fresh, else what `question.make` gives, kept; askers of the same thing share one
  /// making. When making fails an old answer is given instead. Throws `.notFound` when the source said so, now or
  /// within the negative time; `.unavailable` for every failure and when the deadline passes first. From the soft deadline
  /// on an old answer is given, and the making goes on.
  package func answer(_ question: Question, _ call: CallInfo, _ trace: Trace?) async throws(PluginError) -> Answer {
    let kept = memory.value(for: question.key)
    if !question.isPart { counters.memory.count(kept?.isFresh(time.wallMilliseconds)) }
    if let kept, suffices(kept, call) {
      note(question, "memory", kept.content, trace)
      return try Answer(kept, isStale: false).found()
    }
    if let kept, mayRenewLater(kept, question, call, trace) {
      renewLater(question, call)
      return Answer(kept, isStale: false)
    }
    do throws(PluginError) {
      return try await shared(question, call, trace).found()
    } catch {
      guard error.kind == .cancelled, !Task.isCancelled else { throw error }
      if call.deadline.remainingMilliseconds(time) > 0 {
        // The flight was another's, whose time was up before ours.
        do throws(PluginError) {
          return try await shared(question, call, trace).found()
        } catch {
          throw error.kind == .cancelled ? PluginError(.unavailable, error.text) : error
        }
      }
      if let old = await usable(question) { return old }
      // Of a part: who shares the whole and has more time makes it again.
      if question.isPart { throw error }
      throw PluginError(.unavailable, "\(question.subject): no answer before the deadline; a later try may find it")
    }
  }

  /// What is kept, however old, without asking anybody; nil when nothing is.
  package func peek(_ question: Question) async -> Answer? {
    if let kept = memory.value(for: question.key) { return Answer(kept, isStale: false) }
    guard let kept = await load(question) else { return nil }
    memory.insert(kept, for: question.key, bytes: kept.size + question.key.size)
    return Answer(kept, isStale: false)
  }

  /// Keeps in memory what came with the answer to another question. What is kept already stays.
  package func offer(_ made: MadeAnswer, for key: CacheKey) {
    let now = time.wallMilliseconds
    if let kept = memory.value(for: key), kept.isFresh(now) { return }
    let kept = KeptAnswer(
      content: .found(made.bytes, hasAdult: made.hasAdult), storedAt: now,
      freshUntil: now + Int64(max(0, made.seconds)) * 1000)
    memory.insert(kept, for: key, bytes: kept.size + key.size)
  }

  /// What may stand in for an answer that did not come.
  private func usable(_ question: Question) async -> Answer? {
    let kept: KeptAnswer?
    if let inMemory = memory.value(for: question.key) { kept = inMemory } else { kept = await load(question) }
    return kept.flatMap(standIn)
  }

  private func standIn(_ old: KeptAnswer) -> Answer? {
    guard !old.isAbsence, time.wallMilliseconds - old.storedAt <= Self.staleMilliseconds else { return nil }
    return Answer(old, isStale: true)
  }

  private func shared(_ question: Question, _ call: CallInfo, _ trace: Trace?) async throws(PluginError) -> Answer {
    // Whoever asks for news has no use for an old answer; nor has the whole that a part is for: it stands in itself.
    let soft = call.maximumAgeSeconds == nil && !question.isPart ? call.softDeadline : nil
    return try await waiting(until: call.deadline, time, soft: soft, standIn: { await self.usable(question) }) {
      do {
        return .success(
          try await self.flights.run(question.key, urgency: call.urgency) { try await self.make(question, call, trace) }
        )
      } catch {
        return .failure(error as? PluginError ?? PluginError(.fault, "\(error)"))
      }
    }
  }

  /// The one making that all askers share. `isRenewal`: on nobody's behalf, because the kept one is no longer fresh.
  func make(
    _ question: Question, _ call: CallInfo, _ trace: Trace?, isRenewal: Bool = false
  ) async throws(PluginError) -> Answer {
    let now = time.wallMilliseconds
    var old = memory.value(for: question.key)
    if old == nil {
      old = await load(question)
      if !question.isPart { counters.store.count(old?.isFresh(now)) }
      if let old { memory.insert(old, for: question.key, bytes: old.size + question.key.size) }
      if let old, suffices(old, call) { note(question, "store", old.content, trace) }
    }
    // Also when another flight ended between our look and our start.
    if let old, suffices(old, call) { return Answer(old, isStale: false) }
    if !isRenewal, let old, mayRenewLater(old, question, call, trace) {
      renewLater(question, call)
      return Answer(old, isStale: false)
    }
    let usable = old.flatMap(standIn)
    let notes = CallNotes()
    var noting = call
    noting.notes = notes
    do throws(PluginError) {
      var made = try await question.make(noting, trace)
      // May lack a source or a language because everybody hung up: not an answer to keep.
      if Task.isCancelled { throw PluginError(.cancelled, "nobody waits for the answer any more") }
      if notes.hasStale {
        question.notes.noteStale()
        // Of a service's old response: good for a while, not as long as news.
        made.isMakeshift = true
        made.seconds = min(made.seconds, question.negativeSeconds)
      }
      if made.isMakeshift, let usable {
        note(question, "stale", usable.content, trace)
        return usable
      }
      return await keep(.found(made.bytes, hasAdult: made.hasAdult), made.seconds, question)
    } catch {
      switch error.kind {
      case .notFound where Task.isCancelled: throw PluginError(.cancelled, error.text)
      case .notFound: return await keep(.absent(error.text), question.negativeSeconds, question)
      case .badRequest, .unsupported: throw error
      case .unauthorized, .unavailable, .cancelled, .fault: break
      }
      if let usable {
        note(question, "stale", usable.content, trace)
        return usable
      }
      throw error.kind == .cancelled ? error : PluginError(.unavailable, error.text)
    }
  }

  private func keep(_ content: KeptAnswer.Content, _ seconds: Int, _ question: Question) async -> Answer {
    let now = time.wallMilliseconds
    let kept = KeptAnswer(content: content, storedAt: now, freshUntil: now + Int64(max(0, seconds)) * 1000)
    memory.insert(kept, for: question.key, bytes: kept.size + question.key.size)
    await store.store(kept.stored, for: question.key.name, in: question.key.space)
    return Answer(kept, isStale: false)
  }

  private func load(_ question: Question) async -> KeptAnswer? {
    guard let stored = await store.value(for: question.key.name, in: question.key.space) else { return nil }
    return KeptAnswer(stored, isExplicit: question.inspect)
  }

  private func note(_ question: Question, _ origin: String, _ content: KeptAnswer.Content, _ trace: Trace?) {
    guard let trace else { return }
    var outcome = "answered"
    if case .absent(let sentence) = content { outcome = sentence }
    trace.add(
      Trace.Step(
        source: question.key.space, operation: question.operation, outcome: outcome, milliseconds: 0, origin: origin))
  }
}

/// What counts lookups of one tier.
private struct CacheCounters: Sendable {
  struct Tier: Sendable {
    let hit: Counter
    let miss: Counter
    let stale: Counter

    init(_ tier: String, _ metrics: Metrics) {
      func counter(_ outcome: String) -> Counter {
        metrics.counter(
          "usher_cache_lookups_total", help: "Lookups in the caches, by tier and outcome.",
          labels: ["tier": tier, "outcome": outcome])
      }
      hit = counter("hit")
      miss = counter("miss")
      stale = counter("stale")
    }

    /// `isFresh` is nil when nothing was kept.
    func count(_ isFresh: Bool?) { (isFresh.map { $0 ? hit : stale } ?? miss).add() }
  }

  let memory: Tier
  let store: Tier

  init(_ metrics: Metrics) {
    memory = Tier("item-memory", metrics)
    store = Tier("item-store", metrics)
  }
}
