import ClientLimits
import CMicroHTTPD
import Glibc
import Support
import Synchronization

/// One client's connection and the request that is on it.
///
/// What a cache hit costs here: nothing allocated, no lock but the cache part's, two readings of the clock, one pass
/// over the request's headers, one copy of target and keyed headers into the key's reused bytes.
final class Connection: @unchecked Sendable {
  // Sendable is right because libmicrohttpd calls back for a connection from one thread, the one that owns it; other
  // threads use `socket` and `idleSince` alone, a constant and an atomic.
  let socket: Int32
  private let core: ServerCore
  private let handle: OpaquePointer
  /// nil when nothing is limited.
  private let address: ClientAddress?
  /// Monotonic nanoseconds of the last answer or, if later, request line; `busy` while a request is being served.
  private let idleSince: Atomic<Int64>
  private static let busy: Int64 = -1

  private enum Phase { case head, body, handedOver }
  private var phase = Phase.head
  /// Target, keyed headers, method, body (see `CacheKey`).
  private let key = KeyBytes()
  private var id = RequestID()
  private var targetCount = 0
  private var targetEnd: UnsafePointer<CChar>?
  private var bodyStart = 0
  private var bodyCount = 0
  private var announcedCount = 0
  private var expectsContinue = false
  private var refusal: Refusal?
  private var started: Int64 = 0
  private var answered: Int64 = 0
  private var pending: PendingAnswer?

  init(core: ServerCore, handle: OpaquePointer, socket: Int32) {
    self.core = core
    self.handle = handle
    self.socket = socket
    address = core.limits.isEmpty ? nil : Self.address(of: handle)
    answered = core.time.monotonicNanoseconds
    idleSince = Atomic(answered)
  }

  deinit { id.deallocate() }

  var isBusy: Bool { idleSince.load(ordering: .relaxed) == Self.busy }

  func isIdle(since moment: Int64) -> Bool {
    let since = idleSince.load(ordering: .relaxed)
    return since != Self.busy && since < moment
  }

