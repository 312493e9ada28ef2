import PlexServers

/// Writes items into a few bytes, for the pages of a walk that is under way.
struct ItemPacker {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ item: PlexItem, digest: Int64, isNew: Bool) {
    add(item.ratingKey)
    add(Int64(item.kind?.rawValue ?? 0))
    add(isNew ? 1 : 0)
    add(digest)
    for number in [
      item.year, item.index, item.parentIndex, item.parentKey, item.grandparentKey, item.duration, item.addedAt,
      item.updatedAt, item.deletedAt,
    ] { add(number) }
    for text in [item.title, item.grandparentTitle, item.guid, item.released] { add(text) }
    add(Int64(item.ids.count))
    for id in item.ids { add(id) }
    add(Int64(item.files.count))
    for file in item.files {
      for number in [file.part, file.media, file.size, file.duration] { add(number) }
      for text in [file.path, file.container, file.resolution] { add(text) }
    }
  }

  /// Seven bits a byte, the lowest first; the sign at the end.
  private mutating func add(_ number: Int64) {
    var rest = UInt64(bitPattern: number << 1) ^ UInt64(bitPattern: number >> 63)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func add(_ number: Int64?) {
    bytes.append(number == nil ? 0 : 1)
    if let number { add(number) }
  }

  private mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// An item as a walk left it.
struct PackedItem {
  var item: PlexItem
  var digest: Int64
  var isNew: Bool
}

/// Reads what `ItemPacker` wrote. Throws when the bytes end too soon: a file that was damaged.
struct ItemUnpacker {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() throws(PlexError) -> PackedItem? {
    guard place < bytes.count else { return nil }
    var item = PlexItem()
    item.ratingKey = try number()
    item.kind = PlexItemKind(rawValue: Int(try number()))
    let isNew = try number() != 0
    let digest = try number()
    item.year = try optional()
    item.index = try optional()
    item.parentIndex = try optional()
    item.parentKey = try optional()
    item.grandparentKey = try optional()
    item.duration = try optional()
    item.addedAt = try optional()
    item.updatedAt = try optional()
    item.deletedAt = try optional()
    item.title = try text()
    item.grandparentTitle = try text()
    item.guid = try text()
    item.released = try text()
    for _ in 0..<(try count()) { item.ids.append(try text()) }
    for _ in 0..<(try count()) {
      var file = PlexFile()
      file.part = try number()
      file.media = try number()
      file.size = try number()
      file.duration = try number()
      file.path = try text()
      file.container = try text()
      file.resolution = try text()
      item.files.append(file)
    }
    return PackedItem(item: item, digest: digest, isNew: isNew)
  }

  private static let damaged = PlexError(.unreadable, "the catalogue holds a damaged page; sync again with --full")

  private mutating func number() throws(PlexError) -> Int64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while place < bytes.count, shift < 64 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
      shift += 7
    }
    throw Self.damaged
  }

  private mutating func optional() throws(PlexError) -> Int64? {
    guard place < bytes.count else { throw Self.damaged }
    place += 1
    return bytes[place - 1] == 0 ? nil : try number()
  }

  private mutating func count() throws(PlexError) -> Int {
    let value = try number()
    guard value >= 0, value <= bytes.count else { throw Self.damaged }
    return Int(value)
  }

  private mutating func text() throws(PlexError) -> String {
    let length = try count()
    guard place + length <= bytes.count else { throw Self.damaged }
    defer { place += length }
    return String(decoding: bytes[place..<(place + length)], as: UTF8.self)
  }
}
