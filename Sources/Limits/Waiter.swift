package import Support
package import Transport

/// Someone who waits for a value until a deadline. Ends once: by the value, by the deadline, or by cancellation,
/// whichever comes first. From every thread.
///
/// Costs a place in a timer's heap while it lasts; who is answered before waiting has none.
package final class Waiter<Value: Sendable>: Sendable {
  package typealias Outcome = Result<Value, FetchError>

  private enum State {
    case new
    case waiting(CheckedContinuation<Outcome, Never>)
    case ended(Outcome)
  }

  private let state = Lock<State>(.new)

  package init() {}

  /// False when the wait had ended before: then `outcome` went nowhere.
  @discardableResult
  package func finish(_ outcome: Outcome) -> Bool {
    let (isFirst, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Outcome, Never>?) in
      switch state {
      case .new:
        state = .ended(outcome)
        return (true, nil)
      case .waiting(let continuation):
        state = .ended(outcome)
        return (true, continuation)
      case .ended: return (false, nil)
      }
    }
    continuation?.resume(returning: outcome)
    return isFirst
  }

  /// Waits; to be called once. `late` and `cancelled` are the outcomes of giving up. The deadline is watched by the real
  /// clock, on `timer`, even where `time` is a fake one.
  package func outcome(
    by deadline: Deadline, _ time: any TimeSource, late: FetchError, cancelled: FetchError, timer: DeadlineTimer? = nil
  ) async -> Outcome {
    if case .ended(let outcome) = state.withLock({ $0 }) { return outcome }
    let left = min(deadline.remainingMilliseconds(time), longestMilliseconds)
    let timer = timer ?? deadlines
    let alarm = timer.schedule(.after(milliseconds: left, SystemTime())) { self.finish(.failure(late)) }
    defer { timer.cancel(alarm) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ended = state.withLock { state -> Outcome? in
          if case .ended(let outcome) = state { return outcome }
          state = .waiting(continuation)
          return nil
        }
        if let ended { continuation.resume(returning: ended) }
      }
    } onCancel: {
      finish(.failure(cancelled))
    }
  }
}

/// One thread for all waits.
private let deadlines = DeadlineTimer(time: SystemTime())
/// A month; the time of a deadline further away could not be counted.
private let longestMilliseconds: Int64 = 30 * 86_400_000
