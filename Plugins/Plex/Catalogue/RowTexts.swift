/// The texts of one row side by side, for SQLite to read them there: rows come by the hundred thousand, and a copy of each
/// text for itself is an allocation.
struct RowTexts {
  private(set) var bytes: [UInt8] = []
  /// Where in `bytes` the text of a parameter ends; it begins where the one before ends.
  private(set) var ends: [(parameter: Int32, end: Int)] = []

  mutating func add(_ parameter: Int32, _ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append((parameter, bytes.count))
  }

  /// The texts as one, each on a line of its own.
  mutating func add(_ parameter: Int32, lines: [String]) {
    for (place, line) in lines.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: "\n")) }
      bytes.append(contentsOf: line.utf8)
    }
    ends.append((parameter, bytes.count))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
