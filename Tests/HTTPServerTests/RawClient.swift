import Glibc
import Support

@testable import HTTPServer

/// An answer as it came over the wire.
struct Answer {
  var status = 0
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body = ""
}

struct ClientError: Error {
  let text: String
}

/// A client made of a plain socket, so that it can send what no well-behaved client would. Waits 10 s at most.
final class RawClient: @unchecked Sendable {
  // Sendable is right because each test uses a client from one thread at a time.
  private let socket: Int32
  private var buffer: [UInt8] = []

  init(port: UInt16) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let socket = socket
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw ClientError(text: "cannot connect: error \(errno)") }
  }

  deinit { close(socket) }

  /// Says that nothing more will be sent.
  func closeSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// Gives false when the server closed.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Sends a request with `Host` and, when there is one, the body and its length.
  func request(_ method: String, _ target: String, headers: [String] = [], body: String? = nil) {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + headers
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
  }

  /// The next answer. After HEAD there is no body, whatever the length says.
  func answer(toHead: Bool = false) throws -> Answer {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let headEnd = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
        return try answer(headEnd: headEnd, toHead)
      }
      guard receive() else {
        throw ClientError(text: "closed after \"\(String(decoding: buffer, as: UTF8.self))\", error \(errno)")
      }
    }
  }

  private func answer(headEnd: Int, _ toHead: Bool) throws -> Answer {
    let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    var answer = Answer()
    answer.status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      answer.headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    buffer.removeFirst(headEnd + 4)
    if answer.status == 100 { return try self.answer(toHead: toHead) }
    let length = toHead ? 0 : answer.headers["content-length"].flatMap { Int($0) } ?? 0
    while buffer.count < length {
      guard receive() else { throw ClientError(text: "closed in a body after \(buffer.count) of \(length) bytes") }
    }
    answer.body = String(decoding: buffer.prefix(length), as: UTF8.self)
    buffer.removeFirst(length)
    return answer
  }

  /// Whether the server closed, with nothing more to read.
  func isClosed() -> Bool {
    while receive() {}
    return errno != EAGAIN
  }

  /// Whether something, or the end, is there to be read within `milliseconds`.
  func isReadable(milliseconds: Int32) -> Bool {
    var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) > 0
  }

  private func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    errno = 0
    let count = recv(socket, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }
}

/// One request on a connection of its own.
func ask(
  _ port: UInt16, _ method: String, _ target: String, headers: [String] = [], body: String? = nil
) throws -> Answer {
  let client = try RawClient(port: port)
  client.request(method, target, headers: headers, body: body)
  return try client.answer(toHead: method == "HEAD")
}

extension ServerOptions {
  /// Two threads, on whatever machine.
  static var tested: ServerOptions {
    var options = ServerOptions()
    options.threads = 2
    return options
  }
}

/// Runs `body` with a server that is stopped afterwards.
func withServer<Result>(
  _ options: ServerOptions = .tested, time: any TimeSource = SystemTime(),
  observer: @escaping Server.Observer = { _ in nil }, handler: @escaping @Sendable (Exchange) -> Void,
  _ body: (Server) throws -> Result
) throws -> Result {
  let log = Log(RecordingLogSink(), subject: "http")
  let server = Server(options: options, observer: observer, time: time, log: log, handler: handler)
  try server.start()
  defer { server.stop(graceMilliseconds: 0) }
  return try body(server)
}

/// Answers with what was asked, as text.
@Sendable func echo(_ exchange: Exchange) {
  let request = exchange.request
  let body = "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
  exchange.respond(Response(headers: [("Content-Type", "text/plain")], body: Array(body.utf8)))
}

/// Whether `condition` becomes true within 10 s.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<2000 {
    if condition() { return true }
    usleep(5000)
  }
  return false
}

/// Keeps exchanges for answering them later.
final class Kept: Sendable {
  private let exchanges = Lock<[Exchange]>([])
  private let arrived = Semaphore()

  func keep(_ exchange: Exchange) {
    exchanges.withLock { $0.append(exchange) }
    arrived.signal()
  }

  var count: Int { exchanges.withLock { $0.count } }

  /// The next exchange, once it is there; nil after 10 s.
  func next() -> Exchange? {
    guard arrived.wait(milliseconds: 10_000) else { return nil }
    return exchanges.withLock { $0.removeFirst() }
  }
}
