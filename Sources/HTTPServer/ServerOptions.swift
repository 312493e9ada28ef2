public import ClientLimits
import Glibc

/// Where a server listens, and what it allows a client.
public struct ServerOptions: Sendable {
  /// An IPv4 or IPv6 address of this machine, or "localhost".
  public var host = "127.0.0.1"
  /// 0 takes a free one.
  public var port: UInt16 = 0
  /// Threads that read, answer from the cache and write. Half the processors: the clients are mostly on this machine too
  /// (measured on two: one thread answers a quarter more requests than two).
  public var threads = max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2))
  /// Connections open at once; further ones wait in the system's queue.
  public var connectionLimit = 4096
  /// How long a connection may be idle, and how long a request may take to arrive.
  public var idleTimeoutSeconds = 75
  /// Bytes of a request's body.
  public var bodyLimit = 65_536
  /// Bytes of the request line and the headers together, with some 100 bytes of bookkeeping for each header.
  public var headerLimit = 16_384
  /// Bytes of the request target.
  public var targetLimit = 8192
  /// Memory for ready answers.
  public var cacheBytes = 64 << 20
  /// Headers on which answers depend, in any case: requests that differ in one never share a ready answer.
  public var cacheKeyHeaders: [String] = []

  /// How often one address may ask, by path; the first that fits counts. Answers from memory count as well.
  public var limits: [PathLimit] = []

  public init() {}
}
