import CCurl
import Support

/// What Tasks hand to the curl thread.
final class CurlMailbox: Sendable {
  typealias Continuation = CheckedContinuation<Result<ClientResponse, FetchError>, Never>

  enum Message {
    case begin(id: UInt64, ClientRequest, Continuation)
    case cancel(id: UInt64)
  }

  private struct State {
    var messages: [Message] = []
    var lastID: UInt64 = 0
    var isRunning = false
    var isStopped = false
    /// Of the running thread, from its start to its end; only to wake it.
    var multi: UnsafeMutableRawPointer?
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Lock(State())

  func makeID() -> UInt64 {
    state.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  /// True when the caller has to start the thread.
  func begin(_ id: UInt64, _ request: ClientRequest, _ continuation: Continuation) -> Bool {
    let (starts, isStopped) = state.withLock { state in
      guard !state.isStopped else { return (false, true) }
      state.messages.append(.begin(id: id, request, continuation))
      if let multi = state.multi { curl_multi_wakeup(multi) }
      defer { state.isRunning = true }
      return (!state.isRunning, false)
    }
    if isStopped {
      continuation.resume(returning: .failure(.cancelled(url: FetchURL.withoutSecrets(request.url))))
    }
    return starts
  }

  func cancel(_ id: UInt64) {
    state.withLock { state in
      guard state.isRunning else { return }
      state.messages.append(.cancel(id: id))
      if let multi = state.multi { curl_multi_wakeup(multi) }
    }
  }

  /// Nobody begins any more, and the thread ends.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      if let multi = state.multi { curl_multi_wakeup(multi) }
    }
  }

  /// Returns when the thread has ended.
  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        guard state.isRunning else { return true }
        state.waitingForEnd.append(continuation)
        return false
      }
      if hasEnded { continuation.resume() }
    }
  }

  /// For the thread: from now on it can be woken.
  func threadStarted(_ multi: UnsafeMutableRawPointer) { state.withLock { $0.multi = multi } }

  /// For the thread: what came since the last time, and whether it has to stop.
  func collect() -> (messages: [Message], isStopped: Bool) {
    state.withLock { state in
      defer { state.messages = [] }
      return (state.messages, state.isStopped)
    }
  }

  /// For the thread: true when nothing came meanwhile, so that it may end; it cannot be woken from then on.
  func mayEndIdle() -> Bool {
    state.withLock { state in
      guard state.messages.isEmpty, !state.isStopped else { return false }
      state.multi = nil
      state.isRunning = false
      return true
    }
  }

  /// Instead of a thread that could not start: whoever waits gets `reason`.
  func fail(_ reason: String) {
    let messages = state.withLock { state in
      defer { state.messages = [] }
      state.isRunning = false
      return state.messages
    }
    for case .begin(_, let request, let continuation) in messages {
      let url = FetchURL.withoutSecrets(request.url)
      continuation.resume(returning: .failure(.connection(url: url, reason: reason)))
    }
    threadEnded()
  }

  /// For the thread, once it has to stop: it cannot be woken any more.
  func threadStops() { state.withLock { $0.multi = nil } }

  /// The very last act of the thread after `threadStops`.
  func threadEnded() {
    let waiting = state.withLock { state in
      defer { state.waitingForEnd = [] }
      state.isRunning = false
      return state.waitingForEnd
    }
    for continuation in waiting { continuation.resume() }
  }
}
