import Support

/// Who a client is: an IPv4 address, or the network of an IPv6 address (64 bits; what is below belongs to one client).
package struct ClientAddress: Hashable, Sendable {
  /// 127.0.0.0/8, mapped into IPv6 or not, or ::1.
  package let isLoopback: Bool
  private let high: UInt64

  /// The 16 bytes of an IPv6 address; an IPv4 address is mapped into one (RFC 4291 §2.5.5.2).
  package init(_ bytes: [UInt8]) {
    func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    let isMapped = bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
    // No network begins with sixteen ones below a zero: ff00::/8 is multicast, which is nobody's address.
    isLoopback = isMapped ? bytes[12] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    high = isMapped ? 0xFFFF_0000_0000_0000 | number(bytes[12...]) : number(bytes.prefix(8))
  }
}

/// Counts the requests of each address: so many at once, then one by one as their share of a minute goes by.
final class AddressCounts: Sendable {
  /// Addresses remembered at once; when more come in a minute all start anew.
  static let addressLimit = 10_000
  private static let minute: Int64 = 60_000_000_000

  private let share: Int64
  /// When the requests of an address so far will have been paid for (monotonic).
  private let paid = Lock<[ClientAddress: Int64]>([:])

  init(perMinute: Int) { share = Self.minute / Int64(max(1, perMinute)) }

  var count: Int { paid.withLock { $0.count } }

  /// nil when the request may go on; otherwise after how many seconds one may, at least 1.
  func secondsToWait(_ address: ClientAddress, now: Int64) -> Int? {
    paid.withLock { paid in
      let next = max(paid[address] ?? now, now) + share
      let wait = next - now - Self.minute
      guard wait <= 0 else { return Int((wait + 999_999_999) / 1_000_000_000) }
      if paid[address] == nil, paid.count >= Self.addressLimit {
        paid = paid.filter { $0.value > now }
        if paid.count >= Self.addressLimit { paid = [:] }
      }
      paid[address] = next
      return nil
    }
  }
}
