import UsherKit

/// An entry of a list of which one broken entry must not take the others along.
struct Attempt<Value: Decodable>: Decodable {
  let value: Value?
  init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension Attempt: Sendable where Value: Sendable {}

extension KeyedDecodingContainer {
  /// A text, or a number as text; nil for `N/A`, for white space and for everything else.
  func text(_ key: Key) -> String? {
    if let text = try? decode(String.self, forKey: key).trimmed {
      return text.isEmpty || text.uppercased() == "N/A" ? nil : text
    }
    if let number = try? decode(Int.self, forKey: key) { return String(number) }
    return (try? decode(Double.self, forKey: key)).map { String($0) }
  }

  /// A text without which the whole is nothing.
  func needed(_ key: Key) throws -> String {
    guard let text = text(key) else {
      guard contains(key) else {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
      }
      throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "expected a text other than N/A")
    }
    return text
  }

  /// An IMDb id.
  func imdb(_ key: Key) throws -> String {
    let id = try needed(key)
    guard OMDbKey.isIMDb(id) else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "expected an IMDb id (tt0012345), found '\(id.prefix(40))'")
    }
    return id
  }

  /// The entries that can be read; none when it is no list.
  func usable<Value: Decodable>(_ key: Key) -> [Value] {
    (try? decode([Attempt<Value>].self, forKey: key))?.compactMap(\.value) ?? []
  }
}
