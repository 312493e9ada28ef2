package import Support

/// Keeps a source whose service is down from asking it: after some failures in a row nobody asks for a while, then one
/// request tries, and what becomes of that decides. From every thread; a request costs two short locks.
package final class CircuitBreaker: Sendable {
  package struct Rules: Sendable {
    /// Tries that failed one after the other, whoever made them.
    package var failures = 5
    /// Doubled with each probe that fails.
    package var firstPauseMilliseconds: Int64 = 10_000
    package var longestPauseMilliseconds: Int64 = 300_000

    package init() {}
  }

  /// What a request goes out as.
  package enum Pass: Sendable {
    case normal
    /// The one that tries a service which did not answer.
    case probe
  }

  /// How a try went, as far as the service's health goes.
  package enum Verdict: Sendable {
    /// Any answer that shows it at work, "not found" and "too many requests" among them.
    case answered
    case failed(String)
    /// It said that it wants no more, for so long if it said that: reason enough by itself.
    case banned(String, milliseconds: Int64? = nil)
    /// Nobody waited for the end.
    case unknown
  }

  /// What a try changed.
  package enum Change: Sendable {
    case suspended(Suspension)
    case resumed
  }

  private struct State {
    var failures = 0
    var suspension: Suspension?
    /// Monotonic nanoseconds, where the suspension has a time of day; for a request that a person waits for.
    var nextTry: Int64 = 0
    var nextInteractiveTry: Int64 = 0
    var isProbing = false
  }

  private let rules: Rules
  private let time: any TimeSource
  private let state = Lock(State())

  package init(rules: Rules = Rules(), time: any TimeSource) {
    self.rules = rules
    self.time = time
  }

  /// Nil when the service may be asked, as far as is known.
  package var suspension: Suspension? { state.withLock { $0.suspension } }

  /// True when the last try failed.
  package var isDoubtful: Bool { state.withLock { $0.failures > 0 || $0.suspension != nil } }

  /// Why a request need not wait for its turn; nil when it may go on, be it as the probe. A person may try again after
  /// the first pause, however long the service has been left alone for: the network may just have come back.
  package func refusal(_ urgency: Urgency = .normal) -> String? {
    let now = time.monotonicNanoseconds
    return state.withLock { refusal($0, urgency, now) }
  }

  /// Each pass given must come back to `record`. Nil when the service is not to be asked.
  package func admit(_ urgency: Urgency = .normal) -> Pass? {
    let now = time.monotonicNanoseconds
    return state.withLock { state in
      guard refusal(state, urgency, now) == nil else { return nil }
      guard state.suspension != nil else { return .normal }
      state.isProbing = true
      return .probe
    }
  }

  /// Counts how a try went; gives what that changed.
  package func record(_ verdict: Verdict, _ pass: Pass) -> Change? {
    let (now, wall) = (time.monotonicNanoseconds, time.wallMilliseconds)
    return state.withLock { state in
      if case .probe = pass {
        state.isProbing = false
      } else if let suspension = state.suspension {
        // Began before the suspension: only the probe decides, and what the service says of itself.
        guard case .banned(let reason, let told?) = verdict else { return nil }
        return prolong(&state, suspension, reason, told, now, wall).map { .suspended($0) }
      }
      switch verdict {
      case .unknown: return nil
      case .answered:
        state.failures = 0
        defer { state.suspension = nil }
        return state.suspension == nil ? nil : .resumed
      case .failed(let reason):
        state.failures += 1
        let isEnough = state.suspension != nil || state.failures >= rules.failures
        return isEnough ? .suspended(suspend(&state, reason, nil, now, wall)) : nil
      case .banned(let reason, let told): return .suspended(suspend(&state, reason, told, now, wall))
      }
    }
  }

  private func suspend(
    _ state: inout State, _ reason: String, _ told: Int64?, _ now: Int64, _ wall: Int64
  ) -> Suspension {
    let probes = state.suspension.map { $0.probes + 1 } ?? 0
    let ours = min(rules.firstPauseMilliseconds << Int64(min(probes, 16)), rules.longestPauseMilliseconds)
    // While the probe was under way the service may have asked for more.
    let (before, beforeInteractive) = state.suspension == nil ? (now, now) : (state.nextTry, state.nextInteractiveTry)
    state.nextTry = max(before, now + (told ?? ours) * 1_000_000)
    state.nextInteractiveTry = max(
      beforeInteractive, now + (told ?? min(ours, rules.firstPauseMilliseconds)) * 1_000_000)
    let suspension = Suspension(reason: reason, until: wall + (state.nextTry - now) / 1_000_000, probes: probes)
    state.suspension = suspension
    return suspension
  }

  /// A service that is left alone asks for `told` milliseconds: never less than before, for people neither. Gives the
  /// suspension when it has become longer.
  private func prolong(
    _ state: inout State, _ suspension: Suspension, _ reason: String, _ told: Int64, _ now: Int64, _ wall: Int64
  ) -> Suspension? {
    let next = now + told * 1_000_000
    state.nextInteractiveTry = max(state.nextInteractiveTry, next)
    guard next > state.nextTry else { return nil }
    state.nextTry = next
    let longer = Suspension(reason: reason, until: wall + told, probes: suspension.probes)
    state.suspension = longer
    return longer
  }

  /// Goes on where an earlier process stopped. A clock set back in between makes the wait no longer than the longest
  /// that a service may ask for.
  package func restore(_ suspension: Suspension) {
    let left = min(max(0, suspension.until - time.wallMilliseconds), RetryPolicy.maximumPauseMilliseconds)
    let now = time.monotonicNanoseconds
    state.withLock { state in
      state.suspension = suspension
      state.nextTry = now + left * 1_000_000
      state.nextInteractiveTry = state.nextTry
    }
  }

  private func refusal(_ state: State, _ urgency: Urgency, _ now: Int64) -> String? {
    guard let suspension = state.suspension else { return nil }
    if state.isProbing { return "its service is being tried again: \(suspension.reason)" }
    let nextTry = urgency == .interactive ? state.nextInteractiveTry : state.nextTry
    let left = (nextTry - now + 999_999_999) / 1_000_000_000
    return now < nextTry ? "its service is left alone for another \(left) s: \(suspension.reason)" : nil
  }
}

/// Why a service is not asked, and until when.
package struct Suspension: Sendable, Equatable {
  /// The last failure, as a part of a sentence.
  package var reason: String
  /// Milliseconds since 1970; the next request after it tries the service.
  package var until: Int64
  /// Tries that failed since the first suspension in a row.
  package var probes: Int

  package init(reason: String, until: Int64, probes: Int) {
    self.reason = reason
    self.until = until
    self.probes = probes
  }

  /// As bytes for a store.
  package var stored: StoredValue {
    StoredValue(bytes: Array("\(probes)\n\(reason)".utf8), storedAt: until, freshUntil: until)
  }

  /// Nil for bytes of another shape.
  package init?(_ stored: StoredValue) {
    let parts = String(decoding: stored.bytes.prefix(2000), as: UTF8.self).split(separator: "\n", maxSplits: 1)
    guard parts.count == 2, let probes = Int(parts[0]), probes >= 0 else { return nil }
    self.init(reason: String(parts[1]), until: stored.freshUntil, probes: probes)
  }
}
