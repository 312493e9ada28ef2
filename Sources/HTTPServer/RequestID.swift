import Glibc

/// The request id of a connection's current request, as text that ends with a zero: the caller's, or one made of a
/// number drawn for the connection and the count of its requests. Takes no lock and allocates nothing for a request.
struct RequestID {
  static let header = HeaderName("X-Request-Id")
  static let longest = 128

  /// Room for the longest and its zero.
  let text: UnsafeMutablePointer<CChar>
  private let seed: UInt64
  private var serial: UInt64 = 0

  init() {
    text = .allocate(capacity: Self.longest + 1)
    text[0] = 0
    var generator = SystemRandomNumberGenerator()
    seed = generator.next()
  }

  func deallocate() { text.deallocate() }

  /// Empties the text for the next request.
  mutating func reset() { text[0] = 0 }

  /// Takes the caller's id when it is 1–128 bytes of visible ASCII: nothing that could break a header or a log line.
  mutating func adopt(_ bytes: UnsafeRawBufferPointer) {
    guard text[0] == 0, (1...Self.longest).contains(bytes.count), let start = bytes.baseAddress else { return }
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return }
    memcpy(text, start, bytes.count)
    text[bytes.count] = 0
  }

  /// Makes an id when the caller gave none.
  mutating func complete() {
    guard text[0] == 0 else { return }
    serial += 1
    var end = append(seed, digits: 16, at: 0)
    text[end] = CChar(bitPattern: UInt8(ascii: "-"))
    end = append(serial, digits: serial < 1 << 16 ? 4 : 16, at: end + 1)
    text[end] = 0
  }

  private func append(_ number: UInt64, digits: Int, at start: Int) -> Int {
    for index in 0..<digits {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(4 * (digits - 1 - index))) & 15
      text[start + index] = CChar(bitPattern: digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
    return start + digits
  }
}
