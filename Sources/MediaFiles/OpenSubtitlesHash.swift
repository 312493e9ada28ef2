import Glibc

/// The OpenSubtitles hash of a file: its size plus the sum of the little-endian 64-bit words of its first and its last
/// 64 KiB, wrapping. Scene databases know files by it, whatever they are called.
enum OpenSubtitlesHash {
  static let blockBytes = 65_536

  /// 16 lower-case hex digits; nil for a file of less than two blocks, and when reading fails. Blocks.
  static func hash(_ descriptor: Int32, size: Int64) -> String? {
    guard size >= Int64(2 * blockBytes),
      let first = sum(descriptor, at: 0), let last = sum(descriptor, at: size - Int64(blockBytes))
    else { return nil }
    let digits = String(UInt64(size) &+ first &+ last, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func sum(_ descriptor: Int32, at offset: Int64) -> UInt64? {
    var block = [UInt64](repeating: 0, count: blockBytes / 8)
    let isWhole = block.withUnsafeMutableBytes { bytes in
      var filled = 0
      while filled < blockBytes {
        let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
        let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
        guard count > 0 else { return false }
        filled += count
      }
      return true
    }
    guard isWhole else { return nil }
    return block.reduce(0) { $0 &+ UInt64(littleEndian: $1) }
  }
}
