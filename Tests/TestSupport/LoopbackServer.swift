import Glibc
import Support

/// A request as a fake service sees it.
public struct LoopbackRequest: Sendable {
  public var method: String
  /// Path without the query, as sent (percent-encoded).
  public var path: String
  /// What follows the question mark, as sent; empty when there is none.
  public var query: String
  /// Names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(method: String, path: String, query: String, headers: [String: String], body: [UInt8]) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// With path and query in one, as they stand in a URL.
  public init(method: String, target: String, headers: [String: String], body: [UInt8] = []) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "", headers: headers,
      body: body)
  }

  /// Path and query.
  public var target: String { query.isEmpty ? path : "\(path)?\(query)" }

  /// The first value of a query parameter, percent-decoded (`+` is a space).
  public func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Names and values in order, percent-decoded.
  public var parameters: [(name: String, value: String)] {
    query.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a fake service does with a request.
public enum LoopbackReply: Sendable {
  /// A whole response; Content-Length is added.
  case response(status: Int, headers: [(String, String)] = [], body: [UInt8] = [])
  /// These very bytes, then the connection is closed.
  case raw([UInt8])
  /// Nothing for so long, then the connection is closed.
  case hang(milliseconds: Int)
  /// The connection is reset at once.
  case reset
  /// A head, then `chunk` so many times with a pause before each, made as it goes; then the connection is closed.
  case stream(head: String, chunk: [UInt8], count: Int, pauseMilliseconds: Int = 0)
  /// A head, then what `next` gives, which blocks until there is something; then the connection is closed.
  case live(head: String, next: @Sendable () -> [UInt8]?)

  public static func json(_ text: String, status: Int = 200, headers: [(String, String)] = []) -> LoopbackReply {
    .response(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
  }
}

/// A small HTTP/1.1 server on 127.0.0.1 for fakes: plain sockets, a thread per connection, so that it shares no code
/// with the server under test and can misbehave on purpose.
public final class LoopbackServer: Sendable {
  public let port: UInt16
  public var url: String { "http://127.0.0.1:\(port)" }

  private let listener: Int32
  private let handler: @Sendable (LoopbackRequest) -> LoopbackReply
  private let keepsRequests: Bool
  private let seen = Lock<[LoopbackRequest]>([])
  private let sent = Lock(0)
  private let open = Lock<Set<Int32>>([])

  /// Starts on `port`, or on a free one. `handler` runs on the connection's thread. Without `keepsRequests` there is
  /// nothing in `requests`, for those that are asked very often.
  public init(
    port: UInt16 = 0, keepsRequests: Bool = true, _ handler: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
  ) throws {
    self.handler = handler
    self.keepsRequests = keepsRequests
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard bound else { throw LoopbackError(text: "cannot listen on 127.0.0.1:\(port): error \(errno)") }
    self.port = UInt16(bigEndian: address.sin_port)
    Thread.start("loopback") { self.acceptAll() }
  }

  /// Requests so far, in order of arrival.
  public var requests: [LoopbackRequest] { seen.withLock { $0 } }
  public func forgetRequests() { seen.withLock { $0 = [] } }

  /// Bytes of all bodies so far.
  public var sentBytes: Int { sent.withLock { $0 } }

  /// Closes the listener and every connection.
  public func stop() {
    // Closed by the threads that use them: otherwise another server may get the number while it is still in use here.
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else {
        close(listener)
        return
      }
      open.withLock { _ = $0.insert(connection) }
      Thread.start("loopback") {
        self.serve(connection)
        self.open.withLock { _ = $0.remove(connection) }
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    var buffer: [UInt8] = []
    while let request = Self.read(connection, &buffer) {
      if keepsRequests { seen.withLock { $0.append(request) } }
      switch handler(request) {
      case .response(let status, let headers, let body):
        var head = "HTTP/1.1 \(status) Reason\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        sent.withLock { $0 += body.count }
        head += "Content-Length: \(body.count)\r\n\r\n"
        guard Self.write(connection, Array(head.utf8) + (request.method == "HEAD" ? [] : body)) else { return }
      case .raw(let bytes):
        _ = Self.write(connection, bytes)
        return
      case .hang(let milliseconds):
        var wait = pollfd(fd: connection, events: 0, revents: 0)
        poll(&wait, 1, Int32(milliseconds))
        return
      case .reset:
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        return
      case .live(let head, let next):
        guard Self.write(connection, Array(head.utf8)) else { return }
        while let bytes = next() {
          guard Self.write(connection, bytes) else { return }
        }
        return
      case .stream(let head, let chunk, let count, let pause):
        _ = Self.write(connection, Array(head.utf8))
        for _ in 0..<count {
          var wait = pollfd(fd: connection, events: 0, revents: 0)
          if pause > 0, poll(&wait, 1, Int32(pause)) != 0 { return }
          guard Self.write(connection, chunk) else { return }
        }
        return
      }
    }
  }

  private static func read(_ connection: Int32, _ buffer: inout [UInt8]) -> LoopbackRequest? {
    let end = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    while true {
      headEnd = buffer.indices.first { buffer[$0...].starts(with: end) }
      if headEnd != nil { break }
      guard fill(connection, &buffer) else { return nil }
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    let first = lines[0].split(separator: " ")
    guard first.count >= 2 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers[line[..<colon].lowercased()] = String(value)
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while buffer.count < headEnd + 4 + length {
      guard fill(connection, &buffer) else { return nil }
    }
    let body = Array(buffer[(headEnd + 4)..<(headEnd + 4 + length)])
    buffer.removeFirst(headEnd + 4 + length)
    return LoopbackRequest(method: String(first[0]), target: String(first[1]), headers: headers, body: body)
  }

  private static func fill(_ connection: Int32, _ buffer: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 16384)
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }

  private static func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

public struct LoopbackError: Error, CustomStringConvertible {
  public let text: String
  public var description: String { text }
}
