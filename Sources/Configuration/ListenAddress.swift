/// Where the program takes connections: `127.0.0.1:8000`, `[::1]:8000`, `localhost:0`.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// Without brackets.
  public var host: String
  /// 0 lets the system choose.
  public var port: Int

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`, an IPv6 address in brackets; throws a phrase that says what is expected.
  public init(_ text: String) throws(ListenAddressError) {
    guard let colon = text.lastIndex(of: ":") else { throw ListenAddressError("it has no port") }
    let (host, port) = (text[..<colon], text[text.index(after: colon)...])
    guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(port), number <= 65535
    else { throw ListenAddressError("the port is not a number from 0 to 65535") }
    self.init(host: try Self.hostName(String(host)), port: number)
  }

  private static func hostName(_ text: String) throws(ListenAddressError) -> String {
    guard !text.isEmpty else { throw ListenAddressError("it has no host") }
    if text.hasPrefix("["), text.hasSuffix("]") {
      let address = text.dropFirst().dropLast()
      guard address.contains(":"), address.utf8.allSatisfy(isAddressByte) else {
        throw ListenAddressError("there is no IPv6 address between the brackets")
      }
      return String(address)
    }
    guard !text.contains(":") else { throw ListenAddressError("an IPv6 address stands in brackets") }
    guard text.utf8.allSatisfy(isNameByte) else {
      throw ListenAddressError("the host has a character that no host name has")
    }
    return text
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
    default: false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// `HOST:PORT`, an IPv6 address in brackets.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Why a text is no listen address, and the form that is.
public struct ListenAddressError: Error, Hashable, Sendable, CustomStringConvertible {
  public let reason: String

  init(_ reason: String) { self.reason = reason }

  public var description: String { "\(reason); expected HOST:PORT, for example 127.0.0.1:8000 or [::1]:8000" }
}
