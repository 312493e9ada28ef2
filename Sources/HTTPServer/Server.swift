import CMicroHTTPD
import Glibc
public import Support

/// An HTTP/1.1 server: answers known requests from memory on its own threads, hands over the others.
///
/// Once started it runs until `stop`; letting go of it does not end it.
public final class Server: Sendable {
  /// What an answer with this status counts in when the handler named nothing, or had no part in it. Keep the series:
  /// this is called for each such answer, on the server's threads.
  public typealias Observer = @Sendable (_ status: Int) -> RequestSeries?

  private struct Running {
    var wasStarted = false
    var daemon: OpaquePointer?
    var acceptor: Acceptor?
    var port: UInt16 = 0
  }

  private let core: ServerCore
  private let running = Lock(Running())
  private let sweepEnd = Semaphore()

  /// `handler` runs on the server's threads and must not block: it answers the exchange at once, or keeps it and
  /// answers later from any thread.
  public init(
    options: ServerOptions, observer: @escaping Observer, time: any TimeSource, log: Log,
    handler: @escaping @Sendable (Exchange) -> Void
  ) {
    core = ServerCore(options: options, observer: observer, time: time, log: log, handler: handler)
  }

  /// The port it listens on, 0 before it was started.
  public var port: UInt16 { running.withLock { $0.port } }

  /// Listens and answers from now on.
  public func start() throws(ServerError) {
    let core = core
    try running.withLock { running throws(ServerError) in
      guard !running.wasStarted else { throw .alreadyStarted }
      let listener = try ListeningSocket(host: core.options.host, port: core.options.port)
      let acceptor = Acceptor(core: core, listener: listener.descriptor)
      guard let daemon = Self.startDaemon(core) else { throw Self.noResources(core.options, listener) }
      guard acceptor.start(daemon) else {
        Self.stopDaemon(core, daemon)
        throw Self.noResources(core.options, listener)
      }
      running.wasStarted = true
      running.daemon = daemon
      running.acceptor = acceptor
      running.port = listener.port
    }
    startSweep()
    core.log.debug("listening", ("host", core.options.host), ("port", "\(port)"))
  }

  private static func noResources(_ options: ServerOptions, _ listener: ListeningSocket) -> ServerError {
    close(listener.descriptor)
    return .cannotListen(
      host: options.host, port: options.port, reason: "the system has no thread or memory left for the server")
  }

  private static func startDaemon(_ core: ServerCore) -> OpaquePointer? {
    let limits = core.options
    let retained = Unmanaged.passRetained(core)
    let context = retained.toOpaque()
    var items = [
      // The acceptor keeps the limit; this one only stands behind it, and is shared out over the threads.
      option(.CONNECTION_LIMIT, 2 * limits.connectionLimit + limits.threads),
      option(.CONNECTION_TIMEOUT, max(1, limits.idleTimeoutSeconds)),
      option(.CONNECTION_MEMORY_LIMIT, max(4096, limits.headerLimit)),
      usher_mhd_option_target(targetArrived, context),
      usher_mhd_option_completed(requestCompleted, context),
      usher_mhd_option_connection(connectionChanged, context),
    ]
    if limits.threads > 1 { items.append(option(.THREAD_POOL_SIZE, limits.threads)) }
    items.append(option(.END, 0))
    let flags =
      MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
      | MHD_USE_NO_LISTEN_SOCKET.rawValue
    let daemon = usher_mhd_start(flags, requestProceeded, context, &items)
    if daemon == nil { retained.release() }
    return daemon
  }

  private static func option(_ option: MHD_OPTION, _ value: Int) -> MHD_OptionItem {
    MHD_OptionItem(option: option, value: value, ptr_value: nil)
  }

  /// Ends connections that are too slow and tells of clients that hung up, once a second.
  private func startSweep() {
    let core = core
    let end = sweepEnd
    Thread.start("http sweep", stackBytes: 128 << 10) {
      while !end.wait(milliseconds: 1000) {
        // A second later than libmicrohttpd, which closes silent ones more gently.
        let recent = core.time.monotonicNanoseconds - 1_000_000_000
        core.connections.endThoseIdle(since: recent - core.idleNanoseconds, orGoneSince: recent)
        for request in core.suspended.all { request.lookForHangUp() }
      }
    }
  }

  /// Accepts nothing more, waits up to `graceMilliseconds` for the requests under way, answers those that are left with
  /// 503 shortly before that, and ends. Blocks; never call it in a handler.
  public func stop(graceMilliseconds: Int64) {
    let parts = running.withLock { running in
      defer { running.daemon = nil }
      return (daemon: running.daemon.map { Int(bitPattern: $0) }, acceptor: running.acceptor)
    }
    guard let address = parts.daemon, let daemon = OpaquePointer(bitPattern: address) else { return }
    sweepEnd.signal()
    core.beginStopping()
    parts.acceptor?.stop()
    let clock = SystemTime()
    let grace = max(0, graceMilliseconds)
    let deadline = Deadline.after(milliseconds: grace, clock)
    let reserve = min(500, grace / 4)
    waitForProgress(until: Deadline.after(milliseconds: grace - reserve, clock), clock) {
      core.suspended.count == 0 && !core.connections.areBusy
    }
    let left = core.suspended.count
    if left > 0 { core.log.warning("requests were still under way at the end", ("count", "\(left)")) }
    endSuspended(clock)
    waitForProgress(until: deadline, clock) { !core.connections.areBusy }
    Self.stopDaemon(core, daemon)
  }

  private static func stopDaemon(_ core: ServerCore, _ daemon: OpaquePointer) {
    MHD_stop_daemon(daemon)
    Unmanaged.passUnretained(core).release()
  }

  /// Answers every suspended request with 503. libmicrohttpd aborts the process when it is stopped with one left.
  private func endSuspended(_ clock: SystemTime) {
    core.suspended.close()
    while core.suspended.count > 0 {
      for request in core.suspended.all { request.complete(.stopping, series: nil) }
      // What is left is being resumed by another thread at this moment.
      if core.suspended.count > 0 { sched_yield() }
    }
  }

  private func waitForProgress(until deadline: Deadline, _ clock: SystemTime, _ isDone: () -> Bool) {
    while !isDone() {
      let left = deadline.remainingMilliseconds(clock)
      guard left > 0 else { return }
      _ = core.progress.wait(milliseconds: min(left, 20))
    }
  }

  /// Forgets every ready answer; one that is being made now will not be kept.
  public func forgetCached() { core.cache.forgetAll() }

  public var statistics: ServerStatistics {
    let cache = core.cache.statistics
    return ServerStatistics(
      openConnections: core.connections.count, suspendedRequests: core.suspended.count, cacheEntries: cache.entries,
      cacheBytes: cache.bytes, cacheHits: cache.hits, cacheMisses: cache.misses)
  }
}

/// A server's numbers at one moment.
public struct ServerStatistics: Sendable, Equatable {
  public var openConnections: Int
  /// Requests that wait for an answer from elsewhere.
  public var suspendedRequests: Int
  public var cacheEntries: Int
  public var cacheBytes: Int
  public var cacheHits: Int
  public var cacheMisses: Int
}
