/// A header's name in small letters, compared as raw bytes.
struct HeaderName: Sendable {
  private let bytes: [UInt8]

  init(_ name: String) { bytes = name.utf8.map(\.lowercased) }

  /// Whether the `count` bytes at `start` are this name in any case.
  func matches(_ start: UnsafeRawPointer, _ count: Int) -> Bool {
    guard count == bytes.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<count where start.load(fromByteOffset: index, as: UInt8.self).lowercased != bytes[index] {
        return false
      }
      return true
    }
  }

  static let contentLength = HeaderName("Content-Length")
  static let expect = HeaderName("Expect")
}
