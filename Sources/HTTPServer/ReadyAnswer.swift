import CMicroHTTPD
import Glibc

/// A response in the form in which libmicrohttpd takes it: body and headers in one block of memory that never changes.
///
/// Answering with it copies no byte of the body. libmicrohttpd allocates one response and three small blocks for each
/// header (a response of its own each time, because each one carries its own request id).
final class ReadyAnswer: @unchecked Sendable {
  // Sendable is right because everything is written in `init` and only read afterwards.
  let status: Int
  /// Monotonic nanoseconds; 0 when it is not for keeping.
  let freshUntil: Int64
  let series: RequestSeries?

  private let block: UnsafeMutableRawBufferPointer
  private let bodyCount: Int
  /// Offsets in `block` of texts that end with a zero: name, value, name, value …
  private let texts: [Int]

  init(_ response: Response, series: RequestSeries?, freshUntil: Int64 = 0) {
    // libmicrohttpd can send no other status.
    status = (200...599).contains(response.status) ? response.status : 500
    self.series = series
    self.freshUntil = freshUntil
    bodyCount = response.body.count
    var headers = response.headers.filter(Self.maySend)
    if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      headers.append(("Content-Type", "application/json"))
    }
    let size = headers.reduce(bodyCount) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 }
    block = .allocate(byteCount: max(1, size), alignment: 16)
    block.copyBytes(from: response.body)
    var offsets: [Int] = []
    var end = bodyCount
    for text in headers.flatMap({ [$0.name, $0.value] }) {
      offsets.append(end)
      UnsafeMutableRawBufferPointer(rebasing: block[end...]).copyBytes(from: text.utf8)
      end += text.utf8.count
      block[end] = 0
      end += 1
    }
    texts = offsets
  }

  deinit { block.deallocate() }

  /// About what it takes in memory.
  var memoryBytes: Int { block.count + 128 + texts.count * 8 }

  /// Queues this answer with `requestID` (ends with a zero) on `connection`, on the connection's thread.
  func queue(on connection: OpaquePointer, requestID: UnsafePointer<CChar>) -> MHD_Result {
    guard let base = block.baseAddress else { return .NO }
    let retained = Unmanaged.passRetained(self)
    let made = MHD_create_response_from_buffer_with_free_callback_cls(
      bodyCount, base, releaseAnswer, retained.toOpaque())
    guard let made else {
      retained.release()
      return .NO
    }
    defer { MHD_destroy_response(made) }
    let characters = base.assumingMemoryBound(to: CChar.self)
    var index = 0
    while index < texts.count {
      MHD_add_response_header(made, characters + texts[index], characters + texts[index + 1])
      index += 2
    }
    MHD_add_response_header(made, "X-Request-Id", requestID)
    return MHD_queue_response(connection, UInt32(status), made)
  }

  /// Whether HTTP allows the header and its value is not the server's to give (RFC 9110 §5.1, §5.5).
  private static func maySend(_ header: (name: String, value: String)) -> Bool {
    let separators = Array("\"(),/:;<=>?@[\\]{}".utf8)
    guard !header.name.isEmpty, header.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !separators.contains($0) })
    else { return false }
    guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
    return !["content-length", "transfer-encoding", "x-request-id"].contains(header.name.lowercased())
  }
}

/// libmicrohttpd is done with a response's bytes.
private func releaseAnswer(_ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<ReadyAnswer>.fromOpaque(context).release()
}
