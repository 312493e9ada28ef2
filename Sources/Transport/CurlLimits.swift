/// What keeps a bad server from holding a connection or filling the memory.
public struct CurlLimits: Sendable {
  /// A transfer slower than so many bytes per second for `trickleSeconds` is given up.
  public var trickleBytesPerSecond = 64
  public var trickleSeconds = 8
  public var connectMilliseconds: Int64 = 10_000
  /// All headers of a response together.
  public var headerBytes = 128 << 10
  /// Connections kept for reuse.
  public var keptConnections = 16
  /// After so long without a request, thread and connections are given back.
  public var idleMilliseconds: Int64 = 120_000

  public init() {}
}
