/// Members as other programs write them: a member that cannot be read counts as absent (protocol §2.1).
extension KeyedDecodingContainer {
  /// `1`, `1.0`, `"1"` and `true` are all 1; nil for everything else.
  func lenientInteger(_ key: Key) -> Int? {
    if let number = try? decode(Int.self, forKey: key) { return number }
    if let number = try? decode(Double.self, forKey: key) { return Int(exactly: number) }
    if let flag = try? decode(Bool.self, forKey: key) { return flag ? 1 : 0 }
    guard let text = try? decode(String.self, forKey: key) else { return nil }
    if let number = Int(text) { return number }
    return switch text {
    case "true": 1
    case "false": 0
    default: Double(text).flatMap { Int(exactly: $0) }
    }
  }

  /// The text unless it is empty; a number as its digits.
  func lenientText(_ key: Key) -> String? {
    if let text = try? decode(String.self, forKey: key) { return text.isEmpty ? nil : text }
    return (try? decode(Int.self, forKey: key)).map(String.init)
  }
}
