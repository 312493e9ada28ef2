import Foundation
import Glibc

/// What a server answered.
public struct LoopbackAnswer: Sendable {
  public var status: Int
  /// Names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public var text: String { String(decoding: body, as: UTF8.self) }
  /// The body as JSON objects of Foundation, nil when it is none.
  public var json: Any? { try? JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed]) }
  public var object: [String: Any] { json as? [String: Any] ?? [:] }
}

/// One keep-alive connection to a server on 127.0.0.1, over plain sockets. For one thread at a time; blocks.
public final class LoopbackClient {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 65536)

  /// Every call waits at most `seconds`.
  public init(port: UInt16, seconds: Int = 30) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let descriptor = descriptor
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      throw LoopbackError(text: "cannot connect to 127.0.0.1:\(port): error \(errno)")
    }
  }

  deinit { close(descriptor) }

  /// Sends a request and reads the whole answer.
  public func send(
    _ method: String = "GET", _ target: String, headers: [String: String] = [:], body: [UInt8] = []
  ) throws -> LoopbackAnswer {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
    try sendRaw(Array((head + "\r\n").utf8) + body)
    return try readAnswer(hasBody: method != "HEAD")
  }

  public func sendRaw(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw LoopbackError(text: "the connection closed while sending") }
      sent += count
    }
  }

  /// Reads one answer with a Content-Length; throws when the server closes or is silent too long.
  public func readAnswer(hasBody: Bool = true) throws -> LoopbackAnswer {
    var searched = 0
    var headEnd: Int?
    while true {
      headEnd = Self.end(ofHeadIn: buffer, from: searched)
      if headEnd != nil { break }
      searched = max(0, buffer.count - 3)
      try fill()
    }
    guard let headEnd else { throw LoopbackError(text: "no head") }
    let lines = String(decoding: buffer[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, let status = Int(words[1]) else { throw LoopbackError(text: "no status: \(lines)") }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[line[..<colon].lowercased()] = value
    }
    let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
    let start = headEnd + 4
    while buffer.count < start + length { try fill() }
    let body = Array(buffer[start..<(start + length)])
    buffer.removeFirst(start + length)
    return LoopbackAnswer(status: status, headers: headers, body: body)
  }

  /// Where the empty line after a head begins.
  private static func end(ofHeadIn bytes: [UInt8], from first: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard bytes.count - first >= 4 else { return nil }
      return (first...(bytes.count - 4)).first {
        bytes[$0] == 0x0D && bytes[$0 + 1] == 0x0A && bytes[$0 + 2] == 0x0D && bytes[$0 + 3] == 0x0A
      }
    }
  }

  private func fill() throws {
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { throw LoopbackError(text: "the server closed the connection or is silent") }
    buffer += chunk[..<count]
  }
}
