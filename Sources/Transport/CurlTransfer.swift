import CCurl
import Support

/// One request and the response so far. Belongs to the curl thread.
final class CurlTransfer {
  let id: UInt64
  let easy: UnsafeMutableRawPointer
  private let request: ClientRequest
  private let limits: CurlLimits
  private let continuation: CurlMailbox.Continuation
  private var headerLines: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var head = ResponseHead()
  private var body: [UInt8] = []
  private var isTooLarge = false
  /// Who takes the pieces has enough of them.
  private var isEnded = false
  /// When the last piece was handed over, in monotonic nanoseconds; nil before the first one.
  private var lastPiece: Int64?
  /// By when the answer must have begun, in monotonic nanoseconds; nil once it has.
  private(set) var silentUntil: Int64?

  init(
    _ id: UInt64, _ request: ClientRequest, _ easy: UnsafeMutableRawPointer, _ limits: CurlLimits,
    _ continuation: CurlMailbox.Continuation
  ) {
    self.id = id
    self.request = request
    self.easy = easy
    self.limits = limits
    self.continuation = continuation
    silentUntil = SystemTime().monotonicNanoseconds + request.silenceNanoseconds
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  /// The handle must be out of its multi handle by now.
  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerLines)
    errorText.deallocate()
  }

  /// Sets everything libcurl has to know. `self` must outlive the transfer.
  func prepare() -> CURLcode {
    let context = Unmanaged.passUnretained(self).toOpaque()
    let steps: [() -> CURLcode] = [
      { [easy] in usher_curl_restrict(easy) },
      { [easy, request] in usher_curl_set_text(easy, CURLOPT_URL, request.url) },
      { [easy, errorText] in usher_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText) },
      { [easy] in usher_curl_set_write(easy, CURLOPT_WRITEFUNCTION, receiveBody) },
      { [easy] in usher_curl_set_pointer(easy, CURLOPT_WRITEDATA, context) },
      { [easy] in usher_curl_set_write(easy, CURLOPT_HEADERFUNCTION, receiveHeader) },
      { [easy] in usher_curl_set_pointer(easy, CURLOPT_HEADERDATA, context) },
      // Empty text stands for every encoding libcurl can decode. A stream must not wait for a block to be full.
      { [easy, request] in usher_curl_set_text(easy, CURLOPT_ACCEPT_ENCODING, request.stream == nil ? "" : nil) },
      setNumbers, setMethod, setHeaders,
    ]
    for step in steps {
      let status = step()
      if status != CURLE_OK { return status }
    }
    return CURLE_OK
  }

  private func setNumbers() -> CURLcode {
    // Only silence ends a stream.
    let isStream = request.stream != nil
    let timeout = Int(clamping: max(1, request.timeoutMilliseconds))
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_TIMEOUT_MS, isStream ? 0 : timeout),
      (CURLOPT_CONNECTTIMEOUT_MS, min(timeout, Int(limits.connectMilliseconds))),
      (CURLOPT_LOW_SPEED_LIMIT, isStream ? 0 : limits.trickleBytesPerSecond),
      (CURLOPT_LOW_SPEED_TIME, max(limits.trickleSeconds, request.idleSeconds)),
    ]
    for (option, value) in numbers {
      let status = usher_curl_set_long(easy, option, value)
      if status != CURLE_OK { return status }
    }
    return usher_curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, isStream ? 0 : curl_off_t(request.responseLimit))
  }

  private func setMethod() -> CURLcode {
    switch request.method {
    case "GET": return usher_curl_set_long(easy, CURLOPT_HTTPGET, 1)
    case "HEAD": return usher_curl_set_long(easy, CURLOPT_NOBODY, 1)
    case "POST": return setBody()
    default:
      let status = request.body.isEmpty ? CURLE_OK : setBody()
      return status == CURLE_OK ? usher_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method) : status
    }
  }

  private func setBody() -> CURLcode {
    let status = usher_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
    guard status == CURLE_OK else { return status }
    guard !request.body.isEmpty else { return usher_curl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "") }
    return request.body.withUnsafeBytes { bytes in
      // Copied before this returns; the size was said above, so no final NUL is looked for.
      usher_curl_set_text(easy, CURLOPT_COPYPOSTFIELDS, bytes.bindMemory(to: CChar.self).baseAddress)
    }
  }

  private func setHeaders() -> CURLcode {
    // libcurl would add these two by itself; "Name:" keeps it from that.
    var lines = ["Expect:"]
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    for (name, value) in request.headers { lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
    for line in lines {
      guard let longer = curl_slist_append(headerLines, line) else { return CURLE_OUT_OF_MEMORY }
      headerLines = longer
    }
    return usher_curl_set_list(easy, CURLOPT_HTTPHEADER, headerLines)
  }

  /// Takes bytes of the body; false aborts the transfer.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let stream = request.stream, isGood { return hand(bytes, to: stream) }
    guard body.count + bytes.count <= request.responseLimit else {
      isTooLarge = true
      return false
    }
    if body.isEmpty { body.reserveCapacity(announced) }
    body.append(contentsOf: bytes)
    return true
  }

  /// Bytes that the head says will come; 2 MiB at most, since it may say anything.
  private var announced: Int {
    var length: curl_off_t = 0
    usher_curl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
    return Int(min(max(0, length), 2 << 20))
  }

  /// Takes one line of the head; false aborts the transfer.
  func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    silentUntil = request.stream.map { _ in SystemTime().monotonicNanoseconds + request.silenceNanoseconds }
    return head.append(bytes, limit: limits.headerBytes)
  }

  private var isGood: Bool {
    var status = 0
    usher_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    return (200..<300).contains(status)
  }

  private func hand(_ bytes: UnsafeRawBufferPointer, to stream: BodyStream) -> Bool {
    let now = SystemTime().monotonicNanoseconds
    if !bytes.isEmpty { silentUntil = now + request.silenceNanoseconds }
    lastPiece = now
    isEnded = !stream(bytes)
    return !isEnded
  }

  /// Lets who takes the pieces know that there are none, when it is time; false ends the transfer.
  func beat(_ now: Int64) -> Bool {
    guard let stream = request.stream, head.isWhole, isGood, now - (lastPiece ?? 0) >= 1_000_000_000 else {
      return true
    }
    return hand(UnsafeRawBufferPointer(start: nil, count: 0), to: stream)
  }

  /// Hands the outcome to who waits for it.
  func finish(_ code: CURLcode) { continuation.resume(returning: outcome(code)) }

  /// Ends the waiting; the transfer must be taken out of its multi handle next.
  func cancel() { continuation.resume(returning: .failure(.cancelled(url: FetchURL.withoutSecrets(request.url)))) }

  private func outcome(_ code: CURLcode) -> Result<ClientResponse, FetchError> {
    let url = FetchURL.withoutSecrets(request.url)
    if isTooLarge { return .failure(.tooLarge(url: url, limit: request.responseLimit)) }
    switch code {
    case CURLE_OK: break
    case _ where isEnded: break
    case CURLE_OPERATION_TIMEDOUT: return .failure(.timedOut(url: url))
    case CURLE_FILESIZE_EXCEEDED: return .failure(.tooLarge(url: url, limit: request.responseLimit))
    case CURLE_COULDNT_RESOLVE_HOST: return .failure(.unresolved(url: url))
    case CURLE_URL_MALFORMAT: return .failure(.badURL(url: url, reason: reason(code)))
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .failure(.untrusted(url: url, reason: reason(code)))
    default:
      let reason = head.isTooLarge ? "its headers are longer than \(limits.headerBytes) bytes" : reason(code)
      return .failure(.connection(url: url, reason: reason))
    }
    var status = 0
    var connections = 0
    usher_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    usher_curl_get_long(easy, CURLINFO_NUM_CONNECTS, &connections)
    guard status >= 100 else { return .failure(.connection(url: url, reason: "the answer was not HTTP")) }
    let headers = request.method == "HEAD" ? head.fields : head.fields.filter { !Self.ofWire.contains($0.name) }
    return .success(
      ClientResponse(status: status, headers: headers, body: body, reusedConnection: connections == 0))
  }

  /// Describe the bytes on the wire, which differ from the decoded body.
  private static let ofWire: Set<String> = ["content-encoding", "content-length", "transfer-encoding"]

  private func reason(_ code: CURLcode) -> String {
    let text = errorText.pointee != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    let end = text.lastIndex { $0 != "." && !$0.isWhitespace }
    return end.map { FetchURL.withoutSecrets(String(text[...$0])) } ?? "unknown reason"
  }
}

private func receiveBody(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.append(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
}

private func receiveHeader(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.appendHeader(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
}

extension ClientRequest {
  fileprivate var silenceNanoseconds: Int64 { max(1, silenceMilliseconds) * 1_000_000 }
}
