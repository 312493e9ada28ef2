import CMicroHTTPD
import Support
import Synchronization

/// The connections that are open. Touched when one opens or closes, never by a request.
final class OpenConnections: Sendable {
  private let connections = Lock<[ObjectIdentifier: Connection]>([:])
  /// How many were closed so far.
  let closed = Counter()
  private let isAwaited = Atomic<Bool>(false)
  private let changed = Semaphore()

  var count: Int { connections.withLock { $0.count } }

  /// Whether a connection has a request whose answer is not wholly sent.
  var areBusy: Bool { connections.withLock { $0.values.contains { $0.isBusy } } }

  func insert(_ connection: Connection) { connections.withLock { $0[ObjectIdentifier(connection)] = connection } }

  /// Must come before the connection's socket is closed.
  func remove(_ connection: Connection) {
    _ = connections.withLock { $0.removeValue(forKey: ObjectIdentifier(connection)) }
    closed.add()
    wake()
  }

  /// Waits a moment, less when a connection closes. For one thread, the one that accepts.
  func waitForClose() {
    isAwaited.store(true, ordering: .sequentiallyConsistent)
    _ = changed.wait(milliseconds: 100)
  }

  /// Ends a wait that is under way.
  func wake() {
    if isAwaited.exchange(false, ordering: .sequentiallyConsistent) { changed.signal() }
  }

  /// Ends the connections that have been without a whole request head since before `moment` (monotonic).
  ///
  /// libmicrohttpd closes a silent connection itself, but starts waiting anew with every byte: a client that sends its
  /// headers a byte at a time would stay for days. Nor does it always notice that a client closed its half while it was
  /// being answered: such connections end once they have been idle since before `recent`.
  func endThoseIdle(since moment: Int64, orGoneSince recent: Int64) {
    connections.withLock { connections in
      // Under the lock: a connection in here has not closed its socket.
      for connection in connections.values where connection.isIdle(since: recent) {
        guard connection.isIdle(since: moment) || usher_socket_is_closed(connection.socket) != 0 else { continue }
        usher_socket_shut_down(connection.socket)
      }
    }
  }
}
