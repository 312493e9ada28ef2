package import MetadataModel
package import Support

/// Waits for `work`, but not beyond `deadline` and not after the surrounding Task is cancelled. After the deadline the
/// work goes on, for whoever asks next; a cancellation ends it, because whoever hung up asks for nothing. Throws
/// `.cancelled` when nobody waits any more, else what the work throws.
///
/// From `soft` on what `standIn` has will do instead, if it has anything then; the work goes on as after the deadline.
///
/// Costs a task and a place in a timer's heap, so it is for answers that are not at hand.
package func waiting<Value: Sendable>(
  until deadline: Deadline, _ time: any TimeSource, soft: Deadline? = nil,
  standIn: @escaping @Sendable () async -> Value? = { nil },
  _ work: @escaping @Sendable () async -> Result<Value, PluginError>
) async throws(PluginError) -> Value {
  let late = PluginError(.cancelled, "no answer before the deadline")
  guard !Task.isCancelled else { throw hungUp }
  let remaining = min(deadline.remainingMilliseconds(time), 86_400_000)
  guard remaining > 0 else { throw late }
  let first = FirstAnswer<Result<Value, PluginError>>()
  let number = deadlines.schedule(.after(milliseconds: remaining, SystemTime())) { first.give(.failure(late)) }
  var softNumber: Int?
  if let soft, soft < deadline {
    softNumber = deadlines.schedule(.after(milliseconds: soft.remainingMilliseconds(time), SystemTime())) {
      Task.detached { if let value = await standIn() { first.give(.success(value)) } }
    }
  }
  let task = Task.detached { first.give(await work()) }
  let result = await withTaskCancellationHandler {
    await first.take()
  } onCancel: {
    first.give(.failure(hungUp))
    task.cancel()
  }
  deadlines.cancel(number)
  if let softNumber { deadlines.cancel(softNumber) }
  return try result.get()
}

private let hungUp = PluginError(.cancelled, "nobody waits for the answer any more")

/// One thread for all waits, on the machine's clock: a test's clock stands still while it really waits.
private let deadlines = DeadlineTimer(time: SystemTime())

/// Several may give an answer, one waits for it; the first counts.
private final class FirstAnswer<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case empty
    case awaited(CheckedContinuation<Value, Never>)
    case given(Value)
    case done
  }

  private let state = Lock<State>(.empty)

  func give(_ value: Value) {
    let waiter: CheckedContinuation<Value, Never>? = state.withLock { state in
      switch state {
      case .empty:
        state = .given(value)
        return nil
      case .awaited(let waiter):
        state = .done
        return waiter
      case .given, .done:
        return nil
      }
    }
    waiter?.resume(returning: value)
  }

  /// To be called once.
  func take() async -> Value {
    await withCheckedContinuation { continuation in
      let value: Value? = state.withLock { state in
        if case .given(let value) = state {
          state = .done
          return value
        }
        state = .awaited(continuation)
        return nil
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
