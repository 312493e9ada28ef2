import Support

/// Where a lookup goes: a space, and within it what the key begins with.
struct Endpoint: Hashable, Sendable {
  var space: String
  /// The part of a key before its first `|` when that is one short word, empty otherwise.
  var name: String

  private static let longest = 16

  init(space: String, key: [UInt8]) {
    self.space = space
    let word = key.prefix { (0x61...0x7A).contains($0) }
    let isName = word.count < key.count && word.count <= Self.longest && key[word.count] == UInt8(ascii: "|")
    name = isName ? String(decoding: word, as: UTF8.self) : ""
  }
}

/// What came of lookups since the last time that was written down.
final class LookupCounts: Sendable {
  struct Count: Hashable, Sendable {
    var hits = 0
    var misses = 0
  }

  /// More endpoints than any set of plugins has; keeps strange keys from filling the memory.
  private static let limit = 1000
  private let counts = Lock<[Endpoint: Count]>([:])

  func add(_ endpoint: Endpoint, isHit: Bool) {
    counts.withLock { counts in
      guard counts[endpoint] != nil || counts.count < Self.limit else { return }
      if isHit { counts[endpoint, default: Count()].hits += 1 } else { counts[endpoint, default: Count()].misses += 1 }
    }
  }

  /// Everything counted so far; starts from nothing again.
  func take() -> [Endpoint: Count] {
    counts.withLock { counts in
      defer { counts = [:] }
      return counts
    }
  }
}
