import Glibc
import UsherKit

/// One call of a `TableHost`: what stands behind `usher_call`.
final class TableCall: Sendable {
  private struct State: Sendable {
    var outcome = CallOutcome()
    var underWay = 0
    var isCancelled: Bool
  }

  let host: FakeHost
  private let state: Guarded<State>
  private let isIdle = Signal()

  init(_ host: FakeHost, isCancelled: Bool) {
    self.host = host
    state = Guarded(State(isCancelled: isCancelled))
  }

  static func of(_ call: OpaquePointer?) -> TableCall? {
    call.map { Unmanaged<TableCall>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } || host.isCancelled }

  func cancel() { state.withLock { $0.isCancelled = true } }

  func reply(_ bytes: [UInt8]) { state.withLock { $0.outcome.replies.append(bytes) } }

  /// An event of a command; false when it is none.
  func emit(_ event: [UInt8]) -> Bool {
    guard let event = try? JSONCoding.decode(CommandEvent.self, from: event) else { return false }
    state.withLock { $0.outcome.events.append(event) }
    return true
  }

  func respond(status: Int32, headers: [UInt8], body: [UInt8]) {
    let response = ServerResponse(status: Int(status), headers: HeaderLines.parse(headers), body: body)
    state.withLock { $0.outcome.responses.append(response) }
  }

  /// The outcome once everything that was asked on behalf of the call has come back. Blocks.
  func outcome(status: Int32) -> CallOutcome {
    while state.withLock({ $0.underWay }) > 0 { isIdle.wait() }
    return state.withLock { state in
      state.outcome.status = status
      return state.outcome
    }
  }

  /// `http_send`: `done` runs on another thread, as with the real host.
  func send(_ request: HTTPRequest, _ done: @escaping usher_http_reply, _ context: UnsafeMutableRawPointer?) {
    // Safe: the contract allows `done` on every thread, and its context goes there once.
    nonisolated(unsafe) let (done, context) = (done, context)
    state.withLock { $0.underWay += 1 }
    Task.detached { [self] in
      let result = await response(to: request)
      Self.deliver(result, done, context)
      state.withLock { $0.underWay -= 1 }
      isIdle.raise()
    }
  }

  /// `http_wait`: `done` has run, on this thread, when it returns.
  func sendAndWait(_ request: HTTPRequest, _ done: usher_http_reply, _ context: UnsafeMutableRawPointer?) {
    Self.deliver(Self.block { [self] in await response(to: request) }, done, context)
  }

  /// Runs `work` to its end and hands its outcome to `done`, on this thread.
  func wait(
    _ done: usher_reply?, _ context: UnsafeMutableRawPointer?,
    _ work: @escaping @Sendable () async throws -> [UInt8]
  ) {
    switch Self.block({ await Result.of(work) }) {
    case .success(let value): usher_bytes.lend(value) { done?(context, USHER_OK, $0) }
    case .failure(let error): usher_bytes.lend(error.text) { done?(context, error.kind.status, $0) }
    }
  }

  private func response(to request: HTTPRequest) async -> Result<HTTPResponse, PluginError> {
    guard !isCancelled else { return .failure(PluginError(.cancelled, "cancelled by the test")) }
    return await Result.of { [host] in try await host.send(request) }
  }

  private static func deliver(
    _ result: Result<HTTPResponse, PluginError>, _ done: usher_http_reply, _ context: UnsafeMutableRawPointer?
  ) {
    switch result {
    case .success(let response):
      let headers = HeaderLines.text(response.headers.map { (name: $0.key, value: $0.value) })
      usher_bytes.lend(headers) { headers in
        usher_bytes.lend(response.body) { done(context, USHER_OK, Int32(clamping: response.status), headers, $0) }
      }
    case .failure(let error):
      usher_bytes.lend(error.text) { done(context, error.kind.status, 0, usher_bytes(), $0) }
    }
  }

  private static func block<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let (box, isDone) = (Guarded<Value?>(nil), Signal())
    Task.detached {
      let value = await work()
      box.withLock { $0 = value }
      isDone.raise()
    }
    while true {
      isDone.wait()
      if let value = box.withLock({ $0 }) { return value }
    }
  }
}

extension Result where Failure == PluginError, Success: Sendable {
  fileprivate static func of(_ work: @Sendable () async throws -> Success) async -> Self {
    do { return .success(try await work()) } catch { return .failure(PluginError(thrown: error)) }
  }
}

/// A POSIX semaphore, for threads that may block.
private final class Signal: @unchecked Sendable {
  // Sendable is right because POSIX semaphores may be posted and awaited from every thread; `handle` never moves.
  private let handle = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(handle, 0, 0) }

  deinit {
    sem_destroy(handle)
    handle.deallocate()
  }

  func raise() { sem_post(handle) }

  func wait() { while sem_wait(handle) != 0 {} }
}
