package import CUsher
public import MetadataModel
package import Support
import Synchronization

/// How a call ended, before anybody has looked at the reply.
package enum CallOutcome: Sendable {
  case returned(usher_status, CallReply)
  /// The host's own word: deadline, cancellation, no thread.
  case gaveUp(PluginError)
}

/// What a plugin handed over during a call.
package struct CallReply: Sendable {
  package var bytes: [UInt8]?
  package var response: ServerReply?
  /// How the plugin broke the rules for handing over; nil when it kept them.
  package var breach: String?
}

/// Hears the events of a command, on the plugin's threads.
public typealias CommandListener = @Sendable (CommandEvent) -> Void

/// One operation under way: what `usher_call` of usher.h stands for. From every thread.
package final class Call: Sendable {
  /// Most bytes of a reply, of a body, of a cache value.
  static let maximumBytes = 32 << 20

  package let info: CallInfo
  /// The one that it came through; nil where a source is asked, or a command runs.
  package let provider: Provider?
  /// For a run of a command: who listens to it.
  let listener: CommandListener?

  private struct State {
    var outcome: CallOutcome?
    var waiter: (@Sendable (CallOutcome) -> Void)?
    var reply = CallReply()
    var hasReturned = false
    var isLost = false
    /// The tasks of requests to the host that have not come back.
    var tasks: [Int: Task<Void, Never>] = [:]
    var started = 0
    var userOrigins: Set<String> = []
  }

  private let state = Lock(State())
  private let cancelled = Atomic<Bool>(false)
  private let drained = Semaphore()

  private let time: any TimeSource

  package init(
    _ info: CallInfo, provider: Provider? = nil, listener: CommandListener? = nil, time: any TimeSource
  ) {
    self.info = info
    self.provider = provider
    self.listener = listener
    self.time = time
  }

  var remainingMilliseconds: Int64 { isCancelled ? 0 : info.deadline.remainingMilliseconds(time) }

  package var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  /// Tells the plugin that nobody waits, and ends its requests under way.
  package func cancel() {
    cancelled.store(true, ordering: .releasing)
    for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
  }

  // What the caller sees.

  /// `waiter` runs once: now when the outcome is there already.
  package func whenSettled(_ waiter: @escaping @Sendable (CallOutcome) -> Void) {
    let outcome = state.withLock { state in
      if state.outcome == nil { state.waiter = waiter }
      return state.outcome
    }
    if let outcome { waiter(outcome) }
  }

  /// The first outcome counts; later ones are dropped.
  package func settle(_ outcome: CallOutcome) {
    let waiter = state.withLock { state -> (@Sendable (CallOutcome) -> Void)? in
      guard state.outcome == nil else { return nil }
      state.outcome = outcome
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?(outcome)
  }

  package var isSettled: Bool { state.withLock { $0.outcome != nil } }

  // What the plugin does.

  /// Keeps what the plugin hands over; `nil` stands for bytes that cannot be taken.
  func reply(_ bytes: [UInt8]?) {
    state.withLock { state in
      guard let bytes else {
        state.reply.breach = "handed over a reply that is no memory, or more than \(Self.maximumBytes >> 20) MiB"
        return
      }
      if state.reply.bytes != nil { state.reply.breach = "handed over its reply twice" }
      state.reply.bytes = state.reply.bytes ?? bytes
    }
  }

  func respond(_ response: Result<ServerReply, PluginError>) {
    state.withLock { state in
      switch response {
      case .failure(let error): state.reply.breach = error.text
      case .success(let response):
        if state.reply.response != nil { state.reply.breach = "responded twice" }
        state.reply.response = state.reply.response ?? response
      }
    }
  }

  /// Notes a rule that the plugin broke; the first one is told.
  func breach(_ text: String) { state.withLock { $0.reply.breach = $0.reply.breach ?? text } }

  // What the host does for the plugin meanwhile.

  /// Servers that the user named for this call.
  var userOrigins: Set<String> { state.withLock { $0.userOrigins } }

  /// True when it was not allowed before.
  func allow(_ origin: String) -> Bool { state.withLock { $0.userOrigins.insert(origin).inserted } }

  /// Runs `work` in a Task that `cancel()` ends; the operation does not end before it. False when the call is over:
  /// nothing runs then.
  func start(_ work: @escaping @Sendable () async -> Void) -> Bool {
    // The task is known before anybody can look for it, and cannot end before it is known: both wait for the lock.
    state.withLock { state in
      guard !state.hasReturned, !isCancelled else { return false }
      state.started += 1
      let number = state.started
      state.tasks[number] = Task.detached {
        await work()
        self.finish(number)
      }
      return true
    }
  }

  private func finish(_ number: Int) {
    let isLast = state.withLock { state in
      state.tasks[number] = nil
      return state.tasks.isEmpty && state.hasReturned
    }
    if isLast { drained.signal() }
  }

  /// The operation has returned: ends requests under way, waits for them, and gives what was handed over. Blocks.
  /// `isLost` says whether the thread had been given up for lost.
  package func drain() -> (reply: CallReply, isLost: Bool) {
    let tasks = state.withLock { state in
      state.hasReturned = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
    if !tasks.isEmpty { drained.wait() }
    return state.withLock { ($0.reply, $0.isLost) }
  }

  /// True when the operation is still running: its thread counts as lost from now on.
  package func markLost() -> Bool {
    state.withLock { state in
      state.isLost = !state.hasReturned
      return state.isLost
    }
  }
}

/// The calls that plugins may name. A plugin holds a number, not an address: one that is used too late finds nothing
/// instead of freed memory. From every thread.
package enum CallRegistry {
  private struct State {
    var last: UInt = 0
    var calls: [UInt: Call] = [:]
  }

  private static let state = Lock(State())

  /// The handle under which `call` is found until `remove`.
  package static func add(_ call: Call) -> OpaquePointer {
    let number = state.withLock { state in
      state.last += 1
      state.calls[state.last] = call
      return state.last
    }
    guard let handle = OpaquePointer(bitPattern: number) else { preconditionFailure("numbers begin with 1") }
    return handle
  }

  package static func remove(_ handle: OpaquePointer) {
    state.withLock { _ = $0.calls.removeValue(forKey: UInt(bitPattern: handle)) }
  }

  /// Nil for no handle, and for that of a call that has ended.
  static func call(_ handle: OpaquePointer?) -> Call? {
    guard let handle else { return nil }
    return state.withLock { $0.calls[UInt(bitPattern: handle)] }
  }
}
