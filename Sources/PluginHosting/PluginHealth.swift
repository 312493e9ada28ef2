import MetadataModel
import PluginLoading
import Support

/// Counts a plugin's faults, minds refused keys, and decides whether it may be asked. From every thread.
final class PluginHealth: Sendable {
  /// What a call came in as.
  enum Admission: Sendable {
    case normal
    /// The one call that tries a pausing plugin again.
    case probe
    /// Not to be asked; the reason is a sentence.
    case refused(PluginState, String)
  }

  /// How a call went, as far as the plugin's health goes.
  enum Verdict: Sendable {
    /// An answer of the plugin.
    case sound
    /// A failure that is not the plugin's, and says nothing about its key.
    case unclear
    case fault(String)
    /// The service refused the key, with its sentence.
    case refusedKey(String)
    /// Nobody waited for the end.
    case unknown
  }

  /// Why and until when, on both clocks, a plugin is not asked.
  private struct Pause {
    enum Cause {
      case faults
      case refusedKey(String)
    }

    var cause: Cause
    var until: Deadline
    var wallMilliseconds: Int64

    var state: PluginState { if case .faults = cause { .suspended } else { .needsConfiguration } }
  }

  private struct State {
    var faults = 0
    var lastFault = ""
    /// Nil when it may be asked; kept beyond its end until a probe succeeded.
    var pause: Pause?
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

  /// The state to show: a plugin stays suspended, or without configuration, until its probe succeeded.
  var shown: (state: PluginState, reason: String)? {
    state.withLock { state in
      if let trouble = trouble(state) { return trouble }
      return state.pause.map { ($0.state, "it is tried again with the next request; \(reason(state, $0))") }
    }
  }

  /// Each call that is not refused must come back to `record`.
  func admit() -> Admission {
    state.withLock { state in
      if let trouble = trouble(state) { return .refused(trouble.state, trouble.reason) }
      guard state.pause != nil else { return .normal }
      state.isProbing = true
      return .probe
    }
  }

  /// The new state and why, for the log, when the plugin is not asked from now on.
  func record(_ verdict: Verdict, _ admission: Admission) -> (state: PluginState, reason: String)? {
    state.withLock { state in
      if case .probe = admission {
        state.isProbing = false
      } else if state.pause != nil {
        // Began before the pause: only the probe decides.
        return nil
      }
      switch verdict {
      case .unknown: return nil
      case .refusedKey(let text): state.pause = pause(.refusedKey(text), limits.refusedKeyMilliseconds)
      case .sound, .unclear:
        state.faults = 0
        // An outage does not tell whether the key is taken again.
        if case .unclear = verdict, let pause = state.pause, case .refusedKey = pause.cause {
          state.pause = self.pause(pause.cause, limits.refusedKeyMilliseconds)
        } else {
          state.pause = nil
        }
        return nil
      case .fault(let text):
        state.faults += 1
        state.lastFault = text
        guard state.faults >= limits.faultsToSuspend else { return nil }
        state.pause = pause(.faults, limits.suspendMilliseconds)
      }
      return trouble(state)
    }
  }

  private func pause(_ cause: Pause.Cause, _ milliseconds: Int64) -> Pause {
    Pause(
      cause: cause, until: .after(milliseconds: milliseconds, time),
      wallMilliseconds: time.wallMilliseconds + milliseconds)
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
    guard let pause = state.pause else { return nil }
    let reason = reason(state, pause)
    if state.isProbing { return (pause.state, "it is being tried again; \(reason)") }
    guard pause.until.remainingMilliseconds(time) > 0 else { return nil }
    return (pause.state, "\(reason); next try at \(timeText(pause.wallMilliseconds))")
  }

  private func reason(_ state: State, _ pause: Pause) -> String {
    switch pause.cause {
    case .faults: "\(state.faults) faults in a row, the last one: \(state.lastFault)"
    case .refusedKey(let text): text
    }
  }
}

extension PluginHealth.Verdict {
  /// What a failed call says. `mayRefuseKey`: it is a source with a key, so that `.unauthorized` is about that key.
  init(_ error: PluginError, mayRefuseKey: Bool) {
    switch error.kind {
    case .fault: self = .fault(error.text)
    case .unauthorized: self = mayRefuseKey ? .refusedKey(error.text) : .unclear
    case .unavailable, .cancelled: self = .unclear
    case .notFound, .badRequest, .unsupported: self = .sound
    }
  }
}
