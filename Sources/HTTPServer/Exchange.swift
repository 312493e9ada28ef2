/// A request and the place for its answer. From every thread.
///
/// Answer during the handler's call, or keep the exchange and answer later. An exchange that is let go without an
/// answer is answered with 500, so that no client waits for nothing.
public final class Exchange: Sendable {
  public let request: Request
  private let pending: PendingAnswer

  init(request: Request, pending: PendingAnswer) {
    self.request = request
    self.pending = pending
  }

  deinit {
    guard !pending.isAnswered else { return }
    pending.complete(
      .error(status: 500, code: "no_answer", message: "the request was dropped without an answer"), series: nil)
  }

  /// Answers the request and counts it in `series`, or, when that is nil, in what the server's observer names for the
  /// status. Later calls do nothing.
  public func respond(_ response: Response, series: RequestSeries? = nil) {
    pending.complete(response, series: series)
  }

  /// `action` runs once, within about two seconds, when the client hangs up before its answer is given; the answer must
  /// be given all the same. On a thread of the server: must not block. To be called once.
  public func whenHungUp(_ action: @escaping @Sendable () -> Void) { pending.whenHungUp(action) }
}
