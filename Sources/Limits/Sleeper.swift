/// Waits on behalf of rate limits and retries, by argument, so that tests need not wait.
public protocol Sleeper: Sendable {
  /// Throws when the surrounding Task is cancelled.
  func sleep(milliseconds: Int64) async throws
}

/// Really waits, without holding a thread.
public struct TaskSleeper: Sleeper {
  public init() {}

  public func sleep(milliseconds: Int64) async throws {
    try await Task.sleep(for: .milliseconds(max(0, milliseconds)))
  }
}
