/// Decides which addresses of an NFO file may be handed on: a media server fetches them, perhaps for other people.
enum PublicAddress {
  /// The address when it is http or https on a host that everybody can reach; nil for files, shares, private networks,
  /// and addresses with a user name in them.
  static func checked(_ text: String) -> String? {
    guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }),
      let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) })
    else { return nil }
    let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { return nil }
    return isPublic(authority.prefix { $0 != ":" }.lowercased()) ? text : nil
  }

  private static func isPublic(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), host.utf8.allSatisfy(isHostByte),
      let last = labels.last, !privateEndings.contains(String(last))
    else { return false }
    guard last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return !host.hasSuffix(".home.arpa") }
    // An IPv4 address in its one plain form: others (octal, short) are read in different ways by different programs.
    let numbers = labels.compactMap { label in UInt8(label).flatMap { String($0) == label ? $0 : nil } }
    guard labels.count == 4, numbers.count == 4 else { return false }
    switch (numbers[0], numbers[1]) {
    case (0, _), (10, _), (127, _), (192, 168), (169, 254), (100, 64...127), (172, 16...31), (224..., _): return false
    default: return true
    }
  }

  private static let privateEndings: Set<String> = ["localhost", "local", "lan", "internal", "home", "localdomain"]

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }
}
