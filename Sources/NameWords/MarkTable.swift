/// Words and what they mark, found by their bytes in constant time.
struct MarkTable: Sendable {
  struct Entry: Sendable {
    var mark: Mark
    var isSure: Bool
  }

  private struct Slot: Sendable {
    var start: Int32 = -1
    var count: Int32 = 0
    var entry = Entry(mark: .none, isSure: false)
  }

  private var bytes: [UInt8] = []
  private var slots: [Slot]
  private let longest: Int

  /// Words in lower case, parted by blanks, with what they mark and whether they can be nothing else.
  init(words lists: [(String, Mark, Bool)]) {
    var all: [(word: Substring, entry: Entry)] = []
    for (words, mark, isSure) in lists {
      for word in words.split(separator: " ") { all.append((word, Entry(mark: mark, isSure: isSure))) }
    }
    var size = 16
    while size < all.count * 3 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    longest = all.map(\.word.utf8.count).max() ?? 0
    for (word, entry) in all {
      let text = Array(word.utf8)
      var slot = Self.hash(text, 0, text.count) & (size - 1)
      while slots[slot].start >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Slot(start: Int32(bytes.count), count: Int32(text.count), entry: entry)
      bytes += text
    }
  }

  /// What the word `text[start..<end]` (lower case) marks; the first entry wins when a word stands twice.
  func find(_ text: [UInt8], _ start: Int, _ end: Int) -> Entry? {
    let count = end - start
    guard count > 0, count <= longest else { return nil }
    var slot = Self.hash(text, start, end) & (slots.count - 1)
    while slots[slot].start >= 0 {
      if Int(slots[slot].count) == count {
        let from = Int(slots[slot].start)
        var offset = 0
        while offset < count, bytes[from + offset] == text[start + offset] { offset += 1 }
        if offset == count { return slots[slot].entry }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
    var hash: UInt32 = 2_166_136_261
    for place in start..<end { hash = (hash ^ UInt32(text[place])) &* 16_777_619 }
    return Int(hash ^ hash >> 15)
  }
}
