import FoundationEssentials

/// The one encoder and the one decoder of the contract's JSON.
public enum JSONCoding {
  /// Members sorted, slashes as they are: equal values give equal bytes, so bytes can be compared and cached.
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value))
  }

  /// Unknown members are ignored. Throws `DecodingError`; `path(of:)` says where.
  public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }

  /// Where and why decoding failed, as one phrase: `items[3].year: expected Int, found a string`.
  public static func path(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return "\(text(of: context.codingPath)): \(context.debugDescription)"
    case .keyNotFound(let key, let context):
      return "\(text(of: context.codingPath)): the member '\(key.stringValue)' is missing"
    @unknown default:
      return "\(error)"
    }
  }

  private static func text(of path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? "the document" : text
  }
}
