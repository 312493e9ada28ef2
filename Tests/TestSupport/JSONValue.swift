import Foundation

/// A JSON document as it stands: keys with their case, integers apart from other numbers, nulls kept.
public enum JSONValue: Hashable, Sendable, Decodable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Throws when the bytes are not one JSON document in UTF-8.
  public init(_ bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Texts are the most by far, and each attempt that fails costs an error.
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A member of an object, an element of an array; nil for everything else.
  public subscript(_ name: String) -> JSONValue? { members?[name] }
  public subscript(_ index: Int) -> JSONValue? { elements.flatMap { $0.indices.contains(index) ? $0[index] : nil } }

  public var members: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }
  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
  public var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }
  /// An integer or another number.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}
