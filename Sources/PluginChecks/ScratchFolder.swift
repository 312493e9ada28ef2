import FoundationEssentials
import Glibc
import Support

/// The data folder of a plugin that is being checked; gone when the check is over.
enum ScratchFolder {
  private static let made = Lock<String?>(nil)

  /// Its path; made when it is first asked for, nil when that cannot be.
  static var path: String? {
    made.withLock { made in
      if made == nil {
        var pattern = Array((FileManager.default.temporaryDirectory.path + "/usher-check-XXXXXX").utf8CString)
        if mkdtemp(&pattern) != nil {
          made = String(decoding: pattern.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
      }
      return made
    }
  }

  static func remove() {
    let path = made.withLock { made in
      defer { made = nil }
      return made
    }
    if let path { try? FileManager.default.removeItem(atPath: path) }
  }
}
