/// A member that may be missing, null or of another shape than documented: nil in all three cases.
@propertyWrapper struct Known<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  var wrappedValue: Value?

  init(wrappedValue: Value? = nil) { self.wrappedValue = wrappedValue }
  init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

/// A list of which the entries that can be read are taken, so that a broken one does not take the others along. None
/// where it is no list.
@propertyWrapper struct Usable<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  var wrappedValue: [Value]

  init(wrappedValue: [Value] = []) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    wrappedValue = ((try? [Known<Value>](from: decoder)) ?? []).compactMap(\.wrappedValue)
  }
}

extension KeyedDecodingContainer {
  /// Texts are never what an item stands on: what is no text counts as none. Shadows the standard library's in this module,
  /// also where the compiler writes `init(from:)`.
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try decodeIfPresent(Known<String>.self, forKey: key)?.wrappedValue
  }

  func decode<Value>(_ type: Known<Value>.Type, forKey key: Key) throws -> Known<Value> {
    try decodeIfPresent(type, forKey: key) ?? Known()
  }

  func decode<Value>(_ type: Usable<Value>.Type, forKey key: Key) throws -> Usable<Value> {
    try decodeIfPresent(type, forKey: key) ?? Usable()
  }
}
