/// The bytes of a name, made plain.
extension NameText {
  /// Brackets, dashes, digits and blanks of other scripts become those of ASCII; control bytes become blanks.
  static func plain(_ name: ArraySlice<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(name.count)
    var place = name.startIndex
    while place < name.endIndex {
      let byte = name[place]
      if byte < 0x80 {
        plain.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
        place += 1
      } else if byte >= 0xE2, place + 2 < name.endIndex, let replaced = wide(byte, name[place + 1], name[place + 2]) {
        plain.append(replaced)
        place += 3
      } else if byte == 0xC2, place + 1 < name.endIndex, name[place + 1] == 0xA0 {
        plain.append(0x20)
        place += 2
      } else {
        plain.append(byte)
        place += 1
      }
    }
    return plain
  }

  private static func wide(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8? {
    switch (first, second, third) {
    case (0xE2, 0x80, 0x90...0x95): UInt8(ascii: "-")
    case (0xE2, 0x80, 0x98), (0xE2, 0x80, 0x99): UInt8(ascii: "'")
    case (0xE2, 0x80, 0x80...0x8B): 0x20
    case (0xE3, 0x80, 0x80): 0x20
    case (0xE3, 0x80, 0x90), (0xE3, 0x80, 0x94), (0xEF, 0xBC, 0xBB): UInt8(ascii: "[")
    case (0xE3, 0x80, 0x91), (0xE3, 0x80, 0x95), (0xEF, 0xBC, 0xBD): UInt8(ascii: "]")
    case (0xEF, 0xBC, 0x88): UInt8(ascii: "(")
    case (0xEF, 0xBC, 0x89): UInt8(ascii: ")")
    case (0xEF, 0xBC, 0x90...0x99): third - 0x90 + 0x30
    case (0xEF, 0xBD, 0x9E), (0xE3, 0x80, 0x9C): UInt8(ascii: "~")
    default: nil
    }
  }

  /// Lower case of ASCII, Latin-1 and Cyrillic letters, byte for byte.
  static func lowered(_ bytes: [UInt8]) -> [UInt8] {
    var lower = bytes
    var before: UInt8 = 0
    for place in lower.indices {
      let byte = lower[place]
      if ASCII.isUpper(byte) {
        lower[place] = byte | 0x20
      } else if before == 0xC3, (0x80...0x9E).contains(byte) {
        lower[place] = byte + 0x20
      } else if before == 0xD0, (0x90...0x9F).contains(byte) {
        lower[place] = byte + 0x20
      } else if before == 0xD0, (0xA0...0xAF).contains(byte) {
        lower[place - 1] = 0xD1
        lower[place] = byte - 0x20
      }
      before = byte
    }
    return lower
  }

  /// Endings of media files and what lies beside them.
  private static let extensions = MarkTable(words: [
    (
      "mkv mp4 avi m4v mov wmv mpg mpeg ts m2ts mts flv webm ogm ogv vob iso divx rmvb rm asf 3gp m2v f4v strm wtv img "
        + "srt sub idx ass ssa smi vtt sup nfo txt jpg jpeg png torrent nzb mka mp3 flac m4a rar zip part",
      Mark.container, true
    )
  ])

  /// `name` without the ending of a media file.
  func cutExtension() {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0, bytes.count - dot <= 8, bytes.count - dot >= 3
    else {
      return
    }
    let ending = Self.lowered(Array(bytes[(dot + 1)...]))
    guard Self.extensions.find(ending, 0, ending.count) != nil else { return }
    removeBytes(from: dot)
    // "film.mkv.part": an unfinished download.
    if ending.count == 4, ending[0] == UInt8(ascii: "p") { cutExtension() }
  }
}
