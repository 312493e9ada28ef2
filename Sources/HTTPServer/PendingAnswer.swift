import CMicroHTTPD
import Support

/// A request that was handed over and waits for its answer: given once, from any thread, before or after
/// libmicrohttpd's thread has suspended the connection.
final class PendingAnswer: Sendable {
  private enum State {
    /// Its handler is running on the connection's thread.
    case handling
    /// Until it is resumed, which happens once and here, libmicrohttpd leaves the connection alone and alive.
    case suspended
    case answered(ReadyAnswer)
    case ended
  }

  private struct Place {
    var state = State.handling
    let connection: OpaquePointer
    var onHangUp: (@Sendable () -> Void)?
    var wasProbed = false
  }

  private let place: Lock<Place>
  private let socket: Int32
  private let core: ServerCore
  /// Whether the client understands answers before the answer.
  private let knowsInterim: Bool
  /// nil when the answer must not be kept.
  private let key: CacheKey?
  private let generation: Int
  private let started: Int64

  /// `started` is monotonic; `key` must have bytes of its own.
  init(
    core: ServerCore, connection: sending OpaquePointer, socket: Int32, knowsInterim: Bool, key: CacheKey?,
    started: Int64
  ) {
    self.core = core
    self.socket = socket
    self.knowsInterim = knowsInterim
    self.key = key
    self.started = started
    generation = core.cache.generation
    place = Lock(Place(connection: connection))
  }

  /// Gives the answer; false when there was one already.
  @discardableResult
  func complete(_ response: Response, series: RequestSeries?) -> Bool {
    let now = core.time.monotonicNanoseconds
    let series = series ?? core.observer(response.status)
    let keeps = key != nil && response.status == 200 && response.freshFor > 0
    let freshUntil = keeps ? now + Int64(min(response.freshFor, 100_000_000)) * 1_000_000_000 : 0
    let answer = ReadyAnswer(response, series: series, freshUntil: freshUntil)
    guard settle(answer) else { return false }
    series?.record(nanoseconds: now - started)
    if keeps, let key { core.cache.keep(answer, for: key, generation: generation) }
    return true
  }

  private func settle(_ answer: ReadyAnswer) -> Bool {
    var isFirst = false
    let suspended: OpaquePointer? = place.withLock { place in
      switch place.state {
      case .answered, .ended: return nil
      case .handling, .suspended: break
      }
      isFirst = true
      place.onHangUp = nil
      defer { place.state = .answered(answer) }
      if case .suspended = place.state { return place.connection }
      return nil
    }
    guard let suspended else { return isFirst }
    MHD_resume_connection(suspended)
    // Only now: the server must not end while the call above is under way.
    core.suspended.remove(self)
    return true
  }

  /// The answer, or nil after the connection was suspended. On the connection's thread.
  func answerOrSuspend() -> ReadyAnswer? {
    place.withLock { place in
      switch place.state {
      case .answered(let answer): return answer
      case .suspended, .ended: return nil
      case .handling: break
      }
      guard core.suspended.insert(self) else {
        let answer = ReadyAnswer(.stopping, series: core.observer(Response.stopping.status))
        place.state = .answered(answer)
        return answer
      }
      MHD_suspend_connection(place.connection)
      place.state = .suspended
      return nil
    }
  }

  /// The connection is done with this request. On the connection's thread.
  func end() {
    place.withLock { place in
      place.state = .ended
      place.onHangUp = nil
    }
  }

  var isAnswered: Bool {
    place.withLock { place in
      switch place.state {
      case .answered, .ended: true
      case .handling, .suspended: false
      }
    }
  }

  /// `action` runs once when `lookForHangUp` finds that the client is gone.
  func whenHungUp(_ action: @escaping @Sendable () -> Void) {
    place.withLock { place in
      switch place.state {
      case .answered, .ended: return
      case .handling, .suspended: place.onHangUp = action
      }
    }
  }

  /// Tells the handler when the client is gone. Costs a system call.
  ///
  /// A client that closes its connection and one that closes only its sending half, to read on, look the same (FIN) until
  /// something is sent to them: the first one's system then says that nobody is there. What may be sent before an answer
  /// is 100 Continue, which a client that did not ask for it can simply discard (RFC 9110 §15.2.1); once, and only to one
  /// that closed. Clients of HTTP/1.0 do not know it: where that is not enough to tell, the request runs on, because an
  /// answer too many costs less than one that somebody waits for in vain.
  func lookForHangUp() {
    let action = place.withLock { place -> (@Sendable () -> Void)? in
      // Suspended: nobody else writes to the socket, and it is open.
      guard case .suspended = place.state, let action = place.onHangUp else { return nil }
      if usher_socket_is_gone(socket) != 0 {
        place.onHangUp = nil
        return action
      }
      if knowsInterim, !place.wasProbed, usher_socket_is_closed(socket) != 0 {
        place.wasProbed = usher_socket_send_aside(socket, "HTTP/1.1 100 Continue\r\n\r\n") != 0
      }
      return nil
    }
    action?()
  }
}

/// The requests whose connections are suspended, until the server ends.
final class SuspendedRequests: Sendable {
  private struct Content {
    var requests: [ObjectIdentifier: PendingAnswer] = [:]
    var isClosed = false
  }

  private let content = Lock(Content())

  var count: Int { content.withLock { $0.requests.count } }
  var all: [PendingAnswer] { content.withLock { Array($0.requests.values) } }

  /// False once closed: the connection must not be suspended.
  func insert(_ request: PendingAnswer) -> Bool {
    content.withLock { content in
      guard !content.isClosed else { return false }
      content.requests[ObjectIdentifier(request)] = request
      return true
    }
  }

  func remove(_ request: PendingAnswer) {
    _ = content.withLock { $0.requests.removeValue(forKey: ObjectIdentifier(request)) }
  }

  func close() { content.withLock { $0.isClosed = true } }
}
