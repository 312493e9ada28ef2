import PluginLoading
import Support

/// Counts a plugin's faults and decides whether it may be asked. From every thread.
final class PluginHealth: Sendable {
  /// What a call came in as.
  enum Admission: Sendable {
    case normal
    /// The one call that tries a suspended plugin again.
    case probe
    /// Not to be asked; the reason is a sentence.
    case refused(String)
  }

  /// How a call went, as far as the plugin's health goes.
  enum Verdict: Sendable {
    /// An answer, or a failure that is not the plugin's.
    case sound
    case fault(String)
    /// Nobody waited for the end.
    case unknown
  }

  private struct State {
    var faults = 0
    var lastFault = ""
    /// Until when it is suspended, on both clocks; nil when it is not.
    var suspended: (until: Deadline, wallMilliseconds: Int64)?
    var isProbing = false
    var lostThreads = 0
    var hasFailed = false
  }

  private let limits: HostingLimits
  private let time: any TimeSource
  private let state = Lock(State())

  init(limits: HostingLimits, time: any TimeSource) {
    self.limits = limits
    self.time = time
  }

  /// Nil when it may be asked now; otherwise its state and why.
  var trouble: (state: PluginState, reason: String)? { state.withLock { trouble($0) } }

  /// The state to show: a plugin stays suspended until its probe succeeded.
  var shown: (state: PluginState, reason: String)? {
    state.withLock { state in
      if let trouble = trouble(state) { return trouble }
      return state.suspended == nil ? nil : (.suspended, "it is tried again with the next request; \(reason(state))")
    }
  }

  /// Each call that is not refused must come back to `record`.
  func admit() -> Admission {
    state.withLock { state in
      if let trouble = trouble(state) { return .refused(trouble.reason) }
      guard state.suspended != nil else { return .normal }
      state.isProbing = true
      return .probe
    }
  }

  /// The sentence to log when the plugin is suspended by this.
  func record(_ verdict: Verdict, _ admission: Admission) -> String? {
    state.withLock { state in
      if case .probe = admission {
        state.isProbing = false
      } else if state.suspended != nil {
        // Began before the suspension: only the probe decides.
        return nil
      }
      switch verdict {
      case .unknown: return nil
      case .sound:
        state.faults = 0
        state.suspended = nil
        return nil
      case .fault(let text):
        state.faults += 1
        state.lastFault = text
        guard state.faults >= limits.faultsToSuspend else { return nil }
        state.suspended = (
          .after(milliseconds: limits.suspendMilliseconds, time), time.wallMilliseconds + limits.suspendMilliseconds
        )
        return trouble(state)?.reason
      }
    }
  }

  /// A thread has not come back from the plugin. True when that makes it failed.
  func loseThread() -> Bool {
    state.withLock { state in
      state.lostThreads += 1
      guard state.lostThreads >= limits.lostThreadsToFail, !state.hasFailed else { return false }
      state.hasFailed = true
      return true
    }
  }

  /// A lost thread has come back after all.
  func regainThread() { state.withLock { $0.lostThreads -= 1 } }

  /// Threads that have not come back.
  var lostThreads: Int { state.withLock { $0.lostThreads } }

  private func trouble(_ state: State) -> (state: PluginState, reason: String)? {
    if state.hasFailed {
      return (.failed, "\(limits.lostThreadsToFail) calls never came back from it; restart the host to use it again")
    }
    guard let suspended = state.suspended else { return nil }
    if state.isProbing { return (.suspended, "it is being tried again; \(reason(state))") }
    guard suspended.until.remainingMilliseconds(time) > 0 else { return nil }
    let when = timeText(suspended.wallMilliseconds)
    return (.suspended, "\(reason(state)); next try at \(when)")
  }

  private func reason(_ state: State) -> String { "\(state.faults) faults in a row, the last one: \(state.lastFault)" }
}
