/// A member that may be missing, null or of another shape than documented: nil in all three cases.
@propertyWrapper struct Known<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }
  init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

/// A list of which the entries that can be read are taken, so that a broken one does not take the others along. None
/// where it is no list.
@propertyWrapper struct Usable<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  var wrappedValue: [Value]

  init(wrappedValue: [Value]) { self.wrappedValue = wrappedValue }

  init(from decoder: any Decoder) throws {
    wrappedValue = ((try? [Known<Value>](from: decoder)) ?? []).compactMap(\.wrappedValue)
  }
}

extension KeyedDecodingContainer {
  func decode<Value>(_ type: Known<Value>.Type, forKey key: Key) throws -> Known<Value> {
    try decodeIfPresent(type, forKey: key) ?? Known(wrappedValue: nil)
  }

  func decode<Value>(_ type: Usable<Value>.Type, forKey key: Key) throws -> Usable<Value> {
    try decodeIfPresent(type, forKey: key) ?? Usable(wrappedValue: [])
  }
}
