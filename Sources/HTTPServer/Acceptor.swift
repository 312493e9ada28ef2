import CMicroHTTPD
import Glibc
import Support

/// Takes new connections on a thread of its own and deals them out to libmicrohttpd's threads.
///
/// Left to themselves those threads race for new connections, and one often ends up with nearly all of them.
final class Acceptor: Sendable {
  private let core: ServerCore
  private let listener: Int32
  private let ended = Semaphore()

  init(core: ServerCore, listener: Int32) {
    self.core = core
    self.listener = listener
  }

  /// Accepts for `daemon` until `stop`; false when the system has no thread left.
  func start(_ daemon: OpaquePointer) -> Bool {
    let address = Int(bitPattern: daemon)
    return Thread.start("http accept", stackBytes: 128 << 10) {
      if let daemon = OpaquePointer(bitPattern: address) { self.acceptAll(daemon) }
      self.ended.signal()
    }
  }

  /// Ends the thread and closes the listening socket; clients are refused from now on.
  func stop() {
    usher_socket_shut_down(listener)
    core.connections.wake()
    ended.wait()
    close(listener)
  }

  private func acceptAll(_ daemon: OpaquePointer) {
    // Those on their way to their thread count as well: `connections.count` does not know them yet.
    var accepted = 0
    var wasFull = false
    let limit = core.options.connectionLimit
    while !core.isStopping {
      if accepted - core.connections.closed.value >= limit {
        if !wasFull { core.log.warning("the connection limit is reached", ("limit", "\(limit)")) }
        wasFull = true
        core.connections.waitForClose()
        continue
      }
      wasFull = false
      let code = usher_mhd_accept(daemon, listener)
      if code == 0 { accepted += 1 }
      guard code != 0, !core.isStopping else { continue }
      switch code {
      case EINTR, ECONNABORTED, EPROTO: continue
      default:
        // Out of descriptors or memory: a connection that closes helps.
        core.log.warning("cannot accept a connection", ("error", String(cString: strerror(code))))
        core.connections.waitForClose()
      }
    }
  }
}
