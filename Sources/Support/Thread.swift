import CSupport
import Glibc

/// Starts a thread of our own, for work that blocks.
public enum Thread {
  /// Runs `body` on a new detached thread. `name` is cut to 15 bytes. Gives false when the system has no thread left.
  @discardableResult
  public static func start(_ name: String, stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let start = Unmanaged.passRetained(ThreadStart(name: String(name.prefix(15)), body: body))
    var thread = pthread_t()
    let status = pthread_create(&thread, &attributes, runThread, start.toOpaque())
    if status != 0 { start.release() }
    return status == 0
  }
}

private final class ThreadStart: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
  usher_thread_set_name(start.name)
  start.body()
  return nil
}
