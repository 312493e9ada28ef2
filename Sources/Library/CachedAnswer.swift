import MetadataModel
import PluginCalls
import Support

/// Where an answer is kept. Stable over versions and restarts.
struct CacheKey: Hashable, Sendable {
  /// The source's id, or "match/" and the provider's name.
  let space: String
  /// `fetch|tvmaze-show-82|de-DE|DE|` or a match request's JSON.
  let name: String

  var size: Int { space.utf8.count + name.utf8.count + 160 }
}

/// Something the cache can answer, and how to make the answer.
struct Question: Sendable {
  let key: CacheKey
  let operation: String
  /// What it is about, for sentences: the item's id, or the title looked for.
  let subject: String
  let negativeSeconds: Int
  /// Whether sound bytes hold explicit content; nil for bytes that cannot be understood.
  let inspect: @Sendable ([UInt8]) -> Bool?
  /// Asks the source. Throws `.notFound` only when the source said so.
  let make: @Sendable () async throws(PluginError) -> MadeAnswer
  /// What came up while it was made.
  var notes = CallNotes()
}

/// An answer just made.
struct MadeAnswer: Sendable {
  var bytes: [UInt8]
  var hasAdult: Bool
  /// How long it is fresh.
  var seconds: Int
  /// Made without a source that failed: an old answer is better.
  var isMakeshift = false
}

/// An answer as the cache gives it.
struct Answer: Sendable {
  let content: KeptAnswer.Content
  /// Older than it should be, because its source failed.
  let isStale: Bool

  init(_ kept: KeptAnswer, isStale: Bool) {
    content = kept.content
    self.isStale = isStale
  }

  /// Itself; throws `.notFound` when it says that there is no such thing.
  func found() throws(PluginError) -> Answer {
    if case .absent(let sentence) = content { throw PluginError(.notFound, sentence) }
    return self
  }

  /// JSON; empty for an absence.
  var bytes: [UInt8] {
    if case .found(let bytes, _) = content { return bytes }
    return []
  }

  var hasAdult: Bool {
    if case .found(_, let hasAdult) = content { return hasAdult }
    return false
  }
}

/// An answer with its times, as memory holds it.
struct KeptAnswer: Sendable {
  enum Content: Sendable {
    case found([UInt8], hasAdult: Bool)
    /// The source has no such item; its sentence.
    case absent(String)
  }

  let content: Content
  /// Milliseconds since 1970.
  let storedAt: Int64
  let freshUntil: Int64

  init(content: Content, storedAt: Int64, freshUntil: Int64) {
    self.content = content
    self.storedAt = storedAt
    self.freshUntil = freshUntil
  }

  /// What was stored; nil when the bytes are not what `stored` of this type writes.
  init?(_ value: StoredValue, isExplicit: ([UInt8]) -> Bool?) {
    if value.bytes.first == Self.absenceMark {
      content = .absent(String(decoding: value.bytes.dropFirst(), as: UTF8.self))
    } else if let hasAdult = isExplicit(value.bytes) {
      content = .found(value.bytes, hasAdult: hasAdult)
    } else {
      return nil
    }
    storedAt = value.storedAt
    freshUntil = value.freshUntil
  }

  /// JSON as it is; an absence is its sentence behind a mark that no JSON begins with.
  var stored: StoredValue {
    switch content {
    case .found(let bytes, _): StoredValue(bytes: bytes, storedAt: storedAt, freshUntil: freshUntil)
    case .absent(let sentence):
      StoredValue(bytes: [Self.absenceMark] + Array(sentence.utf8), storedAt: storedAt, freshUntil: freshUntil)
    }
  }

  var isAbsence: Bool {
    if case .absent = content { return true }
    return false
  }

  var size: Int {
    switch content {
    case .found(let bytes, _): bytes.count
    case .absent(let sentence): sentence.utf8.count
    }
  }

  /// Also false for a time in the future: the clock was wrong then.
  func isFresh(_ now: Int64) -> Bool { now < freshUntil && storedAt <= now + 60_000 }

  private static let absenceMark = UInt8(ascii: "!")
}