  /// The request line is here; `target` is as it was sent, up to its first zero.
  func begin(target: UnsafePointer<CChar>) {
    started = core.time.monotonicNanoseconds
    answered = started
    idleSince.store(started, ordering: .relaxed)
    targetCount = strlen(target)
    targetEnd = target + targetCount
    guard targetCount <= core.options.targetLimit else {
      targetCount = 0
      return refusal = .targetTooLong
    }
    key.append(target, targetCount)
    if !key.bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) { refusal = .badTarget }
    key.append(0)
  }

  /// One more step of the request: its headers, a piece of its body, its end, or its going on after a suspension.
  func proceed(
    method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, upload: UnsafePointer<CChar>?,
    uploadCount: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    switch phase {
    case .head: return receiveHead(method, version)
    case .body where uploadCount.pointee > 0: return receiveBody(upload, uploadCount)
    case .body: return receiveEnd(method, version)
    case .handedOver: return answerOrSuspend()
    }
  }

  /// The request is over, answered or not; makes ready for the next one.
  func end() {
    pending?.end()
    pending = nil
    key.reset()
    id.reset()
    phase = .head
    refusal = nil
    bodyCount = 0
    announcedCount = 0
    expectsContinue = false
    idleSince.store(answered, ordering: .relaxed)
    if core.isStopping { core.progress.signal() }
  }

  private func receiveHead(_ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>) -> MHD_Result {
    phase = .body
    idleSince.store(Self.busy, ordering: .relaxed)
    MHD_get_connection_values_n(handle, .HEADER_KIND, takeHeader, Unmanaged.passUnretained(self).toOpaque())
    id.complete()
    if let targetEnd, isCut(targetEnd, version) { refusal = .badTarget }
    refusal = refusal ?? Refusal(method: method) ?? limit()
    // An answer before the body makes libmicrohttpd close the connection, so the others wait for the request's end.
    if announcedCount > core.discardLimit || expectsContinue && announcedCount > core.options.bodyLimit {
      return refuse(refusal ?? .bodyTooLong)
    }
    key.append(0)
    // HEAD is answered from what GET left; libmicrohttpd leaves the body out.
    if strcmp(method, "HEAD") == 0 { key.append("GET", 3) } else { key.append(method, strlen(method)) }
    key.append(0)
    bodyStart = key.count
    return .YES
  }

  /// Why a client that asks too often is refused.
  private func limit() -> Refusal? {
    guard let address else { return nil }
    let target = UnsafeBufferPointer(rebasing: key.bytes[..<targetCount])
    return core.limits.secondsToWait(target, address, now: started).map { .tooMany(waitSeconds: $0) }
  }

  private static func address(of handle: OpaquePointer) -> ClientAddress {
    var bytes = [UInt8](repeating: 0, count: 16)
    usher_mhd_client_address(handle, &bytes)
    return ClientAddress(bytes)
  }

  /// Whether bytes of the target follow its first zero: the version comes right after in libmicrohttpd's buffer.
  private func isCut(_ end: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>) -> Bool {
    let distance = Int(bitPattern: version) - Int(bitPattern: end)
    return distance > 1 && distance <= core.options.headerLimit
  }

  /// Takes what matters from a header; the others are read only when the request is handed over.
  func take(header name: UnsafeRawPointer, _ nameCount: Int, _ value: UnsafeRawPointer?, _ valueCount: Int) {
    let value = UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount)
    for index in core.keyHeaders.indices where core.keyHeaders[index].matches(name, nameCount) {
      key.append(UInt8(truncatingIfNeeded: index + 1))
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: value.count)) { key.append($0.baseAddress, $0.count) }
      key.append(value.baseAddress, value.count)
    }
    if RequestID.header.matches(name, nameCount) { id.adopt(value) }
    if HeaderName.contentLength.matches(name, nameCount) {
      announcedCount = Int(String(decoding: value, as: UTF8.self)) ?? 0
    }
    if HeaderName.expect.matches(name, nameCount) { expectsContinue = true }
  }

  private func receiveBody(
    _ upload: UnsafePointer<CChar>?, _ uploadCount: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    let count = uploadCount.pointee
    uploadCount.pointee = 0
    bodyCount += count
    if bodyCount > core.discardLimit { return cutOff(.bodyTooLong) }
    if bodyCount <= core.options.bodyLimit, refusal == nil { key.append(upload, count) }
    answered = core.time.monotonicNanoseconds
    if answered - started > core.idleNanoseconds { return cutOff(.tooSlow) }
    return .YES
  }

  private func receiveEnd(_ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>) -> MHD_Result {
    if let refusal { return refuse(refusal) }
    if bodyCount > core.options.bodyLimit { return refuse(.bodyTooLong) }
    if core.isStopping { return refuse(.stopping) }
    let key = CacheKey(key)
    answered = core.time.monotonicNanoseconds
    guard let answer = core.cache.answer(for: key, now: answered) else {
      return handOver(key, method, version)
    }
    answer.series?.record(nanoseconds: answered - started)
    return answer.queue(on: handle, requestID: id.text)
  }

  private func handOver(
    _ key: CacheKey, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>
  ) -> MHD_Result {
    phase = .handedOver
    let method = String(cString: method)
    // A handler may answer HEAD without a body, which must never be what GET gets.
    let kept = method == "HEAD" ? nil : CacheKey(copying: key)
    let pending = PendingAnswer(
      core: core, connection: handle, socket: socket, knowsInterim: strcmp(version, "HTTP/1.1") == 0, key: kept,
      started: started)
    self.pending = pending
    core.handler(Exchange(request: request(method), pending: pending))
    return answerOrSuspend()
  }

  private func answerOrSuspend() -> MHD_Result {
    guard let pending else { return .NO }
    guard let answer = pending.answerOrSuspend() else { return .YES }
    answered = core.time.monotonicNanoseconds
    return answer.queue(on: handle, requestID: id.text)
  }

  private func request(_ method: String) -> Request {
    var headers: [(name: String, value: String)] = []
    withUnsafeMutablePointer(to: &headers) {
      _ = MHD_get_connection_values_n(handle, .HEADER_KIND, collectHeader, $0)
    }
    return Request(
      method: method, target: String(decoding: key.bytes[..<targetCount], as: UTF8.self), headers: headers,
      body: Array(key.bytes[bodyStart...]), requestID: String(cString: id.text),
      isFromThisMachine: Self.address(of: handle).isLoopback)
  }

  private func refuse(_ refusal: Refusal) -> MHD_Result {
    let response = refusal.response
    let answer = ReadyAnswer(response, series: core.observer(response.status))
    answer.series?.record(nanoseconds: core.time.monotonicNanoseconds - started)
    core.log.debug("refused a request", ("status", "\(response.status)"), ("request", String(cString: id.text)))
    return answer.queue(on: handle, requestID: id.text)
  }

  /// Answers in the middle of a body, where libmicrohttpd takes no response, and closes the connection.
  private func cutOff(_ refusal: Refusal) -> MHD_Result {
    let response = refusal.response
    core.observer(response.status)?.record(nanoseconds: core.time.monotonicNanoseconds - started)
    let bytes = Array(refusal.rawText(requestID: String(cString: id.text)).utf8)
    send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    return .NO
  }
}
