import CCurl
import Support

/// The curl thread: everything of libcurl but the wake-up happens here.
final class CurlLoop {
  private let mailbox: CurlMailbox
  private let limits: CurlLimits
  private let multi: UnsafeMutableRawPointer
  /// By easy handle, which is what libcurl reports.
  private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]

  /// Runs until stopped or idle for long enough.
  static func run(_ mailbox: CurlMailbox, _ limits: CurlLimits) {
    guard let multi = curl_multi_init() else { return mailbox.fail("libcurl has no memory left") }
    CurlLoop(mailbox, limits, multi).run()
  }

  private init(_ mailbox: CurlMailbox, _ limits: CurlLimits, _ multi: UnsafeMutableRawPointer) {
    self.mailbox = mailbox
    self.limits = limits
    self.multi = multi
    usher_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.keptConnections)
  }

  private func run() {
    mailbox.threadStarted(multi)
    while true {
      let (messages, isStopped) = mailbox.collect()
      for message in messages { handle(message) }
      if isStopped {
        stop()
        return
      }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      finishTransfers()
      if transfers.isEmpty {
        if isIdleForLong() { return }
      } else {
        // Wakes earlier for sockets, libcurl's own timers and messages.
        curl_multi_poll(multi, nil, 0, endSilentTransfers(), nil)
      }
    }
  }

  private func handle(_ message: CurlMailbox.Message) {
    switch message {
    case .begin(let id, let request, let continuation):
      guard let easy = curl_easy_init() else {
        let url = FetchURL.withoutSecrets(request.url)
        continuation.resume(returning: .failure(.connection(url: url, reason: "libcurl has no memory left")))
        return
      }
      let transfer = CurlTransfer(id, request, easy, limits, continuation)
      transfers[easy] = transfer
      let status = transfer.prepare()
      if status != CURLE_OK {
        transfer.finish(status)
        transfers[easy] = nil
      } else if curl_multi_add_handle(multi, easy) != CURLM_OK {
        transfer.finish(CURLE_FAILED_INIT)
        transfers[easy] = nil
      }
    case .cancel(let id):
      for transfer in transfers.values where transfer.id == id { abort(transfer) }
    }
  }

  private func finishTransfers() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let transfer = transfers.removeValue(forKey: easy)
      else { continue }
      // The message is gone once its handle is removed.
      let result = message.pointee.data.result
      withExtendedLifetime(transfer) {
        transfer.finish(result)
        curl_multi_remove_handle(multi, easy)
      }
    }
  }

  /// Ends those whose service has kept silent for too long or whose stream nobody wants any more, and gives the
  /// milliseconds until the next one may have to end, 1000 at most. libcurl has no limit of its own for this.
  private func endSilentTransfers() -> Int32 {
    let now = SystemTime().monotonicNanoseconds
    var next: Int64 = 1_000_000_000
    for transfer in Array(transfers.values) {
      guard let silentUntil = transfer.silentUntil else { continue }
      let goesOn = transfer.beat(now)
      guard silentUntil <= now || !goesOn else {
        next = min(next, silentUntil - now)
        continue
      }
      transfers[transfer.easy] = nil
      withExtendedLifetime(transfer) {
        transfer.finish(CURLE_OPERATION_TIMEDOUT)
        curl_multi_remove_handle(multi, transfer.easy)
      }
    }
    return Int32(next / 1_000_000) + 1
  }

  private func abort(_ transfer: CurlTransfer) {
    transfers[transfer.easy] = nil
    // Its end frees the handle, which must be out of `multi` by then.
    withExtendedLifetime(transfer) {
      transfer.cancel()
      curl_multi_remove_handle(multi, transfer.easy)
    }
  }

  private func stop() {
    for transfer in Array(transfers.values) { abort(transfer) }
    mailbox.threadStops()
    curl_multi_cleanup(multi)
    mailbox.threadEnded()
  }

  /// Waits for a message; true when none came and everything was given back.
  private func isIdleForLong() -> Bool {
    curl_multi_poll(multi, nil, 0, Int32(clamping: limits.idleMilliseconds), nil)
    guard mailbox.mayEndIdle() else { return false }
    curl_multi_cleanup(multi)
    return true
  }
}
