import Glibc

/// The signals that end a program that runs until it is told to stop: SIGTERM and SIGINT.
public struct StopSignals: Sendable {
  private let signals: sigset_t

  /// Keeps them from ending the process. Make it before any thread starts: each inherits this thread's mask.
  public init() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    self.signals = signals
  }

  /// The name of the first one that comes. Blocks until then.
  public func wait() -> String {
    var signals = signals
    var signal: Int32 = 0
    while sigwait(&signals, &signal) != 0 {}
    return signal == SIGINT ? "SIGINT" : "SIGTERM"
  }
}
