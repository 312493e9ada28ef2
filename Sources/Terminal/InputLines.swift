import Glibc

/// Standard input, a line at a time.
public struct InputLines {
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  public init() {}

  /// True while a whole line is at hand without waiting.
  public var hasMore: Bool { buffer[place...].contains(0x0A) }

  /// The next line without its end; nil when the input is over.
  public mutating func next() -> [UInt8]? {
    var searched = place
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let line = buffer[place..<(end > place && buffer[end - 1] == 0x0D ? end - 1 : end)]
        place = end + 1
        return Array(line)
      }
      guard !isAtEnd else {
        guard place < buffer.count else { return nil }
        defer { place = buffer.count }
        return Array(buffer[place...])
      }
      buffer.removeSubrange(..<place)
      place = 0
      searched = buffer.count
      fill()
    }
  }

  private mutating func fill() {
    let old = buffer.count
    // Doubles, so that one endless line costs no more than its length.
    let room = max(1 << 16, old)
    buffer.reserveCapacity(old + room)
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { target, count in
      var read = -1
      repeat { read = Glibc.read(STDIN_FILENO, target.baseAddress, room) } while read < 0 && errno == EINTR
      count = max(0, read)
    }
    if chunk.isEmpty { isAtEnd = true }
    buffer += chunk
  }
}
