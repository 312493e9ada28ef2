/// How long plugins may take and how much they may hold.
public struct HostingLimits: Sendable {
  /// For `open`, and for `close`.
  public var openMilliseconds: Int64 = 5_000
  /// The longest any call may take, whatever its deadline says.
  public var callMilliseconds: Int64 = 85_000
  /// Threads lent to one source, to one media-server front. Made on demand.
  public var sourceWorkers = 16
  public var serverWorkers = 64
  /// A lent thread without work ends after so long.
  public var idleMilliseconds: Int64 = 30_000
  /// Calls of one plugin that may wait for a thread; one more is `.unavailable` at once.
  public var queue = 256
  /// Faults in a row until the plugin is suspended, and for how long.
  public var faultsToSuspend = 5
  public var suspendMilliseconds: Int64 = 60_000
  /// For how long a source whose key was refused is not asked.
  public var refusedKeyMilliseconds: Int64 = 600_000
  /// A call that has not come back so long after its deadline has lost its thread.
  public var lostAfterMilliseconds: Int64 = 5_000
  /// Lost threads at the same time until the plugin has failed until the next start.
  public var lostThreadsToFail = 8

  public init() {}
}
