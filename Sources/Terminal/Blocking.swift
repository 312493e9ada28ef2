import Support

/// Lets the main thread of a command wait for asynchronous work. Never use it inside a Task.
public enum Blocking {
  /// What `work` gives, or throws. Blocks.
  public static func run<Value: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () async throws(Failure) -> Value
  ) -> Result<Value, Failure> {
    let outcome = Lock<Result<Value, Failure>?>(nil)
    let done = Semaphore()
    Task {
      let result: Result<Value, Failure>
      do throws(Failure) {
        result = .success(try await work())
      } catch {
        result = .failure(error)
      }
      outcome.withLock { $0 = result }
      done.signal()
    }
    while true {
      done.wait()
      if let result = outcome.withLock({ $0 }) { return result }
    }
  }
}
