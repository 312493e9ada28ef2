import ClientLimits
import Support
import Synchronization

/// What the callbacks of every connection share. Lives as long as libmicrohttpd's threads.
final class ServerCore: Sendable {
  let options: ServerOptions
  let observer: Server.Observer
  let time: any TimeSource
  let log: Log
  let handler: @Sendable (Exchange) -> Void
  let cache: AnswerCache
  let keyHeaders: [HeaderName]
  let limits: PathLimits
  let suspended = SuspendedRequests()
  let connections = OpenConnections()
  /// Signalled when something was finished while the server stops.
  let progress = Semaphore()
  private let stopping = Atomic<Bool>(false)

  init(
    options: ServerOptions, observer: @escaping Server.Observer, time: any TimeSource, log: Log,
    handler: @escaping @Sendable (Exchange) -> Void
  ) {
    self.options = options
    self.observer = observer
    self.time = time
    self.log = log
    self.handler = handler
    cache = AnswerCache(maximumBytes: options.cacheBytes)
    limits = PathLimits(options.limits)
    // A key names a header by one byte that is not zero.
    keyHeaders = options.cacheKeyHeaders.prefix(255).map { HeaderName($0) }
  }

  var isStopping: Bool { stopping.load(ordering: .acquiring) }
  func beginStopping() { stopping.store(true, ordering: .releasing) }

  /// Bytes of a body over the limit that are read and thrown away, so that the client sees its answer and the
  /// connection lives on; of a longer one the rest is left unread.
  var discardLimit: Int { options.bodyLimit + 1_048_576 }

  var idleNanoseconds: Int64 { Int64(options.idleTimeoutSeconds) * 1_000_000_000 }
}

extension Response {
  static let stopping: Response = {
    var response = error(status: 503, code: "stopping", message: "the server is stopping; ask again in a moment")
    response.headers.append(("Connection", "close"))
    return response
  }()
}
