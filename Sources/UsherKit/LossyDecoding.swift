/// A member that may be missing, null or of another shape than documented: nil in all three cases.
///
/// For `Decodable` types whose `init(from:)` the compiler writes: `@Known var year: Int?`.
@propertyWrapper public struct Known<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  public var wrappedValue: Value?

  public init(wrappedValue: Value? = nil) { self.wrappedValue = wrappedValue }

  public init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

/// A list of which the entries that can be read are taken, so that a broken one does not take the others along. None
/// where it is no list: `@Usable var genres: [String]`.
@propertyWrapper public struct Usable<Value: Decodable & Sendable & SendableMetatype>: Decodable, Sendable {
  public var wrappedValue: [Value]

  public init(wrappedValue: [Value] = []) { self.wrappedValue = wrappedValue }

  public init(from decoder: any Decoder) throws {
    wrappedValue = ((try? [Known<Value>](from: decoder)) ?? []).compactMap(\.wrappedValue)
  }
}

extension KeyedDecodingContainer {
  /// What the compiler's `init(from:)` calls for a member that is `Known`.
  public func decode<Value>(_ type: Known<Value>.Type, forKey key: Key) throws -> Known<Value> {
    try decodeIfPresent(type, forKey: key) ?? Known()
  }

  /// What the compiler's `init(from:)` calls for a member that is `Usable`.
  public func decode<Value>(_ type: Usable<Value>.Type, forKey key: Key) throws -> Usable<Value> {
    try decodeIfPresent(type, forKey: key) ?? Usable()
  }
}
