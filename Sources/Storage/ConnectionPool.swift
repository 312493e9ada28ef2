import Support

/// Connections that threads take turns with.
final class ConnectionPool: Sendable {
  private let path: String
  private let count: Int
  private let idle: Lock<[Connection]>
  private let available: Semaphore

  init(_ connections: sending [Connection], path: String) {
    self.path = path
    count = connections.count
    available = Semaphore(UInt32(connections.count))
    idle = Lock(connections)
  }

  /// Waits for a connection and lends it to `body`. Blocks: never from inside a Task.
  func lend<Result>(_ body: (Connection) throws -> Result) throws -> Result {
    available.wait()
    defer { available.signal() }
    guard let connection = idle.withLock({ $0.popLast() }) else { throw StorageError.closed(path: path) }
    defer { idle.withLock { $0.append(connection) } }
    return try body(connection)
  }

  /// Waits until every connection is back and closes them; whoever asks from then on gets `.closed`.
  func close() {
    for _ in 0..<count { available.wait() }
    let connections = idle.withLock { idle in
      defer { idle = [] }
      return idle
    }
    for connection in connections { connection.close() }
    for _ in 0..<count { available.signal() }
  }
}
