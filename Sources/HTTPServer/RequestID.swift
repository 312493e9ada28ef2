import Glibc

/// The request id of a connection's current request, as text that ends with a zero: the caller's, or one made of a
/// number drawn for the connection and the count of its requests. Takes no lock and allocates nothing for a request.
struct RequestID {
  static let header = HeaderName("X-Request-Id")
  static let longest = 128
  private static let seedCount = 17

  /// Room for the longest and its zero.
  let text: UnsafeMutablePointer<CChar>
  /// The connection's number as 16 digits and a dash.
  private let seed: UnsafeMutablePointer<CChar>
  private var serial: UInt64 = 0

  init() {
    text = .allocate(capacity: Self.longest + 1)
    text[0] = 0
    seed = .allocate(capacity: Self.seedCount)
    Self.write(UInt64.random(in: 0 ... .max), digits: Self.seedCount - 1, to: seed)
    seed[Self.seedCount - 1] = CChar(bitPattern: UInt8(ascii: "-"))
  }

  func deallocate() {
    text.deallocate()
    seed.deallocate()
  }

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
    memcpy(text, seed, Self.seedCount)
    let digits = serial < 1 << 16 ? 4 : 16
    Self.write(serial, digits: digits, to: text + Self.seedCount)
    text[Self.seedCount + digits] = 0
  }

  private static func write(_ number: UInt64, digits: Int, to text: UnsafeMutablePointer<CChar>) {
    var rest = number
    for index in (0..<digits).reversed() {
      let digit = Int8(truncatingIfNeeded: rest & 15)
      text[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      rest >>= 4
    }
  }
}
