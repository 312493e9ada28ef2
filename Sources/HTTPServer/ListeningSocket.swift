import Glibc

/// A TCP socket that listens, made here rather than by libmicrohttpd so that a failure has a name.
struct ListeningSocket {
  let descriptor: Int32
  let port: UInt16

  /// Binds to `host`, an address or "localhost", and `port`, 0 for a free one.
  init(host: String, port: UInt16) throws(ServerError) {
    guard let addresses = Self.addresses(host, port) else { throw .notAnAddress(host: host) }
    defer { freeaddrinfo(addresses) }
    let info = addresses.pointee
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(info.ai_family, kind, 0)
    guard descriptor >= 0 else { throw Self.failure(host, port, errno) }
    // A restart must not wait for the old connections to be forgotten; two listeners on one port still exclude each other.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, SOMAXCONN) == 0 else {
      let code = errno
      close(descriptor)
      throw Self.failure(host, port, code)
    }
    self.descriptor = descriptor
    self.port = Self.port(of: descriptor)
  }

  private static func addresses(_ host: String, _ port: UInt16) -> UnsafeMutablePointer<addrinfo>? {
    var literal = host
    if host == "localhost" { literal = "127.0.0.1" }
    if host.hasPrefix("["), host.hasSuffix("]") { literal = String(host.dropFirst().dropLast()) }
    guard !literal.isEmpty, !literal.utf8.contains(0) else { return nil }
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var result: UnsafeMutablePointer<addrinfo>?
    return getaddrinfo(literal, String(port), &hints, &result) == 0 ? result : nil
  }

  private static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { storage in
      let named = storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
      guard named == 0 else { return 0 }
      // The port is at the same place in both families.
      return storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
    }
  }

  private static func failure(_ host: String, _ port: UInt16, _ code: Int32) -> ServerError {
    switch code {
    case EADDRINUSE: .portTaken(host: host, port: port)
    case EACCES, EPERM: .notPermitted(host: host, port: port)
    case EADDRNOTAVAIL: .notOfThisMachine(host: host)
    default: .cannotListen(host: host, port: port, reason: String(cString: strerror(code)))
    }
  }
}
