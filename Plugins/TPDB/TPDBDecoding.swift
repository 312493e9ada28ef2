import UsherKit

/// An answer with one value. TPDB was seen to send an empty list where there is none.
struct TPDBDetail<Value: Decodable>: Decodable {
  /// Nil when the service says that there is none.
  let data: Value?

  enum CodingKeys: String, CodingKey { case data }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    if let list = try? members.nestedUnkeyedContainer(forKey: .data) {
      var list = list
      data = list.isAtEnd ? nil : try list.decode(Value.self)
    } else {
      data = try members.decode(Value.self, forKey: .data)
    }
  }
}

/// A page of a list. Entries that cannot be read are left out and counted.
struct TPDBPage<Entry: Decodable>: Decodable {
  let entries: [Entry]
  /// Where and why the first unusable entry is so; nil when all are sound.
  let firstFault: String?
  /// The page that the service says this is; some lists repeat their last page for ever.
  let current: Int?
  let last: Int?
  /// Capped at 10,000 by the service.
  let total: Int?

  enum CodingKeys: String, CodingKey { case data, meta }
  enum MetaKeys: String, CodingKey {
    case current = "current_page"
    case last = "last_page"
    case total
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    // No list at all is no page; the error names the member.
    let attempts = try members.decode(TPDBAttempts<Entry>.self, forKey: .data)
    entries = attempts.values
    firstFault = attempts.firstFault
    let meta = try? members.nestedContainer(keyedBy: MetaKeys.self, forKey: .meta)
    current = meta?.number(.current)
    last = meta?.number(.last)
    total = meta?.number(.total)
  }
}

extension TPDBPage: Sendable where Entry: Sendable {}

/// What can be read of a list, which may also come as an object with the positions as names.
private struct TPDBAttempts<Value: Decodable>: Decodable {
  private(set) var values: [Value] = []
  private(set) var firstFault: String?

  private struct Attempt: Decodable {
    let result: Result<Value, any Error>
    init(from decoder: any Decoder) throws { result = Result { try Value(from: decoder) } }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      keep(try container.decode([Attempt].self))
    } catch {
      guard let object = try? container.decode([String: Attempt].self) else { throw error }
      keep(object.sorted { (Int($0.key) ?? .max, $0.key) < (Int($1.key) ?? .max, $1.key) }.map(\.value))
    }
  }

  private mutating func keep(_ attempts: [Attempt]) {
    for attempt in attempts {
      switch attempt.result {
      case .success(let value): values.append(value)
      case .failure(let error): firstFault = firstFault ?? JSONCoding.path(of: error)
      }
    }
  }
}

// TPDB's types drift between years, and between lists and details: each member is read in every form it was seen in,
// and counts as not known in any other.
extension KeyedDecodingContainer {
  /// A text with something in it; a number as its digits.
  func text(_ key: Key) -> String? {
    if let text = try? decodeIfPresent(String.self, forKey: key) {
      let text = text.trimmed
      return text.isEmpty ? nil : text
    }
    return (try? decodeIfPresent(Int.self, forKey: key)).flatMap { $0 }.map { String($0) }
  }

  /// A whole number, or a text that is one.
  func number(_ key: Key) -> Int? {
    if let number = try? decodeIfPresent(Int.self, forKey: key) { return number }
    if let text = try? decodeIfPresent(String.self, forKey: key) { return Int(text.trimmed) }
    return nil
  }

  /// The value, nil when it has another shape.
  func known<Value: Decodable>(_ key: Key) -> Value? {
    (try? decodeIfPresent(Value.self, forKey: key)).flatMap { $0 }
  }

  /// The entries that can be read; none when it is no list.
  func usable<Value: Decodable>(_ key: Key) -> [Value] {
    (try? decodeIfPresent(TPDBAttempts<Value>.self, forKey: key)).flatMap { $0 }?.values ?? []
  }
}
