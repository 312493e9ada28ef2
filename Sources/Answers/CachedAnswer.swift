package import MetadataModel
package import PluginCalls
package import Support

/// Where an answer is kept. Stable over versions and restarts.
package struct CacheKey: Hashable, Sendable {
  /// The source's id, or "match/" and the provider's name.
  package let space: String
  /// `fetch|tvmaze-show-82|de-DE|DE|` or a match request's JSON.
  package let name: String

  package init(space: String, name: String) {
    self.space = space
    self.name = name
  }

  package var size: Int { space.utf8.count + name.utf8.count + 160 }
}

/// Something the cache can answer, and how to make the answer.
package struct Question: Sendable {
  package let key: CacheKey
  package let operation: String
  /// What it is about, for sentences: the item's id, or the title looked for.
  package let subject: String
  package let negativeSeconds: Int
  /// Whether sound bytes hold explicit content; nil for bytes that cannot be understood.
  package let inspect: @Sendable ([UInt8]) -> Bool?
  /// Asks the source on behalf of a call. Throws `.notFound` only when the source said so.
  package let make: @Sendable (CallInfo, Trace?) async throws(PluginError) -> MadeAnswer
  /// Asked on the way to another answer: not counted as a lookup.
  package var isPart = false
  /// Told what came up at the services while it was made.
  package let notes: CallNotes

  package init(
    key: CacheKey, operation: String, subject: String, negativeSeconds: Int,
    inspect: @escaping @Sendable ([UInt8]) -> Bool?,
    make: @escaping @Sendable (CallInfo, Trace?) async throws(PluginError) -> MadeAnswer, notes: CallNotes = CallNotes()
  ) {
    self.key = key
    self.operation = operation
    self.subject = subject
    self.negativeSeconds = negativeSeconds
    self.inspect = inspect
    self.make = make
    self.notes = notes
  }
}

/// An answer just made.
package struct MadeAnswer: Sendable {
  package var bytes: [UInt8]
  package var hasAdult: Bool
  /// How long it is fresh.
  package var seconds: Int
  /// Made without a source that failed: an old answer is better.
  package var isMakeshift = false

  package init(bytes: [UInt8], hasAdult: Bool, seconds: Int, isMakeshift: Bool = false) {
    self.bytes = bytes
    self.hasAdult = hasAdult
    self.seconds = seconds
    self.isMakeshift = isMakeshift
  }
}

/// An answer as the cache gives it.
package struct Answer: Sendable {
  package let content: KeptAnswer.Content
  /// Older than it should be, because its source failed.
  package let isStale: Bool

  package init(_ kept: KeptAnswer, isStale: Bool) {
    content = kept.content
    self.isStale = isStale
  }

  /// Itself; throws `.notFound` when it says that there is no such thing.
  package func found() throws(PluginError) -> Answer {
    if case .absent(let sentence) = content { throw PluginError(.notFound, sentence) }
    return self
  }

  /// JSON; empty for an absence.
  package var bytes: [UInt8] {
    if case .found(let bytes, _) = content { return bytes }
    return []
  }

  package var hasAdult: Bool {
    if case .found(_, let hasAdult) = content { return hasAdult }
    return false
  }
}

/// An answer with its times, as memory holds it.
package struct KeptAnswer: Sendable {
  package enum Content: Sendable {
    case found([UInt8], hasAdult: Bool)
    /// The source has no such item; its sentence.
    case absent(String)
  }

  package let content: Content
  /// Milliseconds since 1970.
  package let storedAt: Int64
  package let freshUntil: Int64

  package init(content: Content, storedAt: Int64, freshUntil: Int64) {
    self.content = content
    self.storedAt = storedAt
    self.freshUntil = freshUntil
  }

  /// What was stored; nil when the bytes are not what `stored` of this type writes.
  package init?(_ value: StoredValue, isExplicit: ([UInt8]) -> Bool?) {
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
  package var stored: StoredValue {
    switch content {
    case .found(let bytes, _): StoredValue(bytes: bytes, storedAt: storedAt, freshUntil: freshUntil)
    case .absent(let sentence):
      StoredValue(bytes: [Self.absenceMark] + Array(sentence.utf8), storedAt: storedAt, freshUntil: freshUntil)
    }
  }

  package var isAbsence: Bool {
    if case .absent = content { return true }
    return false
  }

  package var size: Int {
    switch content {
    case .found(let bytes, _): bytes.count
    case .absent(let sentence): sentence.utf8.count
    }
  }

  /// Also false for a time in the future: the clock was wrong then.
  package func isFresh(_ now: Int64) -> Bool { now < freshUntil && storedAt <= now + 60_000 }

  private static let absenceMark = UInt8(ascii: "!")
}
