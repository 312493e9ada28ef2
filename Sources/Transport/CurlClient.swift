import CCurl
import Support

/// Puts requests on the wire with libcurl: one thread for all of them, connections kept and reused, HTTP/2 over TLS,
/// decompression. The thread starts with the first request and ends when there was none for a while.
public final class CurlClient: HTTPClient {
  private let mailbox = CurlMailbox()
  private let limits: CurlLimits

  /// `curl_global_init` may run only once.
  private static let isPrepared = usher_curl_global_init() == CURLE_OK

  public init(limits: CurlLimits = CurlLimits()) { self.limits = limits }

  deinit { mailbox.stop() }

  /// The whole response, whatever its status, redirects included. Throws `.timedOut`, `.tooLarge`, `.connection`,
  /// `.unresolved`, `.untrusted`, and `.cancelled` after cancellation or shutdown.
  public func perform(_ request: ClientRequest) async throws(FetchError) -> ClientResponse {
    let id = mailbox.makeID()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if mailbox.begin(id, request, continuation) { startThread() }
        // Cancellation may have come before there was anything to cancel.
        if Task.isCancelled { mailbox.cancel(id) }
      }
    } onCancel: {
      mailbox.cancel(id)
    }
    return try outcome.get()
  }

  /// Returns when the thread has ended; everything under way got `.cancelled`.
  public func shutdown() async {
    mailbox.stop()
    await mailbox.waitForEnd()
  }

  private func startThread() {
    guard Self.isPrepared else { return mailbox.fail("libcurl could not be prepared") }
    let (mailbox, limits) = (mailbox, limits)
    if !Thread.start("curl", { CurlLoop.run(mailbox, limits) }) { mailbox.fail("the system has no thread left") }
  }
}
