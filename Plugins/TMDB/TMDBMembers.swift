/// A member's name as TMDB writes it.
struct TMDBMember: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringLiteral value: String) { stringValue = value }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// The object's members by their names at TMDB.
  func tmdbMembers() throws -> KeyedDecodingContainer<TMDBMember> { try container(keyedBy: TMDBMember.self) }
}

extension KeyedDecodingContainer where Key == TMDBMember {
  /// Nil as well when the value has another shape than documented.
  func known<Value: Decodable>(_ key: Key) -> Value? { (try? decodeIfPresent(Value.self, forKey: key)) ?? nil }

  /// Nil as well for the empty text, which is TMDB's word for "not known".
  func text(_ key: Key) -> String? {
    let text: String? = known(key)
    return text?.isEmpty == false ? text : nil
  }

  /// The entries that can be read; none when it is no list.
  func usable<Value: Decodable>(_ key: Key) -> [Value] {
    ((try? decodeIfPresent([Attempt<Value>].self, forKey: key)) ?? nil)?.compactMap(\.value) ?? []
  }

  /// The entries that can be read of a list that must be there.
  func entries<Value: Decodable>(_ key: Key) throws -> [Value] {
    try decode([Attempt<Value>].self, forKey: key).compactMap(\.value)
  }

  /// The entries of a list inside an appended block; none when the block is missing or of another shape.
  func usable<Value: Decodable>(_ block: Key, _ key: Key) -> [Value] {
    (try? nestedContainer(keyedBy: TMDBMember.self, forKey: block))?.usable(key) ?? []
  }
}

/// An entry of a list of which one broken entry must not take the others along.
private struct Attempt<Value: Decodable>: Decodable {
  let value: Value?
  init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}
