/// Tells hosts of the open internet from those of a home network, by their text alone.
enum PublicHost {
  /// `host` is lower-case, without port; an IPv6 address stands in brackets.
  static func isPublic(_ host: String) -> Bool {
    if host.hasPrefix("[") { return isPublicIPv6(host.dropFirst().dropLast()) }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let named = labels.last == "" ? Array(labels.dropLast()) : labels
    guard named.count >= 2, let last = named.last, !named.contains("") else { return false }
    if isNumber(last) { return isPublicIPv4(named) }
    return !privateSuffixes.contains(last) && !host.hasSuffix("home.arpa") && !host.hasSuffix("home.arpa.")
  }

  /// Names that no public server answers (RFC 6761, 6762, 8375, 9476, and what routers use).
  private static let privateSuffixes: Set<String> = [
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid",
  ]

  private static func isNumber(_ label: String) -> Bool {
    label.hasPrefix("0x") || label.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Only four plain decimal parts: the short, octal and hexadecimal forms serve nobody but those who hide an address.
  private static func isPublicIPv4(_ labels: [String]) -> Bool {
    let parts = labels.compactMap { label in UInt8(label).flatMap { String($0) == label ? $0 : nil } }
    guard labels.count == 4, parts.count == 4 else { return false }
    switch (parts[0], parts[1]) {
    case (0, _), (10, _), (127, _), (169, 254), (172, 16...31), (192, 168): return false
    case (100, 64...127), (198, 18...19): return false
    case (192, 0) where parts[2] == 0: return false
    default: return parts[0] < 224
    }
  }

  /// Global unicast is 2000::/3; in it, 2002::/16 and 2001::/32 carry an IPv4 address, which could be a private one.
  private static func isPublicIPv6(_ address: some StringProtocol) -> Bool {
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count >= 3, address.utf8.allSatisfy({ $0 == UInt8(ascii: ":") || isHexDigit($0) }),
      let first = UInt16(groups[0], radix: 16), (0x2000...0x3FFF).contains(first), first != 0x2002
    else { return false }
    let second = groups[1].isEmpty ? 0 : UInt16(groups[1], radix: 16)
    return !(first == 0x2001 && second == 0)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
