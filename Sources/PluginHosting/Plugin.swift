package import CUsher
package import MetadataModel
package import PluginCalls
import PluginLoading
import Support

/// One plugin of the configuration, whatever state it is in; runs its calls. From every thread.
package final class Plugin: Sendable {
  typealias Operation = @Sendable (OpaquePointer) -> usher_status

  private enum Phase {
    case ready(OpenPlugin)
    case unusable(PluginState, String)
  }

  private struct State {
    var phase = Phase.unusable(.failed, "it has not been loaded yet")
    var manifest: PluginManifest?
    var calls: [ObjectIdentifier: Call] = [:]
  }

  let entry: PluginEntry
  private let limits: HostingLimits
  private let time: any TimeSource
  private let timer: DeadlineTimer
  private let log: Log
  private let health: PluginHealth
  private let complaints: Complaints
  private let pool: Lock<WorkerPool?> = Lock(nil)
  private let state = Lock(State())

  init(_ entry: PluginEntry, limits: HostingLimits, time: any TimeSource, timer: DeadlineTimer, log: Log) {
    self.entry = entry
    self.limits = limits
    self.time = time
    self.timer = timer
    self.log = log
    health = PluginHealth(limits: limits, time: time)
    complaints = Complaints(time: time)
  }

  // What is known of it.

  var manifest: PluginManifest? { state.withLock { $0.manifest } }

  /// True when its manifest names the interface, or there is no manifest to say.
  func mayOffer(_ interface: String) -> Bool { manifest.map { $0.interfaces.contains(interface) } ?? true }

  var status: PluginStatus {
    let (phase, manifest) = state.withLock { ($0.phase, $0.manifest) }
    switch phase {
    case .unusable(let state, let reason):
      return PluginStatus(id: entry.id, manifest: manifest, state: state, reason: reason)
    case .ready:
      let trouble = health.shown
      return PluginStatus(
        id: entry.id, manifest: manifest, state: trouble?.state ?? .ready, reason: trouble?.reason ?? "")
    }
  }

  /// Nil when it can be asked now. Nil as well while its key is refused: asking then fails at once, as in an outage,
  /// where a source that never had a key counts as one that is not there.
  var unusable: String? {
    switch state.withLock({ $0.phase }) {
    case .unusable(let state, let reason): "\(state.rawValue): \(reason)"
    case .ready:
      health.trouble.flatMap { $0.state == .needsConfiguration ? nil : "\($0.state.rawValue): \($0.reason)" }
    }
  }

  // Its life.

  func describe(_ manifest: PluginManifest) { state.withLock { $0.manifest = manifest } }

  func becomeReady(_ plugin: OpenPlugin) {
    let workers = plugin.isServer ? limits.serverWorkers : limits.sourceWorkers
    pool.withLock {
      $0 = WorkerPool(
        name: "call-\(entry.id)", threads: workers, waiting: limits.queue, idleMilliseconds: limits.idleMilliseconds)
    }
    state.withLock { $0.phase = .ready(plugin) }
  }

  func becomeUnusable(_ newState: PluginState, _ reason: String) {
    state.withLock { $0.phase = .unusable(newState, reason) }
  }

  /// Ends its calls and closes it; what does not come back is left behind. Blocks.
  func close() {
    let (phase, calls) = state.withLock { state in
      defer { state.phase = .unusable(.failed, "the host is shutting down") }
      return (state.phase, Array(state.calls.values))
    }
    guard case .ready(let plugin) = phase, let pool = pool.withLock({ $0 }) else { return }
    for call in calls {
      call.settle(.gaveUp(PluginError(.cancelled, "the host is shutting down")))
      call.cancel()
    }
    guard pool.close(milliseconds: limits.openMilliseconds) else {
      return log.warning("not closed: some of its calls do not come back")
    }
    if !plugin.close(milliseconds: limits.openMilliseconds) {
      log.warning("did not return from close within \(seconds(limits.openMilliseconds))")
    }
  }

  // Its calls.

  /// The opened plugin. Throws `.unavailable` with the reason when it is not ready.
  package func opened() throws(PluginError) -> OpenPlugin {
    switch state.withLock({ $0.phase }) {
    case .ready(let plugin): return plugin
    case .unusable(let state, let reason): throw refusal("\(state.rawValue): \(reason)")
    }
  }

  /// Runs an operation on a lent thread, has its reply read by `read`, and counts how it went. `provider` is for fronts,
  /// whose refusals are meant for their clients.
  func exchange<Answer: Sendable>(
    _ info: CallInfo, provider: Provider? = nil, listener: CommandListener? = nil, _ operation: @escaping Operation,
    read: (CallReply) throws(PluginError) -> Answer
  ) async throws(PluginError) -> Answer {
    let admission = health.admit()
    if case .refused(let state, let reason) = admission { throw refusal("\(state.rawValue): \(reason)") }
    let outcome = await perform(newCall(info, provider, listener), operation)
    do throws(PluginError) {
      let answer = try read(reply(of: outcome))
      judge(.sound, admission)
      return answer
    } catch {
      if case .gaveUp = outcome {
        judge(.unknown, admission)
      } else {
        judge(PluginHealth.Verdict(error, mayRefuseKey: provider == nil && takesKey), admission)
      }
      complain(error, info)
      throw error
    }
  }

  /// What a successful operation handed over; throws what a failing one means.
  package func reply(of outcome: CallOutcome) throws(PluginError) -> CallReply {
    switch outcome {
    case .gaveUp(let error): throw error
    case .returned(let status, let reply):
      if let breach = reply.breach { throw PluginError(.fault, "plugin '\(entry.id)' \(breach)") }
      guard let kind = PluginError.Kind(status: status) else { return reply }
      guard isNamed(status) else {
        throw PluginError(.fault, "plugin '\(entry.id)' returned the status \(status), which usher.h does not name")
      }
      let text = reply.bytes.flatMap { sentence($0) }
      throw PluginError(kind, text ?? "plugin '\(entry.id)' failed (\(kind.rawValue)) and gave no reason")
    }
  }

  /// Enters the plugin on this thread and waits for all it has asked of the host. Blocks.
  package func run(_ call: Call, in plugin: OpenPlugin, _ operation: (OpaquePointer) -> usher_status) -> CallOutcome {
    let handle = CallRegistry.add(call)
    let status = plugin.library.name.inside { operation(handle) }
    CallRegistry.remove(handle)
    let (reply, isLost) = call.drain()
    if isLost { health.regainThread() }
    return .returned(status, reply)
  }

  /// A command takes as long as it takes; everything else has somebody waiting who hangs up.
  private func newCall(_ info: CallInfo, _ provider: Provider?, _ listener: CommandListener?) -> Call {
    var info = info
    if listener == nil { info.deadline = min(info.deadline, .after(milliseconds: limits.callMilliseconds, time)) }
    return Call(info, provider: provider, listener: listener, time: time)
  }

  private func perform(_ call: Call, _ operation: @escaping Operation) async -> CallOutcome {
    let plugin: OpenPlugin
    do { plugin = try opened() } catch { return .gaveUp(error) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        call.whenSettled { continuation.resume(returning: $0) }
        start(call, plugin, operation)
      }
    } onCancel: {
      call.settle(.gaveUp(PluginError(.cancelled, "nobody waits for plugin '\(self.entry.id)' any more")))
      call.cancel()
    }
  }

  private func start(_ call: Call, _ plugin: OpenPlugin, _ operation: @escaping Operation) {
    let allowed = call.info.deadline.remainingMilliseconds(time)
    guard allowed > 0 else { return call.settle(.gaveUp(late(0))) }
    guard let pool = pool.withLock({ $0 }) else { return call.settle(.gaveUp(refusal("it has no threads"))) }
    state.withLock { $0.calls[ObjectIdentifier(call)] = call }
    let alarm = timer.schedule(call.info.deadline) { self.expire(call, allowed) }
    let job = WorkerPool.Job(
      urgency: call.info.urgency, owner: call.provider?.name, isWanted: { !call.isSettled }
    ) {
      if !call.isSettled { call.settle(self.run(call, in: plugin, operation)) }
      self.timer.cancel(alarm)
      self.forget(call)
    }
    let isAccepted = pool.enqueue(job)
    guard !isAccepted else { return }
    timer.cancel(alarm)
    forget(call)
    call.settle(.gaveUp(refusal("all its threads are busy and \(limits.queue) calls wait already")))
  }

  private func expire(_ call: Call, _ allowed: Int64) {
    call.settle(.gaveUp(late(allowed)))
    call.cancel()
    timer.schedule(.after(milliseconds: limits.lostAfterMilliseconds, time)) {
      guard call.markLost() else { return }
      self.log.warning("a call has not come back \(seconds(self.limits.lostAfterMilliseconds)) after its deadline")
      if self.health.loseThread() { self.log.error(self.health.trouble?.reason ?? "failed") }
    }
  }

  private func forget(_ call: Call) { state.withLock { $0.calls[ObjectIdentifier(call)] = nil } }

  private func judge(_ verdict: PluginHealth.Verdict, _ admission: PluginHealth.Admission) {
    if let trouble = health.record(verdict, admission) { log.error("\(trouble.state.rawValue): \(trouble.reason)") }
  }

  /// A line for what people may have to look into: bugs, and answers that did not come or cannot be understood.
  private func complain(_ error: PluginError, _ info: CallInfo) {
    let word = error.kind == .fault ? "fault" : "no answer"
    guard error.kind == .fault || error.kind == .unavailable, complaints.isNew("\(word): \(error.text)") else { return }
    log.warning("\(word): \(error.text)", ("request", info.requestID))
  }

  private var takesKey: Bool { manifest?.settings.contains { $0.secret } == true }

  private func refusal(_ reason: String) -> PluginError {
    PluginError(.unavailable, "plugin '\(entry.id)' cannot be asked: \(reason)")
  }

  private func late(_ allowed: Int64) -> PluginError {
    PluginError(.unavailable, "plugin '\(entry.id)' gave no answer within \(seconds(allowed))")
  }
}
