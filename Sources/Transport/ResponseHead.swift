/// The header fields of a response, taken line by line as libcurl gives them.
struct ResponseHead {
  /// Names in lower case, in order of arrival.
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var isTooLarge = false
  private var size = 0
  /// False before the status line and after the empty line: trailers of a chunked body are not header fields.
  private var isOpen = false
  /// The empty line has come.
  private(set) var isWhole = false

  /// False when there is more than `limit` bytes.
  mutating func append(_ line: UnsafeRawBufferPointer, limit: Int) -> Bool {
    size += line.count
    guard size <= limit else {
      isTooLarge = true
      return false
    }
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      // A new head: that of 100 Continue or 103 Early Hints came before.
      fields = []
      isOpen = true
      isWhole = false
    } else if isOpen {
      read(text)
    }
    return true
  }

  private mutating func read(_ text: String) {
    let line = Self.trimmed(text[...])
    guard !line.isEmpty else {
      isOpen = false
      isWhole = true
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let name = Self.trimmed(line[..<colon]).lowercased()
    fields.append((name, String(Self.trimmed(line[line.index(after: colon)...]))))
  }

  /// Without white space at both ends; "\r\n" is one character.
  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
