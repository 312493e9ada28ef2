/// An event of a `text/event-stream`.
struct StreamEvent: Hashable {
  /// "message" when the server does not say.
  var name: String
  var data: [UInt8]
}

/// Takes events out of a `text/event-stream` (HTML Living Standard §9.2.6) that comes in pieces of any size.
struct EventStreamReader {
  /// Bytes of a line and of an event's data; more is no event of a media server, and is left out.
  static let maximumBytes = 1 << 20

  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var isTooLong = false
  /// The last byte was a carriage return: a line feed behind it ends no second line.
  private var isAfterReturn = false

  /// The events that end in these bytes.
  mutating func take(_ bytes: [UInt8]) -> [StreamEvent] {
    var events: [StreamEvent] = []
    for byte in bytes {
      defer { isAfterReturn = byte == 0x0D }
      switch byte {
      case 0x0A where isAfterReturn: continue
      case 0x0A, 0x0D:
        if let event = endLine() { events.append(event) }
      default:
        if line.count < Self.maximumBytes { line.append(byte) } else { isTooLong = true }
      }
    }
    return events
  }

  private mutating func endLine() -> StreamEvent? {
    defer { line.removeAll(keepingCapacity: line.capacity <= 65_536) }
    guard !line.isEmpty else { return endEvent() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data":
      guard data.count + value.count < Self.maximumBytes else {
        isTooLong = true
        break
      }
      if hasData { data.append(0x0A) }
      data.append(contentsOf: value)
      hasData = true
    // A comment, a number, a wish for the pause before the next try.
    default: break
    }
    return nil
  }

  private mutating func endEvent() -> StreamEvent? {
    defer { (name, data, hasData, isTooLong) = ("", [], false, false) }
    guard hasData, !isTooLong else { return nil }
    return StreamEvent(name: name.isEmpty ? "message" : name, data: data)
  }
}
